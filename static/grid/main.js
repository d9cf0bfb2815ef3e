/* The entry grid: a table of inputs that works without this file, made quick by it.
 *
 * rows.js knows what is typed and what the server has, paint.js shows it, save.js sends it, answers.js takes the
 * server's word, keep.js keeps in the browser what has not arrived. typing.js, keyboard.js, range.js and clipboard.js
 * are how people write; every change comes through `change`. */

import { Answers } from "./answers.js";
import { Submission, tellCopy, tellSubmitted, welcomeBack } from "./back.js";
import { CellPanel } from "./cell.js";
import { Pasting } from "./pasting.js";
import { byArea } from "./doubts.js";
import { History } from "./history.js";
import { Keep } from "./keep.js";
import { Keyboard } from "./keyboard.js";
import { NilAll } from "./nilall.js";
import { Order } from "./order.js";
import { paintRow, Totals } from "./paint.js";
import { Range } from "./range.js";
import { Remarks } from "./remarks.js";
import { Row } from "./rows.js";
import { Saver } from "./save.js";
import { Says } from "./says.js";
import { Single } from "./single.js";
import { AFTER_LEAVING, Typing } from "./typing.js";
import { install } from "../offline/install.js";

function prepare(config) {
  for (const measure of config.measures) {
    const [whole, decimals = ""] = String(measure.max).split(".");
    measure.max = BigInt(whole + decimals.slice(0, measure.places).padEnd(measure.places, "0"));
    measure.flags = config.flags;
  }
  config.byName = new Map(config.measures.map((measure) => [measure.name, measure]));
  return config;
}

/** The rows of the table, with what the server finds unlikely in them and the reasons that were given. */
function readRows(table, config) {
  const told = byArea(config.unlikely);
  const said = new Map();
  for (const remark of config.reasons) said.set(remark.area, [...(said.get(remark.area) || []), remark]);
  const lines = [...table.tBodies[0].rows].filter((tr) => tr.querySelector("input[type=checkbox]"));
  return lines.map((tr) => new Row(tr, config, told.get(Number(tr.dataset.area)), said.get(Number(tr.dataset.area))));
}

class Grid {
  constructor(table, config) {
    this.table = table;
    this.config = prepare(config);
    this.rows = readRows(table, config);
    this.byTr = new Map(this.rows.map((row) => [row.tr, row]));
    this.byId = new Map(this.rows.map((row) => [row.id, row]));
    this.history = new History(this);
    this.touched = new Set();
    this.keep = new Keep(this);
    this.remarks = new Remarks(this);
    this.saver = new Saver(this);
    this.says = new Says(this);
    this.totals = new Totals(table, this.rows, config);
    this.typing = new Typing(this);
    this.range = new Range(this);
    this.keyboard = new Keyboard(this);
    this.singly = new Single(this);
    this.answers = new Answers(this);
    this.order = new Order(this);
    this.panel = new CellPanel(this);
    this.pasting = new Pasting(this);
    this.submission = new Submission(this);
    this.nilAll = new NilAll(this);
    this.listen();
    this.show(this.rows);
  }

  /** What needs the browser's store, which answers later. */
  async begin() {
    tellCopy(this);
    tellSubmitted(this);
    await this.keep.open();
    await welcomeBack(this);
    await this.remarks.load();
    this.saver.soon(0);
    this.table.dataset.ready = "";
    await install(this.config);
  }

  get single() {
    return this.singly.on;
  }

  listen() {
    this.table.addEventListener("change", (event) => event.target.type === "checkbox" && this.setNil(event.target));
    document.querySelector("[data-keys]").addEventListener("click", () => document.getElementById("grid-keys").showModal());
    const form = this.table.closest("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.value === "submit") this.submission.start();
      else this.saveNow();
    });
    window.addEventListener("beforeunload", (event) => this.keep.unsafe && event.preventDefault());
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

  /** Write many cells at once, as one step; each change is {row, column, text} or {row, nil}. */
  change(changes) {
    this.typing.commit();
    const step = this.typing.withUsual(
      changes.map((change) =>
        "nil" in change
          ? { row: change.row, nil: change.row.nil, after: change.nil }
          : { ...change, text: change.row.cells[change.column].input.value, after: change.text },
      ),
    );
    this.history.remember(step);
    this.history.apply(step, "after");
    return step;
  }

  /** These rows were written other than by typing. */
  changed(rows) {
    for (const row of rows) row.check();
    this.typing.settle();
    this.show(rows);
    this.saver.soon(AFTER_LEAVING);
  }

  /** Take the last step back; the typing that is not yet a step goes first. */
  undo() {
    if (this.typing.pending) return this.typing.restore();
    this.history.undo();
  }

  setNil(box) {
    const row = this.byTr.get(box.closest("tr"));
    const on = box.checked;
    row.nil = !on;
    this.change([{ row, nil: on }]);
  }

  /** The rows to send: changed, right, and (unless `typing`) not the one the person is typing in just now. */
  sendable(typing) {
    const busy = typing ? null : this.typing.busy;
    return this.rows.filter((row) => row.sendable && row !== busy);
  }

  /** Show these rows and all that depends on them, once for any number of calls before the next picture. */
  show(rows) {
    for (const row of rows) this.touched.add(row);
    this.keep.soon();
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = null;
      for (const row of this.touched) paintRow(row, this.saver);
      this.totals.paint();
      this.says.paint();
      this.touched.clear();
    });
  }

  async saveNow() {
    this.typing.commit();
    await this.saver.flush();
    if (this.rows.some((row) => row.problems.size)) this.says.showErrors();
  }
}

const table = document.getElementById("grid");
const config = document.getElementById("grid-config");
if (table && config) {
  document.documentElement.classList.add("js-grid");
  new Grid(table, JSON.parse(config.textContent)).begin();
}
