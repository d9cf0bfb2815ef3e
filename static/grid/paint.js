/* Shows the rows: edges and messages at the cells, the chip of each row, the totals, the conflict box. */

import { fill, format, moment, parse } from "./figures.js";

const LOOKS = {
  bad: ["bad", "!"], conflict: ["bad", "⇄"], sending: ["pend", "⟳"], kept: ["pend", "⟳"], changed: ["pend", "•"], none: ["", "–"],
  nil: ["ok", "✓"], draft: ["ok", "✓"], submitted: ["ok", "↑"], returned: ["warn", "↩"], approved: ["ok", "✓✓"], locked: ["bad", "!"],
  refused: ["bad", "!"],
};

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function paintMessage(row, cell, message) {
  const id = `e-${row.id}-${cell.measure.name}`;
  let why = cell.td.querySelector(".why");
  if (!message) {
    why?.remove();
    cell.input.removeAttribute("aria-invalid");
    cell.input.removeAttribute("aria-describedby");
    return;
  }
  if (!why) {
    why = element("span", "why");
    why.id = id;
    cell.td.append(why);
  }
  why.textContent = message;
  cell.input.setAttribute("aria-invalid", "true");
  cell.input.setAttribute("aria-describedby", id);
}

function paintCell(row, cell) {
  const message = row.problems.get(cell.measure.name) || "";
  const { td, input } = cell;
  td.classList.toggle("bad", Boolean(message));
  td.classList.toggle("pend", !message && !row.locked && !row.nil && cell.changed);
  if (message || td.querySelector(".why")) paintMessage(row, cell, message);
  input.readOnly = row.nil || row.locked;
  input.placeholder = row.nil ? row.config.words.nil : "";
}

function paintChip(row, { trouble, message }) {
  const status = row.status(trouble);
  const [look, sign] = LOOKS[status] || ["", ""];
  const { words } = row.config;
  let word = status === "bad" ? fill(words.to_mend, { n: row.problems.size }) : words[`row_${status}`] || status;
  if (row.nil && ["submitted", "returned", "approved"].includes(status)) word += `, ${words.nil}`;
  const chip = row.tr.querySelector("td.state .chip");
  chip.className = `chip ${look}`;
  chip.textContent = `${sign} ${word}`;
  chip.title = (status === "refused" && message) || row.message || row.problems.get("") || "";
}

export function paintRow(row, saver) {
  row.tr.dataset.state = row.state;
  row.tr.classList.toggle("nil", row.nil);
  row.tr.classList.toggle("locked", row.locked);
  row.box.disabled = row.locked;
  for (const cell of row.cells) paintCell(row, cell);
  paintChip(row, saver);
}

/** Show both sides of a conflict under the row, and let the person choose; nothing is overwritten until they do. */
export function paintConflict(row, choose) {
  document.getElementById(`conflict-${row.id}`)?.remove();
  if (!row.conflict) return;
  const { words } = row.config;
  const theirs = row.conflict;
  const line = document.createElement("tr");
  line.id = `conflict-${row.id}`;
  line.className = "conflict";
  const box = element("td", "");
  box.colSpan = row.tr.cells.length;
  box.append(element("p", "", fill(words.conflict, { name: row.name, by: theirs.by, at: moment(theirs.at) })));
  const list = document.createElement("ul");
  for (const cell of row.cells) {
    const [mine, their] = [row.nil ? "" : cell.input.value, theirs.nil ? "" : theirs.values[cell.measure.name] ?? ""];
    const read = parse(their, cell.measure, words);
    const shown = read.error ? their : format(read.figure, cell.measure.places);
    if (mine === shown) continue;
    const said = { label: cell.measure.label, mine: mine || words.blank, theirs: shown || words.blank };
    list.append(element("li", "", fill(words.conflict_figure, said)));
  }
  if (row.nil !== theirs.nil) list.append(element("li", "", theirs.nil ? words.conflict_they_nil : words.conflict_you_nil));
  box.append(list);
  for (const side of ["mine", "theirs"]) {
    const button = element("button", "btn", words[`keep_${side}`]);
    button.type = "button";
    button.addEventListener("click", () => choose(row, side));
    box.append(button, " ");
  }
  line.append(box);
  row.tr.after(line);
}

/** Keeps the totals row: the sum of what each column of this page shows. A mean has no sum. */
export class Totals {
  constructor(table, rows, config) {
    this.rows = rows;
    const spots = table.tFoot.querySelectorAll("[data-total]");
    this.columns = config.measures
      .map((measure, index) => ({ index, places: measure.places, kind: measure.kind, spot: spots[index] }))
      .filter((column) => column.kind !== "mean");
  }

  paint() {
    for (const { index, places, spot } of this.columns) {
      const figures = this.rows.map((row) => (row.nil ? null : row.cells[index].figure)).filter((figure) => figure != null);
      const text = figures.length ? format(figures.reduce((sum, figure) => sum + figure, 0n), places) : "";
      if (spot.textContent !== text) spot.textContent = text;
    }
  }
}
