/* Shows the rows: edges and messages at the cells, the chip of each row, the totals, the conflict box. */

import { fill, format, parse } from "./figures.js";

const LOOKS = {
  bad: ["bad", "!"], conflict: ["bad", "⇄"], sending: ["pend", "⟳"], kept: ["pend", "⟳"], changed: ["pend", "•"], none: ["", "–"],
  nil: ["ok", "✓"], draft: ["ok", "✓"], submitted: ["ok", "↑"], returned: ["warn", "↩"], approved: ["ok", "✓✓"], locked: ["bad", "!"],
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

function paintChip(row, offline) {
  const status = row.status(offline);
  const [look, sign] = LOOKS[status] || ["", ""];
  const { words } = row.config;
  const word = status === "bad" ? fill(words.to_mend, { n: row.problems.size }) : words[`row_${status}`] || status;
  const chip = row.tr.querySelector("td.state .chip");
  chip.className = `chip ${look}`;
  chip.textContent = `${sign} ${word}`;
  chip.title = row.message || row.problems.get("") || "";
}

export function paintRow(row, offline) {
  row.tr.classList.toggle("nil", row.nil);
  row.tr.classList.toggle("locked", row.locked);
  row.box.disabled = row.locked;
  for (const cell of row.cells) paintCell(row, cell);
  paintChip(row, offline);
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
  const when = new Date(theirs.at).toLocaleString(document.documentElement.lang);
  box.append(element("p", "", fill(words.conflict, { name: row.name, by: theirs.by, at: when })));
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

/** Keeps the totals row: the server's sums, which may cover more pages than this one, plus what changed here. */
export class Totals {
  constructor(table, rows, config) {
    this.lines = config.measures.map((measure, index) => {
      const td = table.tFoot?.querySelector(`td[data-total="${measure.name}"]`);
      const { figure } = parse(td?.textContent || "", { ...measure, max: 10n ** 30n }, config.words);
      return { measure, index, td, server: figure ?? 0n, shown: figure ?? null, here: this.sum(rows, index) };
    });
    this.rows = rows;
    this.whole = "whole" in table.dataset;
  }

  sum(rows, index) {
    return rows.reduce((sum, row) => sum + (row.nil ? 0n : row.cells[index].figure ?? 0n), 0n);
  }

  /** A mean over the rows of this page, each weighing as much as the units it is a mean of. */
  mean({ measure, index }) {
    let [product, weight] = [0n, 0n];
    for (const row of this.rows) {
      const [figure, units] = row.nil ? [null, null] : [row.cells[index].figure, row.figure(measure.weight)];
      if (figure == null || units == null) continue;
      product += figure * units;
      weight += units;
    }
    return weight ? (product * 2n + weight) / (weight * 2n) : null;
  }

  paint() {
    for (const line of this.lines) {
      if (!line.td) continue;
      const { measure } = line;
      if (measure.kind === "mean" && (!this.whole || !measure.weight)) continue;
      const filled = () => this.rows.some((row) => !row.nil && row.cells[line.index].figure != null);
      const sum = () => line.server - line.here + this.sum(this.rows, line.index);
      const total = measure.kind === "mean" ? this.mean(line) : sum();
      const known = total !== null && (total !== 0n || filled() || (!this.whole && line.shown !== null));
      const text = known ? format(total, measure.places) : "–";
      if (line.td.textContent !== text) line.td.textContent = text;
    }
  }
}
