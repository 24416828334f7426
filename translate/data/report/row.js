// One row: built when it is first shown, and drawn again when its unit changes.

const TEMPLATE = document.getElementById("row").content;
const KINDS = { heading: "heading", "list-item": "list item", "table-cell": "table cell" };

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(text, what, label) {
  const element = make("button", "quiet", text);
  element.type = "button";
  element.dataset.do = what;
  if (label) element.setAttribute("aria-label", label);
  return element;
}

function rowOf(unit) {
  if (unit.element) return unit.element;
  const row = TEMPLATE.cloneNode(true).firstElementChild;
  row.dataset.index = unit.index;
  row.classList.add("is-" + unit.severity, "kind-" + unit.kind);
  row.id = "u" + unit.index;
  row.querySelector(".id").textContent = unit.id;
  row.setAttribute("aria-label", `${unit.id}, ${SEVERITIES[unit.severity]}`);
  row.querySelector(".kind").textContent = KINDS[unit.kind] ?? "";
  unit.element = row;
  draw(unit);
  return row;
}

function draw(unit) {
  const row = unit.element;
  if (!row) return;
  unit.query = view.query;
  drawSide(unit, row.querySelector(".source .text"), "source", unit.source, true);
  drawSide(unit, row.querySelector(".target > .text"), "target", finalText(unit), isChecked(unit));
  drawStatus(unit, row);
  row.querySelector(".below").replaceChildren(...below(unit));
}

function drawSide(unit, element, side, text, located) {
  const empty = !text.trim();
  element.classList.toggle("none", empty);
  if (empty) element.textContent = side === "source" ? "nothing in the Chinese" : unit.out ? "left out" : "no English";
  else paint(element, text, [...(located ? spansOf(unit, side) : []), ...foundIn(text, view.query)]);
}

function drawStatus(unit, row) {
  const { classList } = row;
  for (const status of STATUSES) classList.toggle("done-" + status, unit.status === status);
  row.querySelector(".status").textContent = unit.status === "new" ? "" : unit.status;
  row.querySelector("[data-do=accept]").setAttribute("aria-pressed", unit.status === "accepted");
  row.querySelector("[data-do=reject]").setAttribute("aria-pressed", unit.status === "rejected");
  row.querySelector("[data-do=details]").setAttribute("aria-expanded", Boolean(unit.open));
}

function below(unit) {
  const parts = [];
  if (!isChecked(unit) || isEdited(unit)) parts.push(earlier(unit));
  if (unit.findings.length) parts.push(findingsOf(unit));
  if (unit.comment || unit.commenting) parts.push(commentOf(unit));
  if (unit.open) parts.push(detailsOf(unit));
  return parts;
}

// The text before the edit, which the findings speak of.
function earlier(unit) {
  const box = make("div", "earlier");
  box.append(make("span", "label", "Before"));
  const text = make("p", "text");
  text.lang = "en";
  const before = isChecked(unit) ? unit.machine : unit.text;
  if (before.trim()) paint(text, before, before === unit.text ? spansOf(unit, "target") : []);
  else text.append(make("em", "", "nothing"));
  box.append(text, button("Restore", "restore"));
  return box;
}

function findingsOf(unit) {
  const list = make("ul", "findings");
  if (!isChecked(unit)) list.append(make("li", "small", "About the text before the edit:"));
  unit.findings.forEach((finding, index) => {
    const item = make("li", finding.severity);
    item.dataset.of = "f" + index;
    const fine = unit.fine.has(finding.check);
    item.classList.toggle("fine", fine);
    const words = make("span", "words");
    const said = make("span", "said");
    said.append(make("strong", "", title(finding.check)), " ", finding.message);
    const toggle = button(fine ? "Dismissed" : "Dismiss", "dismiss", `Dismiss: ${title(finding.check)}`);
    toggle.setAttribute("aria-pressed", fine);
    toggle.dataset.check = finding.check;
    words.append(said, " ", toggle);
    item.append(make("span", "badge", finding.severity), words);
    list.append(item);
  });
  return list;
}

function commentOf(unit) {
  const label = make("label", "comment");
  const field = make("textarea");
  field.rows = 1;
  field.value = unit.comment;
  field.dataset.field = "comment";
  label.append(make("span", "label", "Comment"), field);
  label.append(make("p", "printed", unit.comment));
  return label;
}

function detailsOf(unit) {
  const list = make("dl", "details");
  const add = (label, ...values) => {
    list.append(make("dt", "", label));
    for (const value of values) list.append(make("dd", "", value));
  };
  const terms = unit.terms.map((term) => `${term.term} → ${term.rendering}${term.target ? "" : " (missing)"}`);
  if (terms.length) add("Terms", ...new Set(terms));
  if (unit.row[AT.memory]) add("Memory", unit.row[AT.memory]);
  if (unit.row[AT.origin]) add("Made by", unit.row[AT.origin]);
  if (unit.row[AT.score]) add("Score", unit.row[AT.score]);
  add("Risk", unit.risk.toFixed(2));
  return list;
}
