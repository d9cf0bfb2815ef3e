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

/** Return a Map of measure name -> what is wrong with it in this row. Unreadable figures come first. */
export function problems(row, config) {
  const found = new Map();
  if (row.nil) return found;
  for (const cell of row.cells) if (cell.error) found.set(cell.measure.name, cell.error);
  for (const rule of config.rules) {
    if (rule.kind !== "part_of" || found.has(rule.part)) continue;
    const message = partOf(rule, row, config.byName, config.words);
    if (message) found.set(rule.part, message);
  }
  return found;
}
