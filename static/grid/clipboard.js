/* Pastes a block that was copied from Excel. What does not fit, or can't be placed for sure, changes nothing and is explained. */

import { fill, parse } from "./figures.js";

/** Split tab-separated text as Excel writes it: CRLF or LF, cells with line breaks or tabs in quotes, "" for a quote. */
export function split(text) {
  const lines = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (let match; (match = cell.exec(text)); ) {
    lines.at(-1).push((match[1]?.replaceAll('""', '"') ?? match[2]).trim());
    if (match[3] === "") break;
    if (match[3] !== "\t") lines.push([]);
  }
  while (lines.length && lines.at(-1).every((value) => value === "")) lines.pop();
  return lines;
}

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

/** All the words by which a row may be called in a sheet. */
function callsOf(row) {
  return [row.name, row.tr.dataset.code, ...(row.tr.dataset.calls || "").split("|")].filter(Boolean).map(plain);
}

/** Take a heading line off; its labels say which measure each column is, when all of them are known. */
function takeHeading(block, config) {
  const readable = (value) => value !== "" && parse(value, config.measures[0], config.words).figure != null;
  if (block.length < 2 || block[0].some(readable) || block[0].every((value) => value === "")) return null;
  const isNumeric = block[1].some(readable);
  if (!isNumeric) return null;
  return block.shift();
}

// What stands over a column of serial numbers, as plain() writes it.
const SERIAL_HEADS = new Set(["序号", "编号", "no", "no.", "#", "noп/п"]);

/** Tell what stands before the figures: "serials" (1, 2, 3 … to leave out), "unclear" (names after other numbers), or "". */
function beforeNames(block, heading, known) {
  const first = block.map((line) => line[0] ?? "");
  const second = block.map((line) => line[1] ?? "");
  if (!block.length || block[0].length < 2 || !first.every((value) => /^\d+$/.test(value)) || first.every((value) => known.has(value))) return "";
  const isNamed = second.filter((value) => /\p{L}/u.test(value)).length > block.length / 2 || second.every((value) => known.has(plain(value)));
  const isHeaded = SERIAL_HEADS.has(plain(heading?.[0] ?? ""));
  const inStep = first.every((value, index) => value.length < 6 && Number(value) === Number(first[0]) + index);
  if (inStep && (isNamed || isHeaded)) return "serials";
  return isNamed || isHeaded ? "unclear" : "";
}

/** Take off leading columns that name the villages (name, latin name or code), and the serial numbers before them;
 * return each line's candidates. */
function takeNames(block, heading, rows) {
  const known = new Map();
  for (const row of rows) for (const call of callsOf(row)) known.set(call, [...(known.get(call) || []), row]);
  const before = beforeNames(block, heading, known);
  if (before === "serials") for (const line of block) line.shift();
  const isText = (line) => /\p{L}/u.test(line[0] ?? "");
  let named = null;
  const unknown = [];
  while (block.length && block[0].length > 1) {
    const hits = block.map((line) => known.get(plain(line[0] ?? "")));
    const textual = block.filter(isText).length > block.length / 2;
    if (!textual && !hits.every(Boolean)) break;
    hits.forEach((hit, index) => hit || unknown.push(block[index][0]));
    named = hits.map((hit, index) => (named && hit ? named[index].filter((row) => hit.includes(row)) : hit || named?.[index] || []));
    for (const line of block) line.shift();
  }
  return { named, unknown, before };
}

function columnsFor(heading, width, column, config) {
  const labels = heading?.slice(-width).map(plain) || [];
  const byLabel = new Map(config.measures.map((measure, index) => [plain(measure.label), index]));
  const found = labels.map((label) => byLabel.get(label));
  if (labels.length === width && found.every((index) => index !== undefined)) return found;
  return Array.from({ length: width }, (_, index) => column + index);
}

/** Decide where each pasted line goes: by village name when the sheet names them, else downwards from the cell. */
function rowsFor({ named, unknown }, block, shown, start, words) {
  if (!named) {
    const fits = shown.length - start;
    if (block.length > fits) return { refusal: fill(words.paste_too_long, { rows: block.length, fits }) };
    return { targets: shown.slice(start, start + block.length) };
  }
  if (unknown.length) return { refusal: fill(words.paste_unknown, { names: unknown.slice(0, 5).join(", "), n: unknown.length }) };
  const inPlace = named.every((candidates, index) => candidates.includes(shown[start + index]));
  if (inPlace) return { targets: shown.slice(start, start + block.length), names: true };
  const unsure = named.findIndex((candidates) => candidates.length !== 1);
  if (unsure >= 0) return { refusal: fill(words.paste_ambiguous, { line: unsure + 1 }) };
  const targets = named.map((candidates) => candidates[0]);
  if (new Set(targets).size < targets.length) return { refusal: words.paste_twice };
  return { targets, names: true, moved: true };
}

/** Plan a paste at `start` (index in `shown`), `column`: {changes: [{row, column, text}], notes} or {refusal}. */
export function plan(text, shown, start, column, config) {
  const { words } = config;
  const block = split(text);
  const heading = takeHeading(block, config);
  const named = takeNames(block, heading, shown);
  if (named.before === "unclear") return { refusal: words.paste_unclear };
  const width = Math.max(0, ...block.map((line) => line.length));
  const columns = columnsFor(heading, width, column, config);
  const fits = config.measures.length - column;
  if (columns.some((index) => index >= config.measures.length)) return { refusal: fill(words.paste_too_wide, { columns: width, fits }) };
  const { targets, refusal, names, moved } = rowsFor(named, block, shown, start, words);
  if (refusal) return { refusal };
  const closed = targets.find((row, index) => (row.locked || row.nil) && block[index].some(Boolean));
  if (closed?.late) return { refusal: `${closed.name}: ${closed.late}` };
  if (closed) return { refusal: fill(closed.locked ? words.paste_locked : words.paste_nil, { name: closed.name }) };
  const changes = targets.flatMap((row, line) =>
    row.locked || row.nil ? [] : columns.map((index, at) => ({ row, column: index, text: block[line][at] ?? "" })),
  );
  const notes = [fill(words.pasted, { rows: block.length, columns: width })];
  if (heading) notes.push(words.paste_heading);
  if (named.before) notes.push(words.paste_serials);
  if (names) notes.push(moved ? words.paste_by_name : words.paste_names);
  return { changes, notes };
}
