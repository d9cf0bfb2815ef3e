/* Takes the server's word on the rows that were sent. */

import { byArea } from "./doubts.js";
import { fill } from "./figures.js";
import { paintConflict } from "./paint.js";

export class Answers {
  constructor(grid) {
    this.grid = grid;
  }

  /** `body` is the answer to a save; `sent` are the parcels it answers. */
  take(body, sent) {
    const unlikely = byArea(body.unlikely.filter((found) => found.breakdown === this.grid.config.kind));
    for (const [at, result] of body.rows.entries()) this.receive(result, sent[at], unlikely.get(result.area));
    this.count(body.counts);
  }

  receive(result, sent, unlikely) {
    const row = this.grid.byId.get(result.area);
    if (result.status === "saved" || result.status === "unchanged") {
      row.acknowledge({ values: sent.values, nil: sent.nil, ...result }, sent);
      if (!row.dirty) row.told = unlikely || new Map();
      row.check();
      this.grid.keep.saved(row, result);
    } else if (result.status === "refused") {
      row.refused = new Map(result.errors.map((error) => [error.field, error.message]));
      row.check();
    } else if (result.status === "locked") {
      const message = fill(this.grid.config.words.locked_meanwhile, { by: result.by });
      Object.assign(row, { locked: true, message, state: result.state });
      row.problems.set("", message);
    } else this.quarrel(row, result, sent);
  }

  /** Someone else changed the row. When they wrote the same (or it was we, and the answer was lost) nothing is asked. */
  quarrel(row, theirs, sent) {
    if (this.same(row, theirs, sent)) return row.acknowledge(theirs, sent);
    const ours = row.unanswered.some((parcel) => this.same(row, theirs, parcel));
    // An earlier parcel had arrived; what was typed since is sent again, on top of it.
    if (ours) return row.acknowledge(theirs, {});
    row.conflict = theirs;
    paintConflict(row, (...choice) => this.settle(...choice));
  }

  /** Tell whether what stands on the server is what a parcel says. */
  same(row, theirs, parcel) {
    if (theirs.nil !== parcel.nil) return false;
    return parcel.nil || row.cells.every((cell) => cell.reads(theirs.values[cell.measure.name]) === cell.reads(parcel.values[cell.measure.name]));
  }

  settle(row, side) {
    const { grid } = this;
    const theirs = row.conflict;
    if (side === "theirs") row.acknowledge(theirs);
    else Object.assign(row, { version: theirs.version, conflict: null });
    row.check();
    paintConflict(row);
    grid.show([row]);
    grid.saver.soon(0);
    grid.keyboard.go(row, 0);
  }

  count(counts) {
    if (!counts) return;
    const { words } = this.grid.config;
    const button = document.getElementById("grid-submit");
    if (button) button.textContent = fill(words.submit, { n: counts.drafted + (counts.returned || 0) });
    for (const [name, n] of Object.entries(counts)) {
      for (const spot of document.querySelectorAll(`[data-count="${name}"]`)) spot.textContent = n;
    }
  }
}
