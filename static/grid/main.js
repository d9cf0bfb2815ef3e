/* The entry grid: a table of inputs that works without this file, made quick by it.
 *
 * rows.js knows what is typed and what the server has, paint.js shows it, save.js sends it, keep.js keeps it in the
 * browser until it has arrived. keyboard.js and clipboard.js move and paste; every change comes through `change`. */

import { submitted, welcomeBack } from "./back.js";
import { plan } from "./clipboard.js";
import { fill } from "./figures.js";
import { History } from "./history.js";
import { Keep } from "./keep.js";
import { Keyboard } from "./keyboard.js";
import { paintConflict, paintRow, Totals } from "./paint.js";
import { Row } from "./rows.js";
import { post, Saver } from "./save.js";
import { Says } from "./says.js";
import { Single } from "./single.js";

const AFTER_LEAVING = 800;
const PAUSE = 5000;

function prepare(config) {
  for (const measure of config.measures) {
    const [whole, decimals = ""] = String(measure.max).split(".");
    measure.max = BigInt(whole + decimals.slice(0, measure.places).padEnd(measure.places, "0"));
  }
  config.byName = new Map(config.measures.map((measure) => [measure.name, measure]));
  return config;
}

class Grid {
  constructor(table, config) {
    this.table = table;
    this.config = prepare(config);
    this.rows = [...table.tBodies[0].rows].filter((tr) => tr.querySelector("input[type=checkbox]")).map((tr) => new Row(tr, config));
    this.byTr = new Map(this.rows.map((row) => [row.tr, row]));
    this.history = new History(this);
    this.touched = new Set();
    this.saver = new Saver(this);
    this.says = new Says(this);
    this.totals = new Totals(table, this.rows, config);
    this.keyboard = new Keyboard(this);
    this.singly = new Single(this);
    this.keep = new Keep(this);
    this.listen();
    this.show(this.rows);
    welcomeBack(this);
  }

  get single() {
    return this.singly.on;
  }

  listen() {
    this.table.addEventListener("focusin", (event) => this.enter(event));
    this.table.addEventListener("focusout", (event) => this.leave(event));
    this.table.addEventListener("input", (event) => this.typed(event));
    this.table.addEventListener("change", (event) => event.target.type === "checkbox" && this.setNil(event.target));
    document.querySelector("[data-keys]").addEventListener("click", () => document.getElementById("grid-keys").showModal());
    this.table.addEventListener("paste", (event) => this.paste(event));
    document.getElementById("grid-find").addEventListener("input", (event) => this.find(event.target.value));
    const form = this.table.closest("form");
    form.addEventListener("submit", (event) => (event.preventDefault(), event.submitter?.value === "submit" ? this.submit() : this.saveNow()));
    window.addEventListener("beforeunload", (event) => this.rows.some((row) => row.dirty) && event.preventDefault());
  }

  /** The row and column of the cell that has the focus. */
  here() {
    const input = document.activeElement;
    const row = this.byTr.get(input?.closest?.("tr"));
    return { row, column: row ? row.cells.findIndex((cell) => cell.input === input) : -1 };
  }

  shown() {
    return this.rows.filter((row) => !row.tr.hidden);
  }

  visit(row, column) {
    row.tr.hidden = false;
    this.singly.row = row;
    this.singly.show();
    this.keyboard.go(row, column);
  }

  enter({ target }) {
    const { row, column } = this.here();
    this.before = row && column >= 0 ? { row, column, text: target.value } : null;
    this.keyboard.mode = "ready";
    if (this.before) target.select();
    if (this.single) target.enterKeyHint = "next";
  }

  typed({ target }) {
    if (target.type === "checkbox" || !this.before) return;
    if (this.keyboard.mode === "ready") this.keyboard.mode = "typing";
    const { row, column } = this.before;
    row.cells[column].read();
    this.typing = row;
    this.typedAt = Date.now();
    row.refused = null;
    // A message that no longer holds goes at once; a new one waits until the cell is left.
    if (row.problems.size) row.check();
    this.show([row]);
    this.saver.soon(PAUSE);
  }

  leave({ relatedTarget }) {
    this.commit();
    const row = this.byTr.get(relatedTarget?.closest?.("tr"));
    if (row !== this.typing) {
      this.typing = null;
      this.saver.soon(AFTER_LEAVING);
    }
  }

  /** Make the typing of one cell a step that can be undone, and check its row. */
  commit() {
    const before = this.before;
    if (!before) return;
    const cell = before.row.cells[before.column];
    cell.tidy();
    if (cell.input.value === before.text) return;
    this.history.remember([{ ...before, after: cell.input.value }]);
    before.text = cell.input.value;
    before.row.check();
    this.show([before.row]);
  }

  restore() {
    const { row, column, text } = this.before || {};
    if (!row) return;
    row.cells[column].write(text);
    row.check();
    row.cells[column].input.select();
    this.keyboard.mode = "ready";
    this.show([row]);
  }

  /** Write many cells at once, as one step; each change is {row, column, text} or {row, nil}. */
  change(changes) {
    const step = changes.map((change) =>
      "nil" in change
        ? { row: change.row, nil: change.row.nil, after: change.nil }
        : { ...change, text: change.row.cells[change.column].input.value, after: change.text },
    );
    this.commit();
    this.history.remember(step);
    this.history.apply(step, "after");
  }

  /** These rows were written other than by typing. */
  changed(rows) {
    for (const row of rows) row.check();
    const { row, column } = this.here();
    if (row && column >= 0) this.before = { row, column, text: row.cells[column].input.value };
    this.typing = null;
    this.show(rows);
    this.saver.soon(AFTER_LEAVING);
  }

