/* The panel of one figure: why it is asked about, what was said of it, and who changed it when from what to what. */

import { fill, moment } from "./figures.js";

const item = (text) => Object.assign(document.createElement("li"), { textContent: text });

export class CellPanel {
  constructor(grid) {
    this.grid = grid;
    this.dialog = document.getElementById("grid-cell");
    this.form = this.dialog.querySelector("form");
    this.text = this.form.querySelector("textarea");
    this.told = this.dialog.querySelector("[data-told]");
    document.querySelector("[data-cell]").addEventListener("mousedown", (event) => event.preventDefault()); // the cell keeps the focus
    document.querySelector("[data-cell]").addEventListener("click", () => this.open());
    grid.table.addEventListener("click", (event) => event.target.closest(".ask") && this.openAt(event.target.closest(".ask")));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.dialog.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.back());
  }

  openAt(button) {
    const row = this.grid.byTr.get(button.closest("tr"));
    const column = row.cells.findIndex((cell) => cell.td === button.closest("td"));
    this.show(row, row.cells[column]);
  }

  /** Open for the visited cell; without one, for the first that asks for a reason, or the first of all. */
  open() {
    const { row, column } = this.grid.here();
    if (row && column >= 0) return this.show(row, row.cells[column]);
    const { last } = this;
    const [asked] = this.grid.says.unexplained();
    if (last) return this.show(last.row, last.cell);
    const first = asked ? asked.row : this.grid.shown()[0];
    return this.show(first, asked ? first.cell(asked.field) : first.cells[0]);
  }

  show(row, cell) {
    this.grid.typing.commit();
    this.last = { row, cell };
    const { words } = this.grid.config;
    const doubt = row.problems.has(cell.measure.name) ? "" : row.question(cell.measure.name);
    this.dialog.querySelector("h2").textContent = `${row.name}, ${cell.measure.label}`;
    const question = this.dialog.querySelector("[data-doubt]");
    question.textContent = doubt;
    question.hidden = !doubt;
    this.form.querySelector("[data-word]").textContent = doubt ? words.reason : words.remark;
    this.text.value = "";
    this.told.textContent = "";
    this.dialog.showModal();
    this.text.focus();
    return this.load();
  }

  back() {
    const { row, cell } = this.last;
    this.grid.visit(row, row.cells.indexOf(cell));
  }

  /** Ask the server what it knows; what waits here is told without it. */
  async load() {
    const { row, cell } = this.last;
    const { words } = this.grid.config;
    const [remarks, changes] = ["remarks", "changes"].map((name) => this.dialog.querySelector(`[data-${name}]`));
    changes.replaceChildren(item(words.cell_loading));
    remarks.replaceChildren();
    const known = await this.ask(this.grid.remarks.address(row.id, cell.measure.name));
    if (this.last.row !== row || this.last.cell !== cell) return;
    if (!known) {
      changes.replaceChildren(item(words.cell_offline));
      const reason = row.reasons.of(cell);
      remarks.replaceChildren(...(reason ? [item(reason)] : []));
      return;
    }
    const said = known.remarks.map((remark) => item(fill(remark.figure ? words.cell_remark_on : words.cell_remark, { ...remark, at: moment(remark.at) })));
    const done = known.changes.map((change) => item(fill(words.cell_change, { ...change, at: moment(change.at) })));
    remarks.replaceChildren(...(said.length ? said : [item(words.cell_no_remarks)]));
    changes.replaceChildren(...(done.length ? done : [item(words.cell_unchanged)]));
  }

  async ask(url) {
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  async submit(event) {
    event.preventDefault();
    const { words } = this.grid.config;
    const text = this.text.value.trim();
    if (!text) {
      this.told.textContent = words.cell_needs_text;
      return this.text.focus();
    }
    const { row, cell } = this.last;
    const asked = row.unexplained.includes(cell.measure.name);
    const { arrived } = await this.grid.remarks.add(row, cell.measure.name, text);
    this.text.value = "";
    // A reason that was asked for is the end of the matter; a remark may be followed by another.
    if (asked) return this.dialog.close();
    this.told.textContent = words.reason_kept;
    await arrived;
    if (this.last.row !== row || this.last.cell !== cell) return;
    this.told.textContent = this.grid.remarks.waits(row, cell.measure.name) ? words.reason_kept : words.reason_sent;
    await this.load();
  }
}
