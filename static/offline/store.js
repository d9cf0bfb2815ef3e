/* Where the browser keeps what has not arrived: IndexedDB; where that is forbidden, localStorage; else this page alone.
 *
 * One record is {id, user, type: "row", "remark" or "saved", …}; "saved" is what the server has of a row since the page
 * was kept, so that the kept page opens as its reader left it. Each tab writes records of its own only, so that two tabs never
 * write over each other. Every person's records bear their number: nobody is shown or sends another's. */

const NAME = "povtrack";
const TABLE = "kept";
const SPILL = "povtrack-kept:";
const OLD = /^povtrack:(\d+):\/work\/([\w-]+)\/(\d+)\/[^/]+\/([^:]*):(\d+)$/;

const promised = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

class Indexed {
  constructor(base) {
    this.base = base;
    this.lasting = true;
    // Another tab clears this computer: do not stand in its way.
    base.onversionchange = () => base.close();
  }

  /** Run one request in a transaction of its own; done when it is on disk. */
  async run(mode, ask) {
    const transaction = this.base.transaction(TABLE, mode, { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const result = await promised(ask(transaction.objectStore(TABLE)));
    await done;
    return result;
  }

  all() {
    return this.run("readonly", (table) => table.getAll());
  }

  put(record) {
    return this.run("readwrite", (table) => table.put(record));
  }

  remove(id) {
    return this.run("readwrite", (table) => table.delete(id));
  }
}

class Local {
  constructor() {
    this.lasting = true;
    localStorage.setItem(`${SPILL}test`, "");
    localStorage.removeItem(`${SPILL}test`);
  }

  async all() {
    return spilled();
  }

  async put(record) {
    localStorage.setItem(SPILL + record.id, JSON.stringify(record));
  }

  async remove(id) {
    localStorage.removeItem(SPILL + id);
  }
}

class Memory {
  constructor() {
    this.lasting = false;
    this.records = new Map();
  }

  async all() {
    return [...this.records.values()];
  }

  async put(record) {
    this.records.set(record.id, record);
  }

  async remove(id) {
    this.records.delete(id);
  }
}

function readLocal(prefix, read) {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) found.push(read(key, JSON.parse(localStorage.getItem(key))));
  } catch {
    // Forbidden storage has nothing, and a text that can't be read is none of ours.
  }
  return found.filter(Boolean);
}

const spilled = () => readLocal(SPILL, (key, record) => record?.id && record);

/** Rows as they were kept before there was a store: "povtrack:user:address:village". */
function fromBefore() {
  return readLocal("povtrack:", (key, row) => {
    const [, user, programme, year, query, area] = OLD.exec(key) || [];
    if (!row?.values) return null;
    const kind = new URLSearchParams(query).get("kind") || "";
    return { ...row, id: key, type: "row", user: Number(user), programme, year: Number(year), kind, area: Number(area), old: key };
  });
}

/** At the last moment of a page there is no time to wait for a disk: put it where writing takes none. */
export function spill(record) {
  try {
    localStorage.setItem(SPILL + record.id, JSON.stringify(record));
  } catch {
    // The warning before leaving still stands.
  }
}

async function openIndexed() {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: "id" });
  const base = await Promise.race([promised(opening), new Promise((resolve, reject) => setTimeout(reject, 5000))]);
  const store = new Indexed(base);
  for (const { old, ...record } of [...spilled(), ...fromBefore()]) {
    await store.put(record);
    localStorage.removeItem(old ?? SPILL + record.id);
  }
  return store;
}

/** Open the best store that this browser allows; `lasting` tells whether it outlives the page. */
export async function openStore() {
  try {
    return await openIndexed();
  } catch {
    // Private windows of some browsers forbid it.
  }
  try {
    return new Local();
  } catch {
    return new Memory();
  }
}

// As worker.js calls them.
const PAGES = "povtrack-pages-";
const STATE = "povtrack-state-1";

/** The pages that this person keeps here for days without a connection. */
export const pagesOf = (user) => PAGES + user;

/** What a person has typed here that the server has not. */
export const isUnsent = (record, user) => record.user === user && record.type !== "saved";

/** Take away all that is kept here of one person: pages and records. */
export async function clear(store, user) {
  for (const record of await store.all()) if (record.user === user) await store.remove(record.id);
  await clearPages(store, user);
}

/** Take away the pages of one person, and what the server has of them since; what was not sent stays for its author. */
export async function clearPages(store, user) {
  if ("caches" in window) await caches.delete(pagesOf(user));
  for (const record of await store.all()) if (record.user === user && record.type === "saved") await store.remove(record.id);
}

/** Someone has signed in: take away the pages that other people left here without signing out. */
export async function clearOthers(user) {
  const others = "caches" in window ? (await caches.keys()).filter((name) => name.startsWith(PAGES) && name !== pagesOf(user)) : [];
  if (!others.length) return;
  // Until the server names this person on a page of work, the worker knows the one before.
  const known = await (await caches.open(STATE)).match("/whose");
  if ((await known?.text()) !== String(user)) await forgetWhose();
  const store = await openStore();
  for (const name of others) await clearPages(store, Number(name.slice(PAGES.length)));
}

/** The worker serves nobody's pages until it has heard from the server who is signed in. */
export async function forgetWhose() {
  if ("caches" in window) await caches.delete(STATE);
}
