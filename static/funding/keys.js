/* Moves in the pass-down grid like a spreadsheet. A box that is reached is selected whole; typing replaces it; F2 edits. */

const PAGE = 12;

export class Keys {
  constructor(grid) {
    this.grid = grid;
    this.mode = "ready"; // then "typing", or "edit" (F2), in which the arrows are the text's own
    grid.table.addEventListener("keydown", (event) => this.down(event));
    grid.table.addEventListener("focusin", () => (this.mode = "ready"));
    grid.table.addEventListener("input", () => this.mode === "ready" && (this.mode = "typing"));
    grid.table.addEventListener("mousedown", ({ target }) => target === document.activeElement && (this.mode = "edit"));
  }

  go(row, column) {
    const input = row?.cells[column]?.input;
    if (!input) return;
    if (input === document.activeElement) this.grid.moves.commit();
    input.focus();
    input.select();
    this.mode = "ready";
  }

  by(rows, columns) {
    const { row, column } = this.grid.here();
    const shown = this.grid.shown();
    this.go(shown[Math.min(Math.max(shown.indexOf(row) + rows, 0), shown.length - 1)], column + columns);
  }

  /** Up and down belong to the list of suggestions while a word is typed. */
  upright(rows) {
    const { column } = this.grid.here();
    if (this.mode === "edit" || (this.mode === "typing" && column > 0)) return false;
    return this.by(rows, 0);
  }

  sideways({ target }, step) {
    const edge = step > 0 ? target.value.length : 0;
    const leaves = this.mode === "ready" || (this.mode === "typing" && target.selectionStart === edge && target.selectionEnd === edge);
    return leaves ? this.by(0, step) : false;
  }

  edit({ target }) {
    this.mode = "edit";
    target.setSelectionRange(target.value.length, target.value.length);
  }

  fillDown() {
    const { row, column } = this.grid.here();
    const shown = this.grid.shown();
    const above = shown[shown.indexOf(row) - 1];
    if (above) this.grid.moves.make([{ row, column, text: above.cells[column].input.value }]);
  }

  actions(event) {
    const { column } = this.grid.here();
    const { moves } = this.grid;
    const shown = this.grid.shown();
    return {
      ArrowUp: () => this.upright(-1),
      ArrowDown: () => this.upright(1),
      ArrowLeft: () => this.sideways(event, -1),
      ArrowRight: () => this.sideways(event, 1),
      Enter: () => this.by(1, 0),
      "shift+Enter": () => this.by(-1, 0),
      PageUp: () => this.by(-PAGE, 0),
      PageDown: () => this.by(PAGE, 0),
      "ctrl+Home": () => this.go(shown[0], column),
      "ctrl+End": () => this.go(shown.at(-1), column),
      F2: () => this.edit(event),
      Escape: () => moves.restore(),
      "ctrl+d": () => this.fillDown(),
      "ctrl+z": () => moves.undo(),
      "ctrl+y": () => moves.redo(),
      "ctrl+shift+z": () => moves.redo(),
    };
  }

  down(event) {
    if (event.isComposing || event.altKey || !this.grid.here().row) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const shift = event.shiftKey && (ctrl || key.length > 1);
    const action = this.actions(event)[`${ctrl ? "ctrl+" : ""}${shift ? "shift+" : ""}${key}`];
    if (action && action() !== false) event.preventDefault();
  }
}
