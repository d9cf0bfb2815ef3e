/* Sorting and filtering. Rows move and hide; what is typed in them, and the focus, stay. */

import { fill } from "./figures.js";

const FILTERS = {
  all: () => true,
  bad: (row) => row.problems.size > 0 || Boolean(row.conflict),
  doubt: (row) => row.unexplained.length > 0,
  none: (row) => !row.version && !row.dirty,
  unsent: (row) => row.dirty,
};

/** Compare figures; blanks come last whichever way. */
function compare(one, other, way) {
  if (one == null || other == null) return (one == null) - (other == null);
  if (typeof one === "string") return way * one.localeCompare(other);
  return one < other ? -way : Number(one > other) * way;
}

export class Order {
  constructor(grid) {
    this.grid = grid;
    this.first = [...grid.rows]; // the order of codes
    this.by = { column: null, way: 0 };
    this.find = document.getElementById("grid-find");
    this.filter = document.getElementById("grid-filter");
    this.find.addEventListener("input", () => this.hide());
    this.filter.addEventListener("change", () => this.hide({ aloud: true }));
    this.heads = [...grid.table.tHead.rows[0].cells].slice(0, grid.config.measures.length + 1);
    this.heads.forEach((th, index) => this.makeSorter(th, index - 1));
  }

  /** Turn the label in a column's head into a button; -1 is the column of names. */
  makeSorter(th, column) {
    const text = th.firstChild;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sorter", textContent: text.textContent.trim() });
    button.title = fill(this.grid.config.words.sort_by, { label: button.textContent });
    button.addEventListener("click", () => this.turn(column));
    text.replaceWith(button);
  }

  /** Smallest first, largest first, the order of codes. */
  turn(column) {
    const same = this.by.column === column;
    const way = !same ? 1 : this.by.way === 1 ? -1 : 0;
    this.by = { column: way ? column : null, way };
    this.sort();
    this.heads.forEach((th, index) => {
      if (index - 1 === this.by.column) th.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
      else th.removeAttribute("aria-sort");
    });
    const { words } = this.grid.config;
    const label = this.heads[column + 1].querySelector(".sorter").textContent;
    this.grid.says.hear(fill(words[{ 1: "sorted_up", "-1": "sorted_down", 0: "sorted_off" }[way]], { label }));
  }

  sort() {
    const { grid } = this;
    const { column, way } = this.by;
    const of = column === -1 ? (row) => row.name : (row) => (row.nil ? null : row.cells[column].figure);
    const rows = column === null ? [...this.first] : [...this.first].sort((one, other) => compare(of(one), of(other), way));
    grid.typing.commit();
    const focus = document.activeElement;
    grid.range.clear();
    grid.rows.splice(0, grid.rows.length, ...rows);
    const body = grid.table.tBodies[0];
    // A row that was in conflict has its question right below it.
    body.append(...rows.flatMap((row) => [row.tr, document.getElementById(`conflict-${row.id}`)].filter(Boolean)));
    if (focus !== document.activeElement) focus.focus();
    grid.singly.show();
  }

  /** Hide the rows that are not looked for. */
  hide({ aloud = false } = {}) {
    const wanted = this.find.value.normalize("NFKC").trim().toLowerCase();
    const fits = FILTERS[this.filter.value] || FILTERS.all;
    let n = 0;
    for (const row of this.grid.rows) {
      const called = `${row.name} ${row.tr.dataset.code} ${row.tr.dataset.calls}`.toLowerCase();
      row.tr.hidden = !(called.includes(wanted) && fits(row));
      n += !row.tr.hidden;
    }
    this.grid.range.clear();
    this.grid.singly.show();
    if (aloud || wanted) this.grid.says.hear(fill(this.grid.config.words.filtered, { n }));
  }
}
