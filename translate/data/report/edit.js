// What a reviewer does with a segment: decide, dismiss, edit, comment, undo.

let editing = null; // {unit, field, before, text, unsaved}
let pointing = false; // is a pointer down?

function changed(unit, words) {
  draw(unit);
  drawReview();
  say(words);
}

function decide(unit, status) {
  if (status === "accepted" && isEdited(unit)) status = "edited"; // an edit is its own acceptance
  if (status === "edited" && unit.status === "edited") return say(`${unit.id}: the edit counts`);
  const undone = isEdited(unit) ? "edited" : "new";
  change(unit, { status: unit.status === status ? undone : status });
  return changed(unit, `${unit.id}: ${unit.status}`);
}

function dismiss(unit, check) {
  const before = snapshot(unit);
  const fine = new Set(unit.fine);
  if (!fine.delete(check)) fine.add(check);
  change(unit, { fine }, before);
  changed(unit, `${title(check)}: ${fine.has(check) ? "dismissed" : "counts again"}`);
  unit.element.querySelector(`[data-do=dismiss][data-check="${check}"]`)?.focus();
}

function undo() {
  const last = history.pop();
  if (!last) return say("Nothing to undo");
  restore(last.unit, last.before);
  unsaved = true;
  keepSoon();
  if (view.shown.includes(last.unit)) goTo(last.unit);
  return changed(last.unit, `${last.unit.id}: undone`);
}

function edit(unit) {
  if (editing?.unit === unit) return;
  endEdit();
  const target = unit.element.querySelector(".target");
  const field = make("textarea", "editor");
  field.lang = "en";
  field.setAttribute("aria-label", `English of ${unit.id}`);
  field.value = finalText(unit);
  editing = { unit, field, before: snapshot(unit), text: field.value, unsaved };
  field.dataset.field = "target";
  const hint = make("p", "small hint", "Ctrl+Enter ends the edit, Esc takes it back.");
  target.classList.add("editing");
  target.append(field, hint);
  fit(field);
  field.focus();
  field.addEventListener("blur", leaveEdit);
}

// Ending an edit moves what is below it: not while the pointer is down on it, or its click would be lost.
function leaveEdit() {
  const left = editing;
  const end = () => editing === left && endEdit(); // its click may have begun another
  if (pointing) document.addEventListener("pointerup", () => setTimeout(end), { once: true });
  else end();
}

// What is typed counts at once, so that nothing is lost if the browser goes; the row is drawn at the end.
function typed(field) {
  fit(field);
  if (field.dataset.field === "comment") {
    const unit = unitAt(field);
    const before = unit.commenting?.pushed ? null : snapshot(unit);
    unit.commenting = { pushed: true };
    change(unit, { comment: field.value }, before);
    field.nextElementSibling.textContent = field.value;
    return;
  }
  change(editing.unit, edited(editing, field.value), null);
}

// What an edit comes to: the text from before it, the machine's again, nothing, or another text.
function edited({ unit, before, text }, value) {
  if (value === text) return { reviewed: before.reviewed, out: before.out, status: before.status };
  const unedited = { reviewed: "", out: false, status: before.status === "edited" ? "new" : before.status };
  if (value === unit.machine) return unedited;
  if (value.trim()) return { reviewed: value, out: false, status: "edited" };
  return unit.machine.trim() ? { reviewed: "", out: true, status: "edited" } : unedited;
}

function endEdit() {
  if (!editing) return;
  const { unit, field, before } = editing;
  editing = null;
  field.removeEventListener("blur", leaveEdit);
  const target = field.parentElement;
  target.classList.remove("editing");
  for (const part of target.querySelectorAll(".editor, .hint")) part.remove();
  const now = snapshot(unit);
  const same = ["reviewed", "out", "status"].every((name) => now[name] === before[name]);
  if (!same) history.push({ unit, before });
  changed(unit, same ? "" : `${unit.id}: ${unit.out ? "left out of the English" : "edited"}`);
}

function cancelEdit() {
  const { unit, before } = editing;
  restore(unit, before);
  editing.field.value = editing.text;
  unsaved = editing.unsaved;
  keepSoon();
  endEdit();
}

function fit(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function comment(unit) {
  unit.commenting = { pushed: false };
  draw(unit);
  const field = unit.element.querySelector("[data-field=comment]");
  fit(field);
  field.focus();
}
