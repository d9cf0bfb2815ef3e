/* One village's line of the grid: what is typed, what the server has, and which of the two is shown as what. */

import { format, parse } from "./figures.js";
import { problems } from "./rules.js";

/** One figure of one row. `base` is the figure the server has (or the text, when it can't be read). */
class Cell {
  constructor(td, measure, words) {
    this.td = td;
    this.input = td.querySelector("input");
    this.measure = measure;
    this.words = words;
    this.read();
    this.base = this.known();
  }

  /** Take over what stands in the input. */
  read() {
    const { figure, error } = parse(this.input.value, this.measure, this.words);
    this.figure = error ? undefined : figure;
    this.error = error || "";
  }

  known() {
    return this.error ? this.input.value : this.figure;
  }

  write(text) {
    this.input.value = text;
    this.read();
    this.tidy();
  }

  /** Show a readable figure the way the server shows it. */
  tidy() {
    if (this.error) return;
    const text = format(this.figure, this.measure.places);
    if (this.input.value !== text) this.input.value = text;
  }

  /** Tell whether a text of the server is the same figure. */
  sameAs(text) {
    return parse(text ?? "", this.measure, this.words).figure === this.figure;
  }

  get changed() {
    return this.known() !== this.base;
  }
}

export class Row {
  /** `state` is the server's word for the record; `version` 0 means that there is no record yet. */
  constructor(tr, config) {
    this.tr = tr;
    this.config = config;
    this.id = Number(tr.dataset.area);
    this.name = tr.dataset.name;
    this.version = Number(tr.dataset.version);
    this.state = tr.dataset.state;
    this.locked = "locked" in tr.dataset;
    this.box = tr.querySelector("input[type=checkbox]");
    this.cells = config.measures.map((measure) => {
      const td = tr.querySelector(`td[data-measure="${measure.name}"]`);
      return new Cell(td, measure, config.words);
    });
    this.baseNil = this.nil;
    this.sending = false;
    this.conflict = null; // what the server has, when someone else changed the row meanwhile
    this.refused = null; // Map of measure -> message of the server, until the row is changed
    this.message = ""; // what the server says about the whole row
    this.check();
  }

  get nil() {
    return this.box.checked;
  }

  set nil(on) {
    this.box.checked = on;
  }

  figure(name) {
    return this.cells.find((cell) => cell.measure.name === name)?.figure;
  }

  /** What the row says now: a nil return has no figures, even while the typed ones can still be brought back. */
  values() {
    return Object.fromEntries(this.cells.map((cell) => [cell.measure.name, this.nil ? "" : cell.input.value.trim()]));
  }

  get dirty() {
    if (this.locked) return false;
    if (this.nil !== this.baseNil) return true;
    return !this.nil && this.cells.some((cell) => cell.changed);
  }

  /** Find what is wrong, here or by the server's word. */
  check() {
    this.problems = problems(this, this.config);
    if (this.refused) for (const [field, message] of this.refused) this.problems.set(field, message);
    return this.problems.size === 0;
  }

  get sendable() {
    return this.dirty && !this.sending && !this.conflict && this.problems.size === 0;
  }

  /** The server has this: `values` are texts by measure; what a person typed meanwhile stays. */
  acknowledge({ version, state, values, nil = false }, sent) {
    const typedMeanwhile = sent && JSON.stringify(sent) !== JSON.stringify({ nil: this.nil, values: this.values() });
    Object.assign(this, { version, state, baseNil: nil, conflict: null, refused: null, message: "" });
    for (const cell of this.cells) {
      const text = values[cell.measure.name] ?? "";
      const { figure, error } = parse(text, cell.measure, this.config.words);
      cell.base = error ? text : figure;
      if (!typedMeanwhile && !nil) cell.write(text);
    }
    if (!typedMeanwhile) this.nil = nil;
    this.tr.dataset.version = version;
    const hidden = this.tr.querySelector("input[type=hidden]");
    if (hidden) hidden.value = version;
    this.check();
  }

  /** One word for how the row stands; the chip and the edge show it. `trouble` is that of the Saver. */
  status(trouble) {
    if (this.locked) return this.message ? "locked" : this.state || "locked";
    if (this.conflict) return "conflict";
    if (this.problems.size) return "bad";
    if (this.sending) return "sending";
    if (this.dirty && trouble) return trouble === "refused" ? "refused" : "kept";
    if (this.dirty) return "changed";
    if (!this.version) return "none";
    return this.state === "draft" && this.nil ? "nil" : this.state;
  }
}
