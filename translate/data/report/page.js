// What is shown, in which order, and what keys and buttons do.

const byId = (id) => document.getElementById(id);
const GROUP = 40; // rows that a browser lays out together, once they come near the window; the first are shown at once
const SLICE = 50; // milliseconds of placing the others, between which the page answers
const view = {
  severities: new Set(),
  check: "",
  status: "",
  query: "",
  order: "document",
  shown: [], // units that fit, in order
  placed: 0, // so many of them have their rows in the page
  current: null,
};
let placing = 0;

const say = (words) => {
  byId("said").textContent = words;
};

function fits(unit) {
  if (view.severities.size && !view.severities.has(unit.severity)) return false;
  if (view.check && !unit.findings.some((finding) => finding.check === view.check)) return false;
  if (view.status && unit.status !== view.status) return false;
  return !view.query || searched(unit).includes(view.query);
}

function searched(unit) {
  if (unit.searched === undefined) {
    const messages = unit.findings.map((finding) => `${title(finding.check)} ${finding.message}`);
    unit.searched = [unit.id, unit.source, finalText(unit), unit.comment, ...messages].join("\n").toLowerCase();
  }
  return unit.searched;
}

function show() {
  endEdit();
  view.shown = units.filter(fits);
  if (view.order === "risk") view.shown.sort((a, b) => b.risk - a.risk || a.index - b.index);
  view.placed = 0;
  byId("rows").replaceChildren();
  placeUpTo(GROUP);
  placeRest();
  tellShown();
  if (!view.shown.includes(view.current)) setCurrent(view.shown[0] ?? null);
}

function tellShown() {
  const [part, whole] = [view.shown, units].map((list) => shownNumber(list.length));
  const all = part === whole;
  byId("part").textContent = all ? "" : `Printed in part: ${part} of ${whole} segments.`;
  byId("shown").textContent = all ? `${whole} shown` : `${part} of ${whole} shown`;
  byId("clear").hidden = all;
  byId("nothing").hidden = view.shown.length > 0;
  for (const chip of document.querySelectorAll(".chip"))
    chip.setAttribute("aria-pressed", view.severities.has(chip.dataset.severity));
}

function placeUpTo(count) {
  while (view.placed < Math.min(count, view.shown.length)) {
    const group = make("div", "group");
    for (const unit of view.shown.slice(view.placed, view.placed + GROUP)) {
      if (unit.element && unit.query !== view.query) draw(unit);
      group.append(rowOf(unit));
      view.placed++;
    }
    byId("rows").append(group);
  }
}

function placeRest() {
  clearTimeout(placing);
  if (view.placed >= view.shown.length) return;
  placing = setTimeout(() => {
    const until = performance.now() + SLICE;
    while (view.placed < view.shown.length && performance.now() < until) placeUpTo(view.placed + 1);
    placeRest();
  });
}

function setCurrent(unit) {
  view.current?.element?.classList.remove("current");
  if (view.current?.element) view.current.element.tabIndex = -1;
  view.current = unit;
  if (!unit) return;
  const row = rowOf(unit);
  row.classList.add("current");
  row.tabIndex = 0;
}

function goTo(unit) {
  placeUpTo(view.shown.indexOf(unit) + 1);
  setCurrent(unit);
  unit.element.focus({ preventScroll: true });
  unit.element.scrollIntoView({ block: "nearest" });
}

function step(by, wanted = () => true) {
  const begun = document.activeElement.closest(".row") !== null;
  let at = view.shown.indexOf(view.current) + (begun || by < 0 ? by : 0);
  while (view.shown[at] && !wanted(view.shown[at])) at += by;
  if (view.shown[at]) goTo(view.shown[at]);
}

const ACTIONS = {
  accept: (unit) => decide(unit, "accepted"),
  reject: (unit) => decide(unit, "rejected"),
  edit,
  comment,
  details: (unit) => {
    unit.open = !unit.open;
    draw(unit);
  },
  restore: (unit) => {
    change(unit, { reviewed: "", out: false, status: unit.status === "edited" ? "new" : unit.status });
    changed(unit, `${unit.id}: restored`);
    unit.element.focus();
  },
  dismiss: (unit, element) => dismiss(unit, element.dataset.check),
};

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => step(1, (unit) => unit.findings.length),
  p: () => step(-1, (unit) => unit.findings.length),
  a: () => view.current && ACTIONS.accept(view.current),
  r: () => view.current && ACTIONS.reject(view.current),
  e: () => view.current && (goTo(view.current), edit(view.current)),
  c: () => view.current && (goTo(view.current), comment(view.current)),
  i: () => view.current && ACTIONS.details(view.current),
  u: undo,
  s: save,
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

function save() {
  endEdit();
  saveFile();
  drawReview();
  say(`Saved as ${FILE}`);
}

