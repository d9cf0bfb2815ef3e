/* The soft rules of programmes/soft_rules.py: what is unlikely, told with its numbers and asked about, also offline. */

import { fill, format } from "./figures.js";

const abs = (figure) => (figure < 0n ? -figure : figure);
const units = (number, places) => BigInt(number) * 10n ** BigInt(places);

/** Read a plain decimal of the server as hundredths. */
function hundredths(text) {
  const [whole, decimals = ""] = text.split(".");
  return BigInt(whole + decimals.slice(0, 2).padEnd(2, "0"));
}

/** A median of whole numbers may be a half; one decimal says enough. Halves go to the even digit, as on the server. */
function rounded(figure) {
  const [tenths, rest] = [figure / 10n, figure % 10n];
  const up = rest > 5n || (rest === 5n && tenths % 2n === 1n);
  return format(tenths + (up ? 1n : 0n), 1);
}

function jump(rule, figure, { row, cell, words }) {
  const last = row.last(rule.measure);
  const { places } = cell.measure;
  if (last == null || abs(figure - last) <= units(rule.floor, places)) return "";
  const [less, more] = figure < last ? [figure, last] : [last, figure];
  if (more < BigInt(rule.factor) * less) return "";
  return fill(words.jump, { figure: format(figure, places), last: format(last, places) });
}

function outlier(rule, figure, { cell, config, words }) {
  const beside = config.medians[rule.measure];
  if (!beside || beside.places < rule.fewest) return "";
  const { places } = cell.measure;
  const [median, spread] = [hundredths(beside.median), hundredths(beside.spread)];
  const away = abs(units(figure, 2 - places) - median);
  if (spread === 0n || 6745n * away <= BigInt(rule.limit) * 10_000n * spread) return "";
  return fill(words.outlier, { figure: format(figure, places), median: rounded(median), places: beside.places });
}

function continues(rule, figure, { row, cell, config, words }) {
  const last = row.last(rule.closing);
  if (last == null || last === figure) return "";
  const closing = config.byName.get(rule.closing);
  return fill(words.continues, { figure: format(figure, cell.measure.places), last: format(last, closing.places) });
}

const RULES = { jump, outlier, continues };

/** Return a Map of measure name -> what is unlikely about it in this row, in words. */
export function doubts(row, config) {
  const found = new Map();
  if (row.nil) return found;
  for (const rule of config.softRules) {
    const cell = row.cell(rule.measure);
    if (!RULES[rule.kind] || typeof cell?.figure !== "bigint") continue;
    const message = RULES[rule.kind](rule, cell.figure, { row, cell, config, words: config.words });
    if (message) found.set(rule.measure, [found.get(rule.measure), message].filter(Boolean).join(" "));
  }
  return found;
}

/** Put what the server found unlikely, a list of {area, measure, message}, into Maps by area. */
export function byArea(list) {
  const found = new Map();
  for (const { area, measure, message } of list) {
    if (!found.has(area)) found.set(area, new Map());
    const row = found.get(area);
    row.set(measure, [row.get(measure), message].filter(Boolean).join(" "));
  }
  return found;
}
