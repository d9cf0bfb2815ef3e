/* Keeps what has not been acknowledged in this browser, by user and page, so that a crash or a reload loses no typing. */

const DELAY = 300;

export class Keep {
  constructor(grid) {
    this.grid = grid;
    this.key = `povtrack:${grid.config.user}:${location.pathname}${location.search}`;
    // What an earlier visit left is offered first, and is not overwritten before the person has chosen.
    this.left = this.read();
    window.addEventListener("pagehide", () => this.write());
  }

  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key));
      return kept?.rows?.length ? kept : null;
    } catch {
      return null;
    }
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), DELAY);
  }

  write() {
    clearTimeout(this.timer);
    const rows = this.grid.rows
      .filter((row) => row.dirty)
      .map((row) => ({ area: row.id, version: row.version, nil: row.nil, values: row.values() }));
    const here = new Set(rows.map((row) => row.area));
    const older = (this.left?.rows || []).filter((row) => !here.has(row.area));
    try {
      if (rows.length + older.length) {
        localStorage.setItem(this.key, JSON.stringify({ at: new Date().toISOString(), rows: [...rows, ...older] }));
      } else localStorage.removeItem(this.key);
    } catch {
      // A full or forbidden storage must not stop the typing; the warning before leaving still stands.
    }
  }

  forget() {
    this.left = null;
    this.write();
  }
}
