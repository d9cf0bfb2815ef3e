/* Steps that can be taken back: the typing of one cell, a paste, a tick. A step is a list of {row, column, text, after}
 * or {row, nil, after}: what stood there before, and what stood there after. */

const DEPTH = 200;

export class History {
  constructor(grid) {
    this.grid = grid;
    this.done = [];
    this.undone = [];
  }

  remember(step) {
    this.done.push(step);
    if (this.done.length > DEPTH) this.done.shift();
    this.undone = [];
  }

  undo() {
    this.travel(this.done, this.undone, "before");
  }

  redo() {
    this.travel(this.undone, this.done, "after");
  }

  /** Take one step back, wherever it stands among the others. */
  revert(step) {
    this.done = this.done.filter((other) => other !== step);
    this.apply(step, "before");
  }

  travel(from, to, side) {
    const step = from.pop();
    if (!step) return;
    to.push(step);
    this.apply(step, side);
    if ("column" in step[0]) this.grid.visit(step[0].row, step[0].column);
  }

  /** Make the rows of a step say what they said before it, or after it. */
  apply(step, side) {
    const rows = new Set();
    for (const change of step) {
      const { row } = change;
      if (row.locked) continue;
      if ("nil" in change) row.nil = side === "after" ? change.after : change.nil;
      else row.cells[change.column].write(side === "after" ? change.after : change.text);
      row.touch();
      rows.add(row);
    }
    this.grid.changed([...rows]);
  }
}
