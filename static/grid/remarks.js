/* Remarks on figures, the reasons for unlikely ones among them: kept here until the server has them. */

import { newKey } from "./keys.js";
import { post } from "./save.js";

// Signed out, or asked too often: not the remark's fault.
const LATER = [401, 429];

export class Remarks {
  constructor(grid) {
    this.grid = grid;
    this.waiting = []; // records of the store, the oldest first
  }

  isOurs(record) {
    const { config } = this.grid;
    return record.type === "remark" && ["user", "programme", "year", "kind"].every((name) => record[name] === config[name]);
  }

  /** Take up what an earlier visit left unsent. */
  async load() {
    try {
      const records = (await this.grid.keep.store.all()).filter((record) => this.isOurs(record));
      this.waiting = records.filter((record) => this.grid.byId.has(record.area)).sort((one, other) => (one.at < other.at ? -1 : 1));
    } catch {
      this.waiting = [];
    }
    for (const { area, measure, figure, text } of this.waiting) this.grid.byId.get(area).reasons.add(measure, figure ?? null, text);
    this.grid.show(this.waiting.map(({ area }) => this.grid.byId.get(area)));
  }

  /** Tell whether a remark on the row, or on one figure of it, has not arrived yet. */
  waits(row, measure) {
    return this.waiting.some((remark) => remark.area === row.id && (!measure || remark.measure === measure));
  }

  /** Say something of one figure; resolves when it is kept. `arrived` is when the server has answered, or has not. */
  async add(row, measure, text) {
    const { user, programme, year, kind } = this.grid.config;
    // The words explain what stands in the cell now; the row itself may not have been sent yet.
    const cell = row.cell(measure);
    const figure = row.nil || cell.error ? null : cell.input.value.trim();
    const url = location.pathname + (kind ? `?kind=${kind}` : "");
    const remark = {
      id: `remark|${newKey()}`, type: "remark", user, programme, year, kind, area: row.id, name: row.name, measure, figure, text,
      label: this.grid.config.byName.get(measure).label, at: new Date().toISOString(), url,
      title: document.querySelector("h1").textContent.trim(),
    };
    this.waiting.push(remark);
    row.reasons.add(measure, figure, text);
    this.grid.show([row]);
    try {
      await this.grid.keep.store.put(remark);
    } catch {
      // It is sent at once anyway; the page says so when it was not.
    }
    return { arrived: this.send() };
  }

  /** Send what waits, one after the other. */
  send() {
    this.sending = (this.sending || Promise.resolve()).catch(() => {}).then(() => this.drain());
    return this.sending;
  }

  async drain() {
    const { grid } = this;
    while (this.waiting.length) {
      const [remark] = this.waiting;
      const reply = await post(this.address(remark.area, remark.measure), { text: remark.text, figure: remark.figure }, grid.config.user);
      if (!reply.ok && (reply.status < 400 || reply.status >= 500 || LATER.includes(reply.status))) return grid.saver.fail(reply);
      this.waiting.shift();
      await grid.keep.remove(remark.id);
      grid.saver.reached();
      if (!reply.ok) this.refuse(remark, reply);
      grid.show([grid.byId.get(remark.area)]);
    }
  }

  refuse(remark, { body }) {
    const row = this.grid.byId.get(remark.area);
    row.reasons.remove(remark.measure, remark.figure ?? null, remark.text);
    this.grid.show([row]);
    this.grid.says.tell([`${remark.name}, ${remark.label}: ${body.message || this.grid.config.words.row_refused}`], "bad");
  }

  address(area, measure) {
    const { cellUrl, kind } = this.grid.config;
    return `${cellUrl.replace("/0/measure/", `/${area}/${measure}/`)}${kind ? `?kind=${kind}` : ""}`;
  }
}
