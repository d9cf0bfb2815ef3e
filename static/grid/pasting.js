/* Takes a paste into the grid; clipboard.js decides where each figure goes. */

import { plan, split } from "./clipboard.js";
import { fill } from "./figures.js";

export class Pasting {
  constructor(grid) {
    this.grid = grid;
    grid.table.addEventListener("paste", (event) => this.paste(event));
  }

  paste(event) {
    const { grid } = this;
    const { row, column } = grid.here();
    const text = event.clipboardData.getData("text/plain");
    const isBlock = /[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""));
    if (column < 0 || !(isBlock || grid.range.wide)) return;
    event.preventDefault();
    if (grid.range.wide && this.fills(text)) return;
    const { rows, columns } = grid.range.extent();
    this.place(text, rows[0], columns[0]);
    grid.keyboard.go(row, column);
  }

  /** A block that goes a whole number of times into the range is repeated until it is full, as in a spreadsheet. */
  fills(text) {
    const { range } = this.grid;
    const block = split(text);
    const { rows, columns } = range.extent();
    const width = block[0]?.length || 0;
    if (!width || block.some((line) => line.length !== width) || rows.length % block.length || columns.length % width) return false;
    range.write((line, at) => block[line % block.length][at % width]);
    this.report([], rows);
    return true;
  }

  place(text, row, column) {
    const { grid } = this;
    const shown = grid.shown();
    const { changes, notes, refusal } = plan(text, shown, shown.indexOf(row), column, grid.config);
    if (refusal) return grid.says.tell([refusal, grid.config.words.nothing_changed], "bad");
    grid.change(changes);
    this.report(notes, changes.map((change) => change.row));
  }

  /** Say what was done, and what of it is wrong. */
  report(notes, rows) {
    const { says, config } = this.grid;
    const wrong = new Set(rows.filter((row) => row.problems.size)).size;
    if (wrong) notes.push(fill(config.words.rows_to_mend, { n: wrong }));
    if (notes.length) says.tell(notes, wrong ? "warn" : "ok");
    if (wrong) says.showErrors();
  }
}
