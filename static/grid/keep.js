/* Keeps what has not been acknowledged in this browser, so that a crash or a reload loses no typing.
 *
 * Each row has a place of its own, by user, page and village: two tabs of one grid then never write over each other's
 * rows. A tab takes away only what it wrote itself, or what the server has anyway. */

const DELAY = 300;

const sameText = (one, other) => Boolean(one && other) && one.nil === other.nil && JSON.stringify(one.values) === JSON.stringify(other.values);

export class Keep {
  constructor(grid) {
    this.grid = grid;
    this.prefix = `povtrack:${grid.config.user}:${location.pathname}${location.search}:`;
    this.mine = new Map(); // what this tab has kept, by village
    // What an earlier visit (or another tab) left is offered; it is never written again from here.
    this.left = this.find();
    window.addEventListener("pagehide", () => this.write());
  }

  /** What is kept of one row now: {area, at, version, nil, values}, or null. */
  read(area) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.prefix + area));
      return kept?.values ? kept : null;
    } catch {
      return null;
    }
  }

  remove(area) {
    try {
      localStorage.removeItem(this.prefix + area);
    } catch {
      // Forbidden storage has nothing to take away.
    }
  }

  /** All rows that are kept for this page, without those whose figures the server already has. */
  find() {
    let keys = [];
    try {
      keys = Object.keys(localStorage);
    } catch {
      return [];
    }
    const areas = keys.filter((key) => key.startsWith(this.prefix)).map((key) => key.slice(this.prefix.length));
    const kept = areas.filter((area) => /^\d+$/.test(area)).map((area) => this.read(area));
    return kept.filter((row) => {
      const known = row && this.isKnown(row);
      if (known) this.remove(row.area);
      return row && !known;
    });
  }

  /** Tell whether the server has just these figures. */
  isKnown(kept) {
    const row = this.grid.rows.find((candidate) => candidate.id === kept.area);
    if (!row || row.nil !== kept.nil) return false;
    return kept.nil || row.cells.every((cell) => cell.sameAs(kept.values[cell.measure.name]));
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), DELAY);
  }

  write() {
    clearTimeout(this.timer);
    for (const row of this.grid.rows) {
      if (row.dirty) this.put(row);
      else if (this.mine.has(row.id)) this.drop(row.id);
    }
  }

  put(row) {
    const now = { area: row.id, at: new Date().toISOString(), version: row.version, nil: row.nil, values: row.values() };
    const before = this.mine.get(row.id);
    // What another tab has typed into the same row since is not written over by what was here before.
    if (sameText(before, now) && before.version === now.version && this.read(row.id)) return;
    this.mine.set(row.id, now);
    try {
      localStorage.setItem(this.prefix + row.id, JSON.stringify(now));
    } catch {
      // A full or forbidden storage must not stop the typing; the warning before leaving still stands.
    }
  }

  /** This tab's row has arrived, or was given up; what another tab has typed into it since stays. */
  drop(area) {
    if (sameText(this.mine.get(area), this.read(area))) this.remove(area);
    this.mine.delete(area);
  }

  /** The offered rows as they are kept now: without those that another tab has sent since. */
  offered() {
    const rows = this.left.map((row) => {
      const now = this.read(row.area);
      return now && sameText(now, this.mine.get(row.area)) ? row : now;
    });
    return rows.filter(Boolean);
  }

  /** The person has chosen: what was offered is done with. What is typed here is kept on. */
  forget() {
    for (const { area } of this.left) if (!this.mine.has(area)) this.remove(area);
    this.left = [];
    this.write();
  }
}
