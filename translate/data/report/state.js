// The units with what the reviewer makes of them: kept in the browser where that is possible, and saved as a file.

const DATA = JSON.parse(document.getElementById("data").textContent);
const AT = Object.fromEntries(DATA.columns.map((name, index) => [name, index]));
const STATUSES = ["new", "accepted", "edited", "rejected"];
const KEY = "policy-translate:" + DATA.key;
const FILE = "aligned.reviewed.tsv";
const DISMISSED = /^ok: ([a-z-]+(?:, [a-z-]+)*)(?:; |$)/;

const units = DATA.units.map((given, index) => {
  const cell = (name) => given.row[AT[name]];
  const unit = { ...given, index, id: cell("id"), kind: cell("kind"), source: cell("source"), machine: cell("target") };
  unit.severity = cell("severity") || "none";
  unit.reviewed = cell("reviewed");
  unit.out = false; // a segment that the reviewer leaves out of the English
  unit.status = STATUSES.includes(cell("status")) ? cell("status") : "new";
  Object.assign(unit, partsOf(cell("comment")));
  unit.given = snapshot(unit);
  return unit;
});

const history = [];
const touched = new Set();
let unsaved = false;
let kept = true; // is the work kept in this browser?
let keeping = 0;
let altered = false; // is there something that has not been kept yet?

const title = (check) => DATA.checks[check] ?? check.charAt(0).toUpperCase() + check.slice(1);
const isEdited = (unit) => unit.out || Boolean(unit.reviewed.trim());
const finalText = (unit) => (unit.out ? "" : unit.reviewed.trim() ? unit.reviewed : unit.machine);
const isChecked = (unit) => finalText(unit) === unit.text; // do the findings speak of the text as it is now?

// A comment cell: the checks that it dismisses, as translate/checks/dismissals.py reads them, and what is said besides.
function partsOf(comment) {
  const found = comment.match(DISMISSED);
  const names = found ? found[1].split(", ") : [];
  if (!names.every((name) => name in DATA.checks)) return { fine: new Set(), comment };
  return { fine: new Set(names), comment: comment.slice(found?.[0].length ?? 0) };
}

function snapshot(unit) {
  return { reviewed: unit.reviewed, out: unit.out, status: unit.status, comment: unit.comment, fine: [...unit.fine] };
}

function restore(unit, state) {
  Object.assign(unit, state, { fine: new Set(state.fine) });
  delete unit.searched;
  touched.add(unit);
}

// Every change goes through here. `before` is for the undo list; a change while typing has none.
function change(unit, patch, before = snapshot(unit)) {
  if (before) history.push({ unit, before });
  Object.assign(unit, patch);
  delete unit.searched;
  touched.add(unit);
  unsaved = true;
  keepSoon();
}

function keepSoon() {
  altered = true;
  clearTimeout(keeping);
  keeping = setTimeout(keep, 150);
}

function keep() {
  clearTimeout(keeping);
  if (!altered) return; // or an idle tab would put its own state over that of another
  altered = false;
  const changes = {};
  for (const unit of touched) {
    const now = snapshot(unit);
    if (JSON.stringify(now) !== JSON.stringify(unit.given)) changes[unit.index] = now;
  }
  try {
    if (Object.keys(changes).length) localStorage.setItem(KEY, JSON.stringify({ changes, unsaved }));
    else localStorage.removeItem(KEY);
    kept = true;
  } catch {
    kept = false; // no storage here, or it is full
  }
}

// What was kept in this browser for this very run; tells whether there was anything.
function recall() {
  let stored = null;
  try {
    stored = JSON.parse(localStorage.getItem(KEY));
    localStorage.setItem(KEY + ":probe", "1");
    localStorage.removeItem(KEY + ":probe");
  } catch {
    kept = false;
  }
  const changes = stored?.changes ?? {};
  for (const unit of touched) if (!(unit.index in changes)) restore(unit, unit.given);
  for (const [index, state] of Object.entries(changes)) if (units[index]) restore(units[index], state);
  unsaved = Boolean(stored?.unsaved);
  return Object.keys(changes).length;
}

function reviewedRows() {
  return units.map((unit) => {
    const row = [...unit.row];
    const fine = unit.fine.size ? "ok: " + [...unit.fine].join(", ") : "";
    row[AT.reviewed] = unit.reviewed;
    if (unit.out) row[AT.target] = ""; // an empty target that is edited: so does translate/review/merge.py read it
    row[AT.status] = unit.status;
    row[AT.comment] = [fine, unit.comment].filter(Boolean).join("; ");
    return row;
  });
}

function saveFile() {
  const blob = new Blob([sheet(DATA.columns, reviewedRows())], { type: "text/tab-separated-values;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  unsaved = false;
  altered = true;
  keep();
}
