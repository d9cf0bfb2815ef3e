/* Typing into one cell: what stood there before, and when it becomes a step that can be taken back. */

import { show } from "./figures.js";

export const AFTER_LEAVING = 800;
const PAUSE = 5000;

export class Typing {
  constructor(grid) {
    this.grid = grid;
    this.before = null; // the cell that is visited: {row, column, text}
    this.row = null; // the row that is being typed in
    this.at = 0;
    const { table } = grid;
    table.addEventListener("focusin", (event) => this.enter(event));
    table.addEventListener("focusout", (event) => this.leave(event));
    table.addEventListener("input", (event) => this.typed(event));
    // A person on a slow line is in a cell before this file has arrived.
    this.settle();
  }

  enter({ target }) {
    const { grid } = this;
    const { row, column } = grid.here();
    this.before = row && column >= 0 ? { row, column, text: target.value } : null;
    grid.keyboard.mode = "ready";
    if (this.before) target.select();
    if (grid.single) target.enterKeyHint = "next";
  }

  typed({ target }) {
    if (target.type === "checkbox" || !this.before) return;
    const { grid } = this;
    if (grid.keyboard.mode === "ready") grid.keyboard.mode = "typing";
    grid.range.clear();
    const { row, column } = this.before;
    row.cells[column].read();
    this.row = row;
    this.at = Date.now();
    // A message that no longer holds goes at once; a new one waits until the cell is left.
    const spoken = row.problems.size || row.doubts.size;
    row.touch();
    if (spoken) row.check();
    grid.show([row]);
    grid.saver.soon(PAUSE);
  }

  leave({ relatedTarget }) {
    this.commit();
    const row = this.grid.byTr.get(relatedTarget?.closest?.("tr"));
    if (row !== this.row) {
      this.row = null;
      this.grid.saver.soon(AFTER_LEAVING);
    }
  }

  /** The row that is not to be sent just now, because it is being typed in. */
  get busy() {
    return Date.now() - this.at < PAUSE ? this.row : null;
  }

  /** Typing that is not yet a step. */
  get pending() {
    const { before } = this;
    return before && before.row.cells[before.column].input.value !== before.text;
  }

  /** Make the typing of one cell a step that can be undone, and check its row. */
  commit() {
    const { before, grid } = this;
    if (!before) return;
    const cell = before.row.cells[before.column];
    cell.tidy();
    if (cell.input.value === before.text) return this.judge(before.row);
    const step = this.withUsual([{ ...before, after: cell.input.value }]);
    grid.history.remember(step);
    for (const { row, column, after } of step.slice(1)) row.cells[column].write(after);
    before.text = cell.input.value;
    before.row.check();
    grid.show([before.row]);
  }

  /** What was typed and taken back again was not told while it was typed; now it is. */
  judge(row) {
    if (row !== this.row) return;
    row.check();
    this.grid.show([row]);
  }

  /** A row that is begun gets its usual figures in the same step: seen at once, and taken back with it. */
  withUsual(step) {
    const usual = this.grid.config.measures.flatMap((measure, column) => (measure.usual == null ? [] : [{ measure, column }]));
    if (!usual.length) return step;
    const written = new Map();
    for (const change of step) {
      if (!("column" in change)) continue;
      written.set(change.row, [...(written.get(change.row) || []), change]);
    }
    const added = [...written].flatMap(([row, changes]) => this.begins(row, changes) ? this.usualOf(row, changes, usual) : []);
    if (added.length) this.grid.says.usual(added);
    return [...step, ...added];
  }

  /** Nothing stood in the row before these changes, and something does after them. */
  begins(row, changes) {
    if (row.version || row.nil || row.locked) return false;
    const before = new Map(changes.map((change) => [change.column, change.text]));
    const wasBlank = row.cells.every((cell, column) => (before.get(column) ?? cell.input.value) === "");
    return wasBlank && changes.some((change) => change.after !== "");
  }

  usualOf(row, changes, usual) {
    const given = new Set(changes.map((change) => change.column));
    return usual
      .filter(({ column }) => !given.has(column))
      .map(({ measure, column }) => {
        const after = show(BigInt(measure.usual) * 10n ** BigInt(measure.places), measure, this.grid.config.words);
        return { row, column, text: "", after };
      });
  }

  /** Esc: the figure as it was. */
  restore() {
    const { row, column, text } = this.before || {};
    if (!row) return;
    row.cells[column].write(text);
    row.touch();
    row.check();
    row.cells[column].input.select();
    this.grid.keyboard.mode = "ready";
    this.grid.show([row]);
  }

  /** The cells were written by something else: typing starts afresh from what stands now. */
  settle() {
    const { row, column } = this.grid.here();
    if (row && column >= 0) this.before = { row, column, text: row.cells[column].input.value };
    this.row = null;
  }
}
