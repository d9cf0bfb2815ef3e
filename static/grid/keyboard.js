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
    this.grid.range.clear();
    // At the last row Enter stays where it is, and still means that the figure is typed.
    this.grid.typing.commit();
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
    const { row, column } = this.here();
    const last = row.cells.length - 1;
    return {
      ArrowUp: () => this.by(-1, 0),
      ArrowDown: () => this.by(1, 0),
      ArrowLeft: () => this.sideways(event, -1),
      ArrowRight: () => this.sideways(event, 1),
      Enter: () => (this.grid.single ? this.go(row, column + 1) : this.by(1, 0)),
      "shift+Enter": () => this.by(-1, 0),
      PageUp: () => this.by(-PAGE, 0),
      PageDown: () => this.by(PAGE, 0),
      Home: () => (this.mode === "ready" ? this.go(row, 0) : false),
      End: () => (this.mode === "ready" ? this.go(row, last) : false),
      F2: () => this.edit(event.target),
      Escape: () => (this.grid.range.wide ? this.grid.range.clear() : this.grid.typing.restore()),
      "?": () => document.getElementById("grid-keys").showModal(),
      "ctrl+Home": () => this.go(this.grid.shown()[0], 0),
      "ctrl+End": () => this.go(this.grid.shown().at(-1), last),
      ...this.ranging(),
      ...this.commands(),
    };
  }

  /** The keys that make and use a range. Inside a text they are the text's own. */
  ranging() {
    const { range } = this.grid;
    const extend = (rows, columns, far) => () => (this.mode === "ready" ? range.by(rows, columns, far) : false);
    return {
      "shift+ArrowUp": extend(-1, 0),
      "shift+ArrowDown": extend(1, 0),
      "shift+ArrowLeft": extend(0, -1),
      "shift+ArrowRight": extend(0, 1),
      "shift+PageUp": extend(-PAGE, 0),
      "shift+PageDown": extend(PAGE, 0),
      "ctrl+shift+ArrowUp": extend(-1, 0, true),
      "ctrl+shift+ArrowDown": extend(1, 0, true),
      "ctrl+shift+ArrowLeft": extend(0, -1, true),
      "ctrl+shift+ArrowRight": extend(0, 1, true),
      Delete: () => range.empty(),
      Backspace: () => range.empty(),
      "ctrl+d": () => range.fillDown(),
    };
  }

  commands() {
    const { grid } = this;
    return {
      "ctrl+s": () => grid.saveNow(),
      "ctrl+z": () => grid.undo(),
      "ctrl+y": () => grid.history.redo(),
      "ctrl+shift+z": () => grid.history.redo(),
      "shift+F2": () => grid.panel.open(),
      ContextMenu: () => this.menu(),
      "shift+F10": () => this.menu(),
    };
  }

  /** The menu key opens the panel of the cell in place of the browser's menu, which some browsers send afterwards. */
  menu() {
    window.addEventListener("contextmenu", (event) => event.preventDefault(), { once: true, capture: true });
    this.grid.panel.open();
  }

  edit(input) {
    if (input.type === "checkbox") return false;
    this.mode = "edit";
    this.grid.range.clear();
    return input.setSelectionRange(input.value.length, input.value.length);
  }

  /** The name of a key with those that are held; of a printed sign only Ctrl counts, for Shift is in the sign. */
  name(event) {
    const ctrl = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const shift = event.shiftKey && (ctrl || key.length > 1) && key !== "?";
    return `${ctrl ? "ctrl+" : ""}${shift ? "shift+" : ""}${key}`;
  }

  down(event) {
    if (event.isComposing || event.altKey || !this.grid.here().row) return;
    const action = this.actions(event)[this.name(event)];
    if (!action || action() === false) return;
    event.preventDefault();
  }
}
