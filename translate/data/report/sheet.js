// The aligned TSV, written as translate/bilingual/tsv.py and cells.py write it: the rules are explained there.

const NAMED = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\" };
// with u, only surrogates without a partner
const UNSAFE = /[\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufffe\uffff]/gu;
const FORMULA = /^[=+\-@＝＋－＠']/;

function escaped(character) {
  const point = character.codePointAt(0);
  const code = point < 256 ? "\\x" + point.toString(16).padStart(2, "0") : "\\u" + point.toString(16).padStart(4, "0");
  return NAMED[character] ?? code;
}

function cell(text) {
  const safe = text.replace(UNSAFE, escaped);
  if (FORMULA.test(safe)) return "'" + safe;
  return safe.startsWith('"') ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

function sheet(columns, rows) {
  const lines = [columns, ...rows].map((cells) => cells.map(cell).join("\t"));
  return "\ufeff" + lines.join("\n") + "\n";
}
