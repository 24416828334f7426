// The numbers at the top, as small charts that say the same in words, and the filters made from them.

const SVG = "http://www.w3.org/2000/svg";
const WIDE = { viewBox: "0 0 100 10", preserveAspectRatio: "none" };
const SEVERITIES = { error: "with errors", warning: "with warnings", note: "with notes", none: "without findings" };

const shownNumber = (number) => number.toLocaleString("en");

function countBy(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// One bar of parts in proportion; `parts`: [class, label, count].
function stacked(parts) {
  const total = Math.max(1, parts.reduce((sum, part) => sum + part[2], 0));
  const words = parts.map(([, label, count]) => `${count} ${label}`).join(", ");
  const chart = svg("svg", { ...WIDE, role: "img", "aria-label": words, class: "stack" });
  let x = 0;
  for (const [kind, , count] of parts) {
    const width = (100 * count) / total;
    if (count) chart.append(svg("rect", { x, y: 0, width, height: 10, class: "fill-" + kind }));
    x += width;
  }
  const list = make("ul", "legend");
  for (const [kind, label, count] of parts) {
    const item = make("li");
    item.append(make("i", "swatch swatch-" + kind), make("b", "", shownNumber(count)), ` ${label}`);
    list.append(item);
  }
  return [chart, list];
}

function drawSummary() {
  const severities = countBy(units, (unit) => unit.severity);
  const parts = Object.entries(SEVERITIES).map(([kind, label]) => [kind, label, severities.get(kind) ?? 0]);
  byId("by-severity").replaceChildren(...stacked(parts));
  drawChecks();
  drawReview();
  const made = byId("made").querySelector("dl");
  for (const [label, value] of DATA.facts) made.append(make("dt", "", label), make("dd", "", value));
  byId("made").hidden = !DATA.facts.length;
  const flagged = units.length - (severities.get("none") ?? 0);
  const terms = units.flatMap((unit) => unit.terms);
  const applied = terms.filter((term) => term.target).length;
  const sentences = [`${shownNumber(units.length)} segments, ${shownNumber(flagged)} flagged`];
  if (terms.length) sentences.push(`${shownNumber(applied)} of ${shownNumber(terms.length)} terms in their English`);
  byId("sum").textContent = sentences.join("; ") + ".";
}

function drawChecks() {
  const findings = units.flatMap((unit) => unit.findings);
  const counts = [...countBy(findings, (finding) => finding.check)].sort((a, b) => b[1] - a[1]);
  const worst = new Map();
  for (const severity of [...WORST_FIRST].reverse())
    for (const finding of findings) if (finding.severity === severity) worst.set(finding.check, severity);
  const list = make("ul", "bars");
  for (const [check, count] of counts) {
    const item = make("li");
    const pick = button("", "check", `${title(check)}: ${count}. Show only these`);
    pick.dataset.check = check;
    const bar = svg("svg", { ...WIDE, "aria-hidden": "true" });
    const width = Math.max(1, (100 * count) / counts[0][1]);
    bar.append(svg("rect", { x: 0, y: 0, width, height: 10, class: "fill-" + worst.get(check) }));
    pick.append(make("span", "name", title(check)), bar, make("b", "", shownNumber(count)));
    item.append(pick);
    list.append(item);
    byId("check").append(new Option(`${title(check)} (${count})`, check));
  }
  byId("by-check").replaceChildren(counts.length ? list : make("p", "small", "Nothing was found."));
}

function drawReview() {
  const counts = countBy(units, (unit) => unit.status);
  const parts = ["accepted", "edited", "rejected", "new"].map((status) => [status, status, counts.get(status) ?? 0]);
  byId("by-status").replaceChildren(...stacked(parts));
  const here = unsaved ? "Kept in this browser, not yet in a saved file." : "Kept in this browser as you go.";
  byId("kept").textContent = kept ? here : "This browser keeps nothing of this page: save the file before you leave.";
  byId("kept").classList.toggle("alert", !kept);
  byId("save").classList.toggle("waiting", unsaved);
}

function drawFilters() {
  const severities = countBy(units, (unit) => unit.severity);
  const names = { error: "Errors", warning: "Warnings", note: "Notes", none: "No findings" };
  for (const kind of Object.keys(SEVERITIES)) {
    const chip = button("", "severity");
    chip.className = "chip chip-" + kind;
    chip.dataset.severity = kind;
    chip.setAttribute("aria-pressed", "false");
    const count = make("b", "", shownNumber(severities.get(kind) ?? 0));
    chip.append(make("i", "swatch swatch-" + kind), `${names[kind]} `, count);
    byId("severities").append(chip);
  }
  for (const status of STATUSES) byId("status").append(new Option(status, status));
}
