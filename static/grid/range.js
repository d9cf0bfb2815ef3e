/* A range of cells: from the one that has the focus to a corner that Shift, a click or the mouse moves. */

import { fill } from "./figures.js";

export class Range {
  constructor(grid) {
    this.grid = grid;
    this.corner = null; // {row, column}, or null: the visited cell alone
    this.painted = [];
    this.dragging = false;
    const { table } = grid;
    table.addEventListener("mousedown", (event) => this.press(event));
    table.addEventListener("mouseover", (event) => this.drag(event));
    window.addEventListener("mouseup", () => (this.dragging = false));
    table.addEventListener("focusin", () => this.dragging || this.clear());
    table.addEventListener("copy", (event) => this.copy(event));
    table.addEventListener("cut", (event) => this.copy(event) && this.empty());
  }

  /** The cell of a mouse event: {row, column}, or null. */
  at({ target }) {
    const row = this.grid.byTr.get(target.closest("tr"));
    const td = target.closest("td");
    const column = row ? row.cells.findIndex((cell) => cell.td === td) : -1;
    return column < 0 ? null : { row, column };
  }

  press(event) {
    const cell = event.button === 0 && !this.grid.single && this.at(event);
    if (!cell) return;
    const from = this.grid.here();
    if (event.shiftKey && from.column >= 0) {
      event.preventDefault();
      this.extend(cell);
      return;
    }
    this.dragging = true;
    this.clear();
  }

  drag(event) {
    if (!this.dragging) return;
    if (!(event.buttons & 1)) return (this.dragging = false);
    const cell = this.at(event);
    const from = this.grid.here();
    if (!cell || from.column < 0 || (!this.corner && cell.row === from.row && cell.column === from.column)) return;
    this.extend(cell);
  }

  /** Move the corner by rows and columns; `far` goes to the edge. */
  by(rows, columns, far = false) {
    const from = this.corner || this.grid.here();
    if (!from.row || from.column < 0) return false;
    const shown = this.grid.shown();
    const [last, at] = [from.row.cells.length - 1, shown.indexOf(from.row)];
    const within = (number, most) => Math.min(Math.max(number, 0), most);
    const down = far ? rows * shown.length : rows;
    const across = far ? columns * last : columns;
    this.extend({ row: shown[within(at + down, shown.length - 1)], column: within(from.column + across, last) });
    this.corner?.row.cells[this.corner.column].td.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  extend(cell) {
    const from = this.grid.here();
    this.corner = cell.row === from.row && cell.column === from.column ? null : cell;
    getSelection().removeAllRanges();
    this.paint();
    const { rows, columns } = this.extent();
    this.grid.says.hear(fill(this.grid.config.words.selected, { rows: rows.length, columns: columns.length }));
  }

  clear() {
    if (!this.corner) return;
    this.corner = null;
    this.paint();
  }

  get wide() {
    return Boolean(this.corner) && this.grid.here().column >= 0;
  }

  /** The shown rows and the columns of the range, from its upper left. */
  extent() {
    const from = this.grid.here();
    const to = this.corner || from;
    const shown = this.grid.shown();
    const [top, bottom] = [shown.indexOf(from.row), shown.indexOf(to.row)].sort((a, b) => a - b);
    const [left, right] = [from.column, to.column].sort((a, b) => a - b);
    const columns = Array.from({ length: right - left + 1 }, (_, index) => left + index);
    return { rows: shown.slice(Math.max(top, 0), bottom + 1), columns };
  }

  paint() {
    for (const td of this.painted) td.classList.remove("sel");
    this.painted = [];
    if (!this.wide) return;
    const { rows, columns } = this.extent();
    for (const row of rows) for (const column of columns) this.painted.push(row.cells[column].td);
    for (const td of this.painted) td.classList.add("sel");
  }

  /** As Excel reads it: tabs and line ends. A single cell is copied by the browser. */
  copy(event) {
    if (!this.wide) return false;
    const { rows, columns } = this.extent();
    const lines = rows.map((row) => columns.map((column) => (row.nil ? "" : row.cells[column].input.value)).join("\t"));
    event.clipboardData.setData("text/plain", `${lines.join("\r\n")}\r\n`);
    event.preventDefault();
    this.grid.says.hear(fill(this.grid.config.words.copied, { rows: rows.length, columns: columns.length }));
    return true;
  }

  /** Write into every cell of the range that can be written, as one step. */
  write(textFor) {
    const { rows, columns } = this.extent();
    const open = rows.map((row, line) => ({ row, line })).filter(({ row }) => !row.locked && !row.nil);
    const changes = open.flatMap(({ row, line }) => columns.map((column, at) => ({ row, column, text: textFor(line, at) })));
    if (changes.length) this.grid.change(changes);
    this.paint();
  }

  /** Take the figures out. */
  empty() {
    if (!this.wide) return false;
    this.write(() => "");
    return true;
  }

  /** Let the first row of the range stand in all of it; of one cell, the figure of the cell above. */
  fillDown() {
    const { grid } = this;
    const { rows, columns } = this.extent();
    if (!columns.length || columns[0] < 0) return false;
    const first = this.wide && rows.length > 1 ? rows[0] : grid.shown()[grid.shown().indexOf(rows[0]) - 1];
    if (!first) return true;
    const texts = columns.map((column) => first.cells[column].input.value);
    this.write((_line, at) => texts[at]);
    return true;
  }
}
