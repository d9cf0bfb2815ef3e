/* Marks all villages without a record as "nothing to report", after having said how many they are. */

import { fill } from "./figures.js";

export class NilAll {
  constructor(grid) {
    this.grid = grid;
    this.dialog = document.getElementById("grid-nil-all");
    document.querySelector("[data-nil-all]").addEventListener("click", () => this.ask());
    this.dialog.addEventListener("close", () => this.dialog.returnValue === "yes" && this.mark());
  }

  ask() {
    const { says, config } = this.grid;
    this.grid.typing.commit();
    this.rows = this.grid.shown().filter((row) => row.empty && !row.locked);
    if (!this.rows.length) return says.tell([config.words.nil_all_none]);
    this.dialog.querySelector("h2").textContent = fill(config.words.nil_all_ask, { n: this.rows.length });
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  mark() {
    const { says, config } = this.grid;
    this.grid.change(this.rows.map((row) => ({ row, nil: true })));
    says.tell([fill(config.words.nil_all_done, { n: this.rows.length })], "ok");
  }
}
