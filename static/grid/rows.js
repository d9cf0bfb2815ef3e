/* One village's line of the grid: what is typed, what the server has, and which of the two is shown as what. */

import { doubts } from "./doubts.js";
import { parse, show } from "./figures.js";
import { newKey } from "./keys.js";
import { Reasons } from "./reasons.js";
import { problems } from "./rules.js";

/** One figure of one row. `base` is the figure the server has (or the text, when it can't be read). */
class Cell {
  constructor(td, measure, words) {
    this.td = td;
    this.input = td.querySelector("input");
    this.measure = measure;
    this.words = words;
    this.read();
    // Not what stands in the input: a person on a slow line types before this file has arrived.
    this.stands(this.input.defaultValue);
    const last = td.querySelector(".last");
    this.last = last ? parse(last.textContent, measure, words).figure : null;
  }

  /** Take over what stands in the input. */
  read() {
    const { figure, error } = parse(this.input.value, this.measure, this.words);
    this.figure = error ? undefined : figure;
    this.error = error || "";
  }

  /** The server has this text. */
  stands(text) {
    const { figure, error } = parse(text, this.measure, this.words);
    this.base = error ? text : figure;
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
    const text = show(this.figure, this.measure, this.words);
    if (this.input.value !== text) this.input.value = text;
  }

  /** The figure that a text says here. */
  reads(text) {
    return parse(text ?? "", this.measure, this.words).figure;
  }

  /** Tell whether a text of the server is the same figure. */
  sameAs(text) {
    return this.reads(text) === this.figure;
  }

  get changed() {
    return this.known() !== this.base;
  }
}

export class Row {
  /** `state` is the server's word for the record; `version` 0 means that there is no record yet. */
  constructor(tr, config, told, said) {
    this.tr = tr;
    this.config = config;
    this.id = Number(tr.dataset.area);
    this.name = tr.dataset.name;
    this.version = Number(tr.dataset.version);
    this.state = tr.dataset.state;
    this.locked = "locked" in tr.dataset;
    this.late = tr.dataset.late || ""; // in the server's words, when the day until which it could be mended has passed
    this.box = tr.querySelector("input[type=checkbox]");
    this.cells = config.measures.map((measure) => new Cell(tr.querySelector(`td[data-measure="${measure.name}"]`), measure, config.words));
    this.byName = new Map(this.cells.map((cell) => [cell.measure.name, cell]));
    this.baseNil = this.box.defaultChecked;
    this.sending = false;
    this.conflict = null; // what the server has, when someone else changed the row meanwhile
    this.refused = null; // Map of measure -> message of the server, until the row is changed
    this.told = told || new Map(); // what the server found unlikely, until the row is changed
    this.reasons = new Reasons(said);
    this.unanswered = []; // what was sent and may have arrived, though no answer came
    this.message = this.late; // what the server says about the whole row
    this.check();
  }

  get nil() {
    return this.box.checked;
  }

  set nil(on) {
    this.box.checked = on;
  }

  cell(name) {
    return this.byName.get(name);
  }

  figure(name) {
    return this.byName.get(name)?.figure;
  }

  /** Last year's figure, null where there is none. */
  last(name) {
    return this.byName.get(name)?.last;
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

  /** Nothing was ever reported or typed here. */
  get empty() {
    return !this.version && !this.nil && this.cells.every((cell) => cell.figure === null);
  }

  /** The row as it is sent: the same key as long as it says the same on the same version. */
  parcel() {
    const says = { area: this.id, breakdown: this.config.kind, version: this.version, nil: this.nil, values: this.values() };
    const text = JSON.stringify(says);
    if (this.sealed?.text !== text) this.sealed = { text, key: newKey() };
    return { ...says, key: this.sealed.key };
  }

  /** Take a key that an earlier visit gave to what the row now says. */
  reseal(key) {
    this.parcel();
    if (key) this.sealed.key = key;
  }

  /** Find what is wrong, here or by the server's word, and what is unlikely. */
  check() {
    this.problems = problems(this, this.config);
    if (this.refused) for (const [field, message] of this.refused) this.problems.set(field, message);
    this.doubts = this.told || doubts(this, this.config);
    return this.problems.size === 0;
  }

  /** Changed by a person, so that what the server said of it holds no longer. */
  touch() {
    this.refused = null;
    this.told = null;
  }

  /** The measures that ask for a reason and have none, in a row that can still be submitted. */
  get unexplained() {
    if (this.locked || this.nil) return [];
    return [...this.doubts.keys()].filter((name) => !this.reasons.of(this.cell(name)) && !this.problems.has(name));
  }

  /** What is asked about a figure, with the reason of old if it was another then; "" where nothing is. */
  question(name) {
    const doubt = this.doubts.get(name);
    return doubt ? [doubt, this.reasons.earlier(this.cell(name), this.config.words)].filter(Boolean).join(" ") : "";
  }

  get sendable() {
    return this.dirty && !this.sending && !this.conflict && this.problems.size === 0;
  }

  /** The server has this: `values` are texts by measure; what a person typed meanwhile stays. */
  acknowledge({ version, state, values, nil = false }, sent) {
    const now = { nil: this.nil, values: this.values() };
    const typedMeanwhile = sent && JSON.stringify({ nil: sent.nil, values: sent.values }) !== JSON.stringify(now);
    Object.assign(this, { version, state, baseNil: nil, conflict: null, refused: null, message: "", unanswered: [] });
    for (const cell of this.cells) {
      const text = values[cell.measure.name] ?? "";
      cell.stands(text);
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
    if (this.late) return ["draft", "returned"].includes(this.state) ? "late" : this.state;
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
