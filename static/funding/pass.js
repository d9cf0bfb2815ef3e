/* The grid in which money is passed down: a form that works without this file, made quick by it.
 *
 * What is typed stays in the page's boxes; the server saves all or nothing. keys.js moves, moves.js writes and takes
 * back, and here the sums are kept, and what is split, pasted and shown. */

import { plan } from "../grid/clipboard.js";
import { fill, format, parse } from "../grid/figures.js";
import { Keys } from "./keys.js";
import { Moves } from "./moves.js";
import { hundredths, split } from "./split.js";

const byId = (id) => document.getElementById(id);
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

function readRow(tr) {
  const { code, name, calls, poor, last } = tr.dataset;
  const cells = [...tr.querySelectorAll("td > input")].map((input) => ({ input, td: input.closest("td") }));
  const found = plain([name, code, calls].join(" "));
  return { tr, name, found, cells, weights: { equal: 1n, poor: hundredths(poor), last: hundredths(last) }, locked: false, nil: false };
}

class PassGrid {
  constructor(table, config) {
    this.table = table;
    this.config = config;
    for (const measure of config.measures) measure.max = hundredths(measure.max);
    this.amount = config.measures[0];
    this.available = hundredths(config.available);
    this.rows = [...table.tBodies[0].rows].map(readRow);
    this.byTr = new Map(this.rows.map((row) => [row.tr, row]));
    this.said = byId("pass-said");
    this.moves = new Moves(this);
    this.keys = new Keys(this);
    this.form = byId("pass-form");
    this.form.addEventListener("submit", (event) => this.submit(event));
    byId("pass-find").addEventListener("input", ({ target }) => this.find(target.value));
    table.addEventListener("paste", (event) => this.paste(event));
    this.form.addEventListener("keydown", (event) => this.enter(event));
    for (const row of this.rows) this.read(row);
    this.addUp();
  }

  /** Enter in a box above the table never sends money on its way; in the box of a split it splits. */
  enter(event) {
    const { target } = event;
    if (event.key !== "Enter" || event.isComposing || target.tagName !== "INPUT" || this.table.contains(target)) return;
    event.preventDefault();
    if (target.id === "split-amount") this.split();
  }

  shown() {
    return this.rows.filter((row) => !row.tr.hidden);
  }

  /** Where the focus is: {row, column}, or an empty object. */
  here() {
    const row = this.byTr.get(document.activeElement?.closest("tr"));
    const column = row ? row.cells.findIndex(({ input }) => input === document.activeElement) : -1;
    return column < 0 ? {} : { row, column };
  }

  say(...sentences) {
    this.said.textContent = sentences.filter(Boolean).join(" ");
  }

  /** Read the amount of a row, and remember it for the sum. */
  read(row) {
    const read = parse(row.cells[0].input.value, this.amount, this.config.words);
    row.figure = read.figure || 0n;
    return read;
  }

  /** Mark a box with what is wrong with it; a message of the server goes once the box was changed. */
  mark(row) {
    const { input, td } = row.cells[0];
    const { error } = this.read(row);
    td.querySelector(".errorlist")?.remove();
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    if (!error) return;
    const list = Object.assign(document.createElement("ul"), { className: "errorlist", id: `e-${input.id}` });
    list.append(Object.assign(document.createElement("li"), { textContent: error }));
    td.append(list);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", list.id);
  }

  /** Write an amount as everywhere: 1,234.50. */
  tidy(row) {
    const { figure } = this.read(row);
    if (figure) row.cells[0].input.value = format(figure, 2);
  }

  /** Show the sums. What is overdrawn is said too, but not at each digit that is typed: `typing`. */
  addUp(typing = false) {
    const { words } = this.config;
    const total = this.rows.reduce((sum, row) => sum + row.figure, 0n);
    const left = this.available - total;
    byId("pass-total").textContent = format(total, 2);
    const text = left < 0n ? fill(words.overdrawn, { amount: format(-left, 2) }) : format(left, 2);
    byId("pass-left").replaceChildren(Object.assign(document.createElement("span"), { textContent: text, className: left < 0n ? "over" : "" }));
    if (typing) return;
    if (left < 0n) this.say(text);
    else if (this.overdrawn) this.say();
    this.overdrawn = left < 0n;
  }

  /** Show only the rows whose name or code holds the words; the others keep what is typed in them. */
  find(text) {
    const words = plain(text);
    for (const row of this.rows) row.tr.hidden = !row.found.includes(words);
    this.say(words && fill(this.config.words.shown, { n: this.shown().length, all: this.rows.length }));
  }

  /** Split over the rows that are shown. The rest of them keeps what it has. */
  split() {
    const { words } = this.config;
    const formula = byId("formula").value;
    const { figure, error } = parse(byId("split-amount").value, this.amount, words);
    if (!formula) return this.say(words.split_choose);
    if (error || !figure) return this.say(error || words.split_amount);
    const rows = this.shown();
    const parts = split(figure, rows.map((row) => row.weights[formula]));
    if (!parts.some(Boolean)) return this.say(words.split_none);
    this.moves.make(rows.map((row, at) => ({ row, column: 0, text: format(parts[at], 2) })));
    const without = rows.filter((_row, at) => !parts[at]).map(({ name }) => name);
    const listed = without.slice(0, 10).join(", ") + (without.length > 10 ? ` … (${without.length})` : "");
    return this.say(
      fill(words.split_done, { amount: format(figure, 2), n: rows.length - without.length }),
      without.length && fill(words.split_without, { names: listed }),
    );
  }

  paste(event) {
    const { row, column } = this.here();
    const text = event.clipboardData.getData("text/plain");
    if (!row || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    const shown = this.shown();
    const { changes, notes, refusal } = plan(text, shown, shown.indexOf(row), column, this.config);
    if (refusal) return this.say(refusal, this.config.words.nothing_changed);
    this.moves.make(changes);
    const wrong = changes.filter((change) => change.column === 0 && this.read(change.row).error).length;
    return this.say(...notes, wrong && fill(this.config.words.mend, { n: wrong }));
  }

  /** Amounts that can't be read are not sent; a split is done here. */
  submit(event) {
    if (event.submitter?.name === "split") {
      event.preventDefault();
      this.split();
      return;
    }
    this.moves.commit();
    const wrong = this.rows.filter((row) => this.read(row).error);
    if (!wrong.length) {
      this.moves.sent = true;
      return;
    }
    event.preventDefault();
    this.say(fill(this.config.words.mend, { n: wrong.length }));
    wrong[0].tr.hidden = false;
    wrong[0].cells[0].input.focus();
  }
}

const config = byId("pass-config");
document.documentElement.classList.add("js-funds");
const grid = new PassGrid(byId("pass"), JSON.parse(config.textContent));
grid.table.dataset.ready = "";
