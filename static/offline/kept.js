/* The page of what is kept on this computer: what has not been sent, by table, and the tables that open offline. */

import { fill, moment } from "../grid/figures.js";
import { clear, clearPages, forgetWhose, isUnsent, openStore, pagesOf } from "./store.js";

const { user, words } = JSON.parse(document.getElementById("kept-config").textContent);
const spot = (name) => document.querySelector(`[data-${name}]`);

function element(tag, text = "", more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...more });
}

function rowLine({ name, at, nil, values, labels }) {
  const known = new Map(labels || []);
  const typed = Object.entries(values).filter(([, text]) => text);
  const figures = nil ? words.nil : typed.map(([measure, text]) => `${known.get(measure) || measure} ${text}`).join(", ") || words.blank;
  return element("li", fill(words.row, { name: name || "", at: moment(at), figures }));
}

/** One card a table: its name leads there, where what is listed is sent. */
function card(url, records) {
  const section = element("section", "", { className: "card" });
  const head = element("h3");
  head.append(element("a", records[0].title || url, { href: url }));
  const rows = records.filter((record) => record.type === "row");
  const remarks = records.filter((record) => record.type === "remark");
  const list = element("ul");
  list.append(...rows.map(rowLine), ...remarks.map((remark) => element("li", fill(words.remark, remark))));
  const counts = [rows.length && fill(words.rows, { n: rows.length }), remarks.length && fill(words.remarks, { n: remarks.length })];
  section.append(head, element("p", counts.filter(Boolean).join(" · "), { className: "quiet" }), list);
  return section;
}

/** The newest record of each village: tabs that were open side by side each keep their own. */
function newest(records) {
  const byPlace = new Map();
  for (const record of [...records].sort((one, other) => (one.at < other.at ? -1 : 1))) {
    byPlace.set(record.type === "remark" ? record.id : [record.programme, record.year, record.kind, record.area].join("|"), record);
  }
  return [...byPlace.values()];
}

const addressOf = (record) => record.url || "/work/";

function showUnsent(records) {
  const byUrl = new Map();
  for (const record of newest(records)) byUrl.set(addressOf(record), [...(byUrl.get(addressOf(record)) || []), record]);
  spot("unsent").replaceChildren(...[...byUrl].map(([url, of]) => card(url, of)));
  spot("none").hidden = records.length > 0;
}

/** The tables that the worker keeps for this person. */
async function showPages() {
  if (!("caches" in window) || !(await caches.has(pagesOf(user)))) return;
  const cache = await caches.open(pagesOf(user));
  const items = [];
  for (const request of await cache.keys()) {
    const { headers } = await cache.match(request);
    const url = new URL(request.url);
    if (url.pathname === location.pathname) continue;
    const item = element("li");
    item.append(element("a", decodeURIComponent(headers.get("X-Title") || "") || url.pathname, { href: url.pathname + url.search }));
    item.append(" ", element("span", fill(words.page, { at: moment(headers.get("X-Kept-At")) }), { className: "quiet" }));
    items.push(item);
  }
  spot("pages").replaceChildren(...items);
  spot("no-pages").hidden = items.length > 0;
}

class Kept {
  constructor(store) {
    this.store = store;
    this.dialog = document.getElementById("kept-clear");
    this.form = document.getElementById("sign-out");
    spot("clear").addEventListener("click", () => this.ask(false));
    spot("leave-clear").addEventListener("click", () => this.ask(true));
    spot("leave-keep").addEventListener("click", () => this.leave());
    this.dialog.addEventListener("close", () => this.dialog.returnValue === "yes" && this.clear());
    spot("leaving").hidden = !new URLSearchParams(location.search).has("leave");
  }

  async show() {
    const records = await this.store.all();
    const mine = records.filter((record) => isUnsent(record, user));
    this.unsent = newest(mine).length;
    showUnsent(mine);
    const others = newest(records.filter((record) => isUnsent(record, record.user) && record.user !== user)).length;
    spot("others").textContent = others ? fill(words.others, { n: others }) : "";
    if (!this.store.lasting) spot("others").textContent = words.not_lasting;
    await showPages();
  }

  ask(leaving) {
    this.leaving = leaving;
    this.dialog.querySelector("[data-question]").textContent = this.unsent ? fill(words.clear_ask, { n: this.unsent }) : words.clear_sure;
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  async clear() {
    await clear(this.store, user);
    if (this.leaving) return this.leave();
    spot("told").textContent = words.cleared;
    spot("pages").replaceChildren();
    await this.show();
  }

  /** Sign out; the pages go, the drafts stay for their author unless they were cleared away. */
  async leave() {
    await Promise.allSettled([clearPages(this.store, user), forgetWhose()]);
    this.form.dataset.sure = "1";
    this.form.requestSubmit();
  }
}

if (document.documentElement.dataset.kept) spot("offline").textContent = words.offline;
const page = new Kept(await openStore());
await page.show();
document.querySelector("main").dataset.ready = "";