const unitAt = (element) => units[element.closest(".row").dataset.index];

function light(element) {
  const row = element?.closest(".row");
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const names = element?.dataset.of?.split(" ").filter(Boolean) ?? [];
  if (!row || !names.length) return;
  for (const other of row.querySelectorAll("[data-of]"))
    if (other.dataset.of.split(" ").some((name) => names.includes(name))) other.classList.add("lit");
}

function tip(element) {
  const box = byId("tip");
  box.hidden = !element?.dataset.tip;
  if (box.hidden) return;
  box.textContent = element.dataset.tip;
  const place = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const left = Math.max(8, Math.min(place.left, innerWidth - box.offsetWidth - 8));
  const above = place.top - box.offsetHeight - 6;
  box.style.left = `${left}px`;
  box.style.top = `${above > 0 ? above : place.bottom + 6}px`;
}

function listen() {
  const rows = byId("rows");
  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-do]");
    const row = event.target.closest(".row");
    if (editing && !event.target.closest(".editing")) endEdit();
    if (row) setCurrent(unitAt(row));
    if (element && row) ACTIONS[element.dataset.do](unitAt(row), element);
    else if (element?.dataset.do === "check") pick(element.dataset.check);
    else if (element?.dataset.do === "severity") toggle(element.dataset.severity);
  });
  rows.addEventListener("dblclick", (event) => event.target.closest(".target .text") && edit(unitAt(event.target)));
  rows.addEventListener("focusin", (event) => setCurrent(unitAt(event.target)));
  rows.addEventListener("input", (event) => typed(event.target));
  rows.addEventListener("focusout", (event) => {
    if (event.target.dataset.field === "comment") unitAt(event.target).commenting = null;
  });
  for (const name of ["pointerdown", "pointerup", "pointercancel"])
    document.addEventListener(name, () => (pointing = name === "pointerdown"), { capture: true });
  rows.addEventListener("pointerover", (event) => {
    const element = event.target.closest("[data-of]");
    light(element);
    tip(element);
  });
  document.addEventListener("scroll", () => tip(null), { passive: true });
  document.addEventListener("keydown", pressed);
  byId("save").addEventListener("click", save);
  byId("print").addEventListener("click", () => window.print());
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  listenToFilters();
  listenToWindow();
}

function listenToFilters() {
  let waiting = 0;
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => {
    const { order } = view;
    byId("filters").reset();
    byId("order").value = order;
    view.severities.clear();
    readFilters();
    byId("search").focus();
  });
  byId("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(readFilters, 120);
  });
  for (const name of ["check", "status", "order"]) byId(name).addEventListener("change", readFilters);
}

function readFilters() {
  Object.assign(view, { check: byId("check").value, status: byId("status").value, order: byId("order").value });
  view.query = byId("search").value.trim().toLowerCase();
  show();
  say(byId("shown").textContent);
}

function pick(check) {
  byId("check").value = byId("check").value === check ? "" : check;
  readFilters();
}

function toggle(severity) {
  if (!view.severities.delete(severity)) view.severities.add(severity);
  readFilters();
}

function listenToWindow() {
  window.addEventListener("beforeunload", (event) => {
    keep(); // the next page may be there before this one's pagehide
    if (unsaved) event.preventDefault();
  });
  window.addEventListener("pagehide", keep);
  window.addEventListener("beforeprint", () => {
    placeUpTo(view.shown.length);
    byId("made").open = true;
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return; // the same report in another tab
    recall();
    for (const unit of units) if (unit !== editing?.unit) draw(unit);
    drawReview();
  });
}

function pressed(event) {
  const { target, key } = event;
  if (editing && target === editing.field) {
    if (key === "Escape") cancelEdit();
    else if (!(key === "Enter" && (event.ctrlKey || event.metaKey))) return;
    endEdit();
    view.current.element.focus();
    event.preventDefault();
    return;
  }
  if (key === "Escape" && target.matches?.("textarea, #search") && view.current) return goTo(view.current);
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (target.matches?.("input, textarea, select")) return;
  if (!byId("keys").checked || !KEYS[key]) return;
  event.preventDefault();
  KEYS[key]();
}

function begin() {
  const recalled = recall();
  drawSummary();
  drawFilters();
  const notices = [];
  if (DATA.small_model)
    notices.push("Made by the small built-in model: read every segment, also those without findings.");
  if (recalled) notices.push(`Your work on this report was kept in this browser: ${shownNumber(recalled)} segments.`);
  byId("notice").textContent = notices.join(" ");
  byId("notice").hidden = !notices.length;
  for (const part of document.querySelectorAll(".summary, .bar, .columns")) part.hidden = false;
  listen();
  show();
}

begin();