  /** Take the last step back; the typing that is not yet a step goes first. */
  undo() {
    const before = this.before;
    if (before && before.row.cells[before.column].input.value !== before.text) return this.restore();
    this.history.undo();
  }

  fillDown() {
    const { row, column } = this.here();
    const above = this.shown()[this.shown().indexOf(row) - 1];
    if (above && column >= 0 && !row.locked && !row.nil) this.change([{ row, column, text: above.cells[column].input.value }]);
  }

  setNil(box) {
    const row = this.byTr.get(box.closest("tr"));
    const on = box.checked;
    row.nil = !on;
    this.change([{ row, nil: on }]);
  }

  paste(event) {
    const { row, column } = this.here();
    const text = event.clipboardData.getData("text/plain");
    if (column < 0 || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    const shown = this.shown();
    const { changes, notes, refusal } = plan(text, shown, shown.indexOf(row), column, this.config);
    if (refusal) return this.says.tell([refusal, this.config.words.nothing_changed], "bad");
    this.change(changes);
    const wrong = new Set(changes.map((change) => change.row).filter((candidate) => candidate.problems.size)).size;
    if (wrong) notes.push(fill(this.config.words.rows_to_mend, { n: wrong }));
    this.says.tell(notes, wrong ? "warn" : "ok");
    if (wrong) this.says.showErrors();
    this.keyboard.go(row, column);
  }

  find(text) {
    const wanted = text.normalize("NFKC").trim().toLowerCase();
    for (const row of this.rows) {
      row.tr.hidden = !`${row.name} ${row.tr.dataset.code} ${row.tr.dataset.calls}`.toLowerCase().includes(wanted);
    }
    this.singly.show();
  }

  /** The rows to send: changed, right, and (unless `typing`) not the one the person is typing in just now. */
  sendable(typing) {
    const busy = !typing && Date.now() - this.typedAt < PAUSE ? this.typing : null;
    return this.rows.filter((row) => row.sendable && row !== busy);
  }

  /** Take the server's word on one row that was sent. */
  receive(result, sent) {
    const row = this.rows.find((candidate) => candidate.id === result.area);
    const { nil, values } = sent;
    if (result.status === "saved" || result.status === "unchanged") {
      row.acknowledge({ values, nil, ...result }, { nil, values });
    } else if (result.status === "refused") {
      row.refused = new Map(result.errors.map((error) => [error.field, error.message]));
      row.check();
    } else if (result.status === "locked") {
      const message = fill(this.config.words.locked_meanwhile, { by: result.by });
      Object.assign(row, { locked: true, message, state: result.state });
      row.problems.set("", message);
    } else this.quarrel(row, result, sent);
  }

  /** Someone else changed the row. When they wrote the same (or it was we, and the answer was lost) nothing is asked. */
  quarrel(row, theirs, sent) {
    const same = theirs.nil === sent.nil && (sent.nil || row.cells.every((cell) => cell.sameAs(theirs.values[cell.measure.name])));
    if (same) return row.acknowledge(theirs, { nil: sent.nil, values: sent.values });
    row.conflict = theirs;
    paintConflict(row, (...choice) => this.settle(...choice));
  }

  settle(row, side) {
    const theirs = row.conflict;
    if (side === "theirs") row.acknowledge(theirs);
    else Object.assign(row, { version: theirs.version, conflict: null });
    row.check();
    paintConflict(row);
    this.show([row]);
    this.saver.soon(0);
    this.keyboard.go(row, 0);
  }

  /** Show these rows and all that depends on them, once for any number of calls before the next picture. */
  show(rows) {
    for (const row of rows) this.touched.add(row);
    this.keep?.soon();
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = null;
      for (const row of this.touched) paintRow(row, this.saver);
      this.touched.clear();
      this.totals.paint();
      this.says.paint();
    });
  }

  count(counts) {
    if (!counts) return;
    this.ready = counts.drafted + (counts.returned || 0);
    const button = document.getElementById("grid-submit");
    if (button) button.textContent = fill(this.config.words.submit, { n: this.ready });
    for (const [name, n] of Object.entries(counts)) {
      for (const spot of document.querySelectorAll(`[data-count="${name}"]`)) spot.textContent = n;
    }
  }

  async saveNow() {
    this.commit();
    await this.saver.flush();
    if (this.rows.some((row) => row.problems.size)) this.says.showErrors();
  }

  /** Send everything, then submit; while something is wrong or unsent nothing is submitted. */
  async submit() {
    if (this.submitting) return;
    this.submitting = true;
    try {
      await this.submitOnce();
    } finally {
      this.submitting = false;
    }
  }

  async submitOnce() {
    this.commit();
    const flushed = this.saver.flush();
    // What is wrong at the click stops it: mended while the rest is sent, it would be submitted unasked.
    if (this.rows.some((row) => row.problems.size)) return this.says.showErrors({ jump: true });
    await flushed;
    if (this.rows.some((row) => row.problems.size)) return this.says.showErrors({ jump: true });
    if (this.rows.some((row) => row.dirty)) return this.says.unsent();
    const reply = await post(this.config.submitUrl, {}, this.config.user);
    if (!reply.ok) return this.says.tell([reply.body.message || this.config.words.submit_failed], "bad");
    submitted(reply.body);
  }
}

const table = document.getElementById("grid");
const config = document.getElementById("grid-config");
if (table && config) {
  document.documentElement.classList.add("js-grid");
  new Grid(table, JSON.parse(config.textContent));
}
