/* The hard rules of programmes/rules.py, told to a person while they type. The server checks them again. */

import { fill, format, scaled } from "./figures.js";

function partOf(rule, row, measures, words) {
  const part = row.figure(rule.part);
  const whole = row.figure(rule.whole);
  if (part == null || whole === undefined) return "";
  const [partMeasure, wholeMeasure] = [measures.get(rule.part), measures.get(rule.whole)];
  const said = { part: partMeasure.label, whole: wholeMeasure.label, figure: format(part, partMeasure.places) };
  if (whole === null) return fill(words.whole_is_blank, said);
  if (scaled(part, partMeasure.places) <= scaled(whole, wholeMeasure.places)) return "";
  return fill(words.part_exceeds, { ...said, limit: format(whole, wholeMeasure.places) });
}

/** A closing balance is all that came in less all that went out; a blank counts as nothing. */
function balance(rule, row, measures, words) {
  const closing = row.figure(rule.closing);
  const parts = [...rule.plus, ...rule.minus];
  if (closing == null || parts.some((name) => row.figure(name) === undefined)) return "";
  const sum = (names) => names.reduce((all, name) => all + scaled(row.figure(name) ?? 0n, measures.get(name).places), 0n);
  const came = sum(rule.plus) - sum(rule.minus);
  const measure = measures.get(rule.closing);
  if (scaled(closing, measure.places) === came) return "";
  const said = { closing: measure.label, figure: format(closing, measure.places), sum: format(came / 100n, 2) };
  return fill(words.not_balanced, said);
}

const RULES = { part_of: ["part", partOf], balance: ["closing", balance] };

/** Return a Map of measure name -> what is wrong with it in this row. Unreadable figures come first. */
export function problems(row, config) {
  const found = new Map();
  if (row.nil) return found;
  for (const cell of row.cells) if (cell.error) found.set(cell.measure.name, cell.error);
  for (const rule of config.rules) {
    const [field, broken] = RULES[rule.kind] || [];
    if (!broken || found.has(rule[field])) continue;
    const message = broken(rule, row, config.byName, config.words);
    if (message) found.set(rule[field], message);
  }
  return found;
}
