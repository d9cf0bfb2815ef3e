/* What is written into the boxes of the pass-down grid, step by step, so that each step can be taken back. */

export class Moves {
  constructor(grid) {
    this.grid = grid;
    this.done = [];
    this.undone = [];
    this.before = null; // the box that is visited, and what stood in it
    this.sent = false;
    const { table } = grid;
    table.addEventListener("focusin", ({ target }) => this.enter(target));
    table.addEventListener("focusout", () => this.commit());
    table.addEventListener("input", () => this.typed());
    window.addEventListener("beforeunload", (event) => this.done.length && !this.sent && event.preventDefault());
  }

  enter(input) {
    const { row, column } = this.grid.here();
    this.before = row ? { row, column, text: input.value } : null;
    if (this.before) input.select();
  }

  typed() {
    const { row } = this.grid.here();
    if (!row) return;
    this.grid.read(row);
    this.grid.addUp(true);
  }

  /** Make the typing of one box a step. */
  commit() {
    const { before, grid } = this;
    if (!before) return;
    const { row, column, text } = before;
    const { input } = row.cells[column];
    if (input.value === text) return;
    if (column === 0) {
      grid.tidy(row);
      grid.mark(row);
    }
    this.remember([{ row, column, was: text, text: input.value }]);
    before.text = input.value;
    grid.addUp();
  }

  /** Escape: what stood there. */
  restore() {
    if (!this.before) return;
    const { row, column, text } = this.before;
    row.cells[column].input.value = text;
    row.cells[column].input.select();
    this.typed();
  }

  /** Write many boxes as one step: [{row, column, text}]. */
  make(changes) {
    this.commit();
    this.remember(changes.map((change) => ({ ...change, was: change.row.cells[change.column].input.value })));
    this.write(changes);
    for (const { row, column } of changes) if (column === 0) this.grid.tidy(row);
  }

  write(changes) {
    for (const { row, column, text } of changes) {
      row.cells[column].input.value = text;
      if (column === 0) this.grid.mark(row);
    }
    const { row, column } = this.grid.here();
    if (row) this.before = { row, column, text: row.cells[column].input.value };
    this.grid.addUp();
  }

  remember(step) {
    this.done.push(step);
    this.undone = [];
  }

  undo() {
    this.commit();
    const step = this.done.pop();
    if (!step) return;
    this.undone.push(step);
    this.write(step.map(({ row, column, was }) => ({ row, column, text: was })));
    this.grid.say(this.grid.config.words.undone);
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return;
    this.done.push(step);
    this.write(step);
  }
}
