/* Moves like a spreadsheet. A cell that was reached is selected whole; typing replaces it; F2 edits it. */

const PAGE = 12;

/** How the cell is being edited: "ready" (reached), "typing" (arrows leave at the edges), "edit" (F2: they don't). */
export class Keyboard {
  constructor(grid) {
    this.grid = grid;
    this.mode = "ready";
    grid.table.addEventListener("keydown", (event) => this.down(event));
    // A click into the cell that already has the focus puts the caret there, so the arrows belong to the text.
    grid.table.addEventListener("mousedown", (event) => {
      if (event.target === document.activeElement) this.mode = "edit";
    });
  }

  /** Go to a row and column, or stay when there is none. After the last figure comes "nothing to report". */
  go(row, column) {
    const input = column === row?.cells.length ? row.box : row?.cells[column]?.input;
    if (!input) return;
    input.focus();
    input.select();
    this.mode = "ready";
  }

  here() {
    const { row, column } = this.grid.here();
    return { row, column: column < 0 ? row.cells.length : column };
  }

  by(rows, columns) {
    const { row, column } = this.here();
    const shown = this.grid.shown();
    const target = Math.min(Math.max(shown.indexOf(row) + rows, 0), shown.length - 1);
    this.go(shown[target], column + columns);
  }

  atEdge(input, forward) {
    const edge = forward ? input.value.length : 0;
    return input.selectionStart === edge && input.selectionEnd === edge;
  }

  sideways(event, step) {
    const leaves = this.mode === "ready" || (this.mode === "typing" && this.atEdge(event.target, step > 0));
    if (leaves) return this.by(0, step);
    return false;
  }

  /** What each key does; false leaves the key to the browser. */
  actions(event) {
    const shown = this.grid.shown();
    const { row, column } = this.here();
    const last = row.cells.length - 1;
    return {
      ArrowUp: () => this.by(-1, 0),
      ArrowDown: () => this.by(1, 0),
      ArrowLeft: () => this.sideways(event, -1),
      ArrowRight: () => this.sideways(event, 1),
      Enter: () => (this.grid.single ? this.go(row, column + 1) : this.by(event.shiftKey ? -1 : 1, 0)),
      PageUp: () => this.by(-PAGE, 0),
      PageDown: () => this.by(PAGE, 0),
      Home: () => (this.mode === "ready" ? this.go(row, 0) : false),
      End: () => (this.mode === "ready" ? this.go(row, last) : false),
      F2: () => this.edit(event.target),
      Escape: () => this.grid.restore(),
      "?": () => document.getElementById("grid-keys").showModal(),
      "ctrl+Home": () => this.go(shown[0], 0),
      "ctrl+End": () => this.go(shown.at(-1), last),
      "ctrl+d": () => this.grid.fillDown(),
      "ctrl+s": () => this.grid.saveNow(),
      "ctrl+z": () => this.grid.undo(),
      "ctrl+y": () => this.grid.history.redo(),
      "ctrl+shift+z": () => this.grid.history.redo(),
    };
  }

  edit(input) {
    if (input.type === "checkbox") return false;
    this.mode = "edit";
    return input.setSelectionRange(input.value.length, input.value.length);
  }

  down(event) {
    if (event.isComposing || event.altKey || !this.grid.here().row) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const name = ctrl ? `ctrl+${event.shiftKey && key === "z" ? "shift+" : ""}${key}` : key;
    const action = this.actions(event)[name];
    if (!action || action() === false) return;
    event.preventDefault();
  }
}
