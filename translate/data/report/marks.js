// Texts with their findings, terms and search hits marked; spans may overlap. Texts only ever become text nodes.

const WORST_FIRST = ["error", "warning", "note"];
const LONG = 24; // a span over the whole of a longer text is shown at its side, not under every word

// `spans`: {start, end, kind, of, tip}; `of` names what a span belongs to, so that both sides can be lit together.
function paint(element, text, spans) {
  element.replaceChildren();
  element.classList.remove(...WORST_FIRST.map((kind) => "whole-" + kind));
  const drawn = [];
  for (const span of spans) {
    const whole = span.start === 0 && span.end === text.length && text.length > LONG && WORST_FIRST.includes(span.kind);
    if (whole) element.classList.add("whole-" + span.kind);
    else drawn.push(span);
  }
  const starts = groupBy(drawn, (span) => span.start);
  const ends = groupBy(drawn.filter((span) => span.end > span.start), (span) => span.end);
  const edges = [...new Set([0, text.length, ...starts.keys(), ...ends.keys()])].sort((a, b) => a - b);
  const open = new Set();
  edges.forEach((edge, index) => {
    for (const span of ends.get(edge) ?? []) open.delete(span);
    for (const span of starts.get(edge) ?? []) {
      if (span.end === span.start) element.append(piece("", [span]));
      else open.add(span);
    }
    const next = edges[index + 1];
    if (next === undefined) return;
    const words = text.slice(edge, next);
    element.append(open.size ? piece(words, [...open]) : words);
  });
}

function piece(words, spans) {
  const kinds = new Set(spans.map((span) => span.kind));
  const worst = WORST_FIRST.find((kind) => kinds.has(kind));
  const element = document.createElement(worst || kinds.has("found") ? "mark" : "span");
  element.className = [worst, ...[...kinds].filter((kind) => !WORST_FIRST.includes(kind))].filter(Boolean).join(" ");
  element.textContent = words;
  element.dataset.of = [...new Set(spans.flatMap((span) => span.of ?? []))].join(" ");
  const tips = [...new Set(spans.map((span) => span.tip).filter(Boolean))];
  if (tips.length) element.dataset.tip = tips.join("\n");
  if (!words) element.classList.add("point");
  return element;
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

// The spans of one side ("source" or "target") of a unit.
function spansOf(unit, side) {
  const spans = [];
  unit.findings.forEach((finding, index) => {
    if (!finding[side] || unit.fine.has(finding.check)) return;
    const [start, end] = finding[side];
    const tip = `${title(finding.check)}: ${finding.message}`;
    spans.push({ start, end, kind: finding.severity, of: "f" + index, tip });
  });
  unit.terms.forEach((term, index) => {
    if (!term[side]) return;
    const [start, end] = term[side];
    const missing = term.target ? "" : " (missing)";
    const kind = term.target ? "term" : "term missing";
    spans.push({ start, end, kind, of: "t" + index, tip: `Term: ${term.term} → ${term.rendering}${missing}` });
  });
  return spans;
}

function foundIn(text, query) {
  const spans = [];
  const lower = text.toLowerCase();
  if (!query || lower.length !== text.length) return spans;
  for (let at = lower.indexOf(query); at >= 0; at = lower.indexOf(query, at + query.length))
    spans.push({ start: at, end: at + query.length, kind: "found" });
  return spans;
}
