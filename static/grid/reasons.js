/* What was said of the figures of one row: a reason explains the figure that it was given for and no other, as in
 * programmes/unlikely.py. */

import { fill, show } from "./figures.js";

export class Reasons {
  /** `said` is a list of {measure, figure, reason}, the last word last. */
  constructor(said = []) {
    this.said = new Map();
    for (const { measure, figure, reason } of said) this.add(measure, figure ?? null, reason);
  }

  /** `figure` is the text of the figure that the words explain: "" is a blank, null stands for one that nobody knows. */
  add(measure, figure, text) {
    this.said.set(measure, [...this.on(measure), { figure, text }]);
  }

  /** Take back what the server did not take. */
  remove(measure, figure, text) {
    this.said.set(measure, this.on(measure).filter((one) => one.figure !== figure || one.text !== text));
  }

  on(measure) {
    return this.said.get(measure) || [];
  }

  /** The reason for the figure that a cell shows now; "" if there is none. */
  of(cell) {
    const given = this.on(cell.measure.name).filter(({ figure }) => figure !== null && cell.reads(figure) === cell.figure);
    return given.at(-1)?.text || "";
  }

  /** The reason of old, in words, where the figure is another by now; "" if there is none. */
  earlier(cell, words) {
    const last = this.on(cell.measure.name).at(-1);
    if (!last || this.of(cell)) return "";
    if (last.figure === null) return fill(words.said_before, { reason: last.text });
    const said = (figure) => show(figure, cell.measure, words) || words.blank;
    return fill(words.earlier, { given: said(cell.reads(last.figure)), figure: said(cell.figure), reason: last.text });
  }
}
