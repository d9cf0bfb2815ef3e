/* Keeps what has not been acknowledged in this browser, so that a crash, a closed tab or a cut line loses no typing. */

import { openStore, spill } from "../offline/store.js";
import { newKey } from "./keys.js";

const DELAY = 250;

export class Keep {
  constructor(grid) {
    this.grid = grid;
    this.tab = newKey(); // a tab writes records of its own only
    this.mine = new Map(); // by village: {text, stored} of what this tab has written
    this.left = []; // what earlier visits (or other tabs) have left
    window.addEventListener("pagehide", () => this.spill());
    document.addEventListener("visibilitychange", () => document.hidden && this.write());
  }

  /** Open the store and read what was left for the rows of this grid. */
  async open() {
    this.store = await openStore();
    const { config } = this.grid;
    const isOurs = (record) => ["user", "programme", "year", "kind"].every((name) => record[name] === config[name]);
    let records = [];
    try {
      records = (await this.store.all()).filter(isOurs);
    } catch {
      // What can't be read can't be offered.
    }
    this.left = records.filter((record) => record.type === "row");
    await this.freshen(records.filter((record) => record.type === "saved"));
    if (!this.store.lasting) this.grid.says.tell([config.words.storage_failed], "warn");
    this.write();
  }

  /** A page that comes out of this computer is older than what was saved since; one of the server knows better. */
  async freshen(saved) {
    const isCopy = Boolean(document.documentElement.dataset.kept);
    for (const record of saved) {
      const row = this.grid.byId.get(record.area);
      if (!row) continue;
      if (!isCopy) await this.remove(record.id);
      else if (record.version > row.version && !row.locked && !row.dirty) row.acknowledge(record);
    }
    this.grid.show(this.grid.rows);
  }

  /** Remember what the server has of a row, for the day on which only the kept page opens. */
  saved(row, { version, state, nil, values }) {
    const { user, programme, year, kind } = this.grid.config;
    const id = ["saved", user, programme, year, kind, row.id].join("|");
    this.store?.put({ id, type: "saved", user, programme, year, kind, area: row.id, version, state, nil, values }).catch(() => {});
  }

  id(row) {
    const { user, programme, year, kind } = this.grid.config;
    return [user, programme, year, kind, row.id, this.tab].join("|");
  }

  record(row) {
    const { user, programme, year, kind, measures } = this.grid.config;
    const { key, version, nil, values } = row.parcel();
    const labels = measures.map((measure) => [measure.name, measure.label]);
    return {
      id: this.id(row), type: "row", user, programme, year, kind, area: row.id, name: row.name, key, version, nil, values, labels,
      unanswered: row.unanswered, at: new Date().toISOString(), title: document.querySelector("h1").textContent.trim(),
      url: location.pathname + (kind ? `?kind=${kind}` : ""), 
    };
  }

  /** Rows that leaving the page now would lose. */
  get unsafe() {
    return this.grid.rows.some((row) => row.dirty && !(this.store?.lasting && this.mine.get(row.id)?.stored === this.text(row)));
  }

  text(row) {
    return JSON.stringify([row.parcel(), row.unanswered.length]);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), DELAY);
  }

  /** Bring the store to what the rows say; resolves when it is on disk. */
  write(rows = this.grid.rows) {
    if (!this.store) return Promise.resolve();
    return Promise.all(rows.map((row) => (row.dirty ? this.put(row) : this.mine.has(row.id) && this.drop(row))));
  }

  async put(row) {
    const text = this.text(row);
    const mine = this.mine.get(row.id);
    if (mine?.text === text) return mine.writing;
    const entry = { text, stored: mine?.stored };
    this.mine.set(row.id, entry);
    entry.writing = this.store.put(this.record(row)).then(
      () => {
        entry.stored = text;
      },
      () => {
        // A full or forbidden store must not stop the typing; the warning before leaving still stands.
        if (this.mine.get(row.id) === entry) this.mine.delete(row.id);
      },
    );
    return entry.writing;
  }

  /** This tab's row has arrived, or was given up; so has what it was brought back from. */
  async drop(row) {
    this.mine.delete(row.id);
    await this.remove(this.id(row));
    const done = this.left.filter((kept) => kept.area === row.id && kept.returned);
    this.left = this.left.filter((kept) => !done.includes(kept));
    for (const kept of done) await this.remove(kept.id);
  }

  async remove(id) {
    try {
      await this.store.remove(id);
    } catch {
      // Forbidden storage has nothing to take away.
    }
  }

  /** Throw away what was left for these villages. */
  async forget(kept) {
    this.left = this.left.filter((record) => !kept.includes(record));
    for (const record of kept) await this.remove(record.id);
  }

  spill() {
    for (const row of this.grid.rows) {
      if (row.dirty && this.mine.get(row.id)?.stored !== this.text(row)) spill(this.record(row));
    }
    this.write();
  }
}
