/* On a phone: one village at a time, with the same inputs as the table. */

const NARROW = matchMedia("(max-width: 700px)");

export class Single {
  constructor(grid) {
    this.grid = grid;
    this.pager = document.getElementById("grid-pager");
    this.row = grid.rows[0];
    this.labelled = new Set();
    this.pager.querySelector("[data-step='-1']").addEventListener("click", () => this.step(-1));
    this.pager.querySelector("[data-step='1']").addEventListener("click", () => this.step(1));
    NARROW.addEventListener("change", () => this.show());
    this.show();
  }

  get on() {
    return NARROW.matches;
  }

  step(by) {
    this.grid.typing.commit();
    const shown = this.grid.shown();
    this.row = shown[Math.min(Math.max(shown.indexOf(this.row) + by, 0), shown.length - 1)];
    this.show();
    this.grid.saver.soon(0);
    this.grid.table.scrollIntoView({ block: "start" });
  }

  /** The heads of the columns are out of sight, so each cell of the row says what it is. */
  label(row) {
    if (this.labelled.has(row)) return;
    this.labelled.add(row);
    for (const { td, measure } of row.cells) {
      const last = td.querySelector(".last")?.textContent;
      td.dataset.label = measure.label;
      td.dataset.hint = last ? `${measure.unit} · ${this.grid.table.dataset.lastYear}: ${last}` : measure.unit;
    }
  }

  show() {
    this.grid.table.classList.toggle("single", this.on);
    this.pager.hidden = !this.on;
    const shown = this.grid.shown();
    if (!shown.includes(this.row)) this.row = shown[0];
    if (this.on && this.row) this.label(this.row);
    for (const row of this.grid.rows) row.tr.classList.toggle("here", row === this.row);
    const at = shown.indexOf(this.row);
    this.pager.querySelector("[data-at]").textContent = `${at + 1} / ${shown.length}`;
    this.pager.querySelector("[data-step='-1']").disabled = at <= 0;
    this.pager.querySelector("[data-step='1']").disabled = at < 0 || at === shown.length - 1;
  }
}
