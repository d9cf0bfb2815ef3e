/* Keeps visited grids on this computer, so that they open without a connection. Only what GETs of grid pages and their
 * files answered is kept, under the number of the person whom the server names in its answer; nobody is served what
 * another one's sign-in had fetched. Once the server asks for a sign-in, nobody is served anything from here until it
 * has named that person again. Nothing is ever written from here: unsent rows are sent by the page. */

const FILES = "povtrack-files-1";
const STATE = "povtrack-state-1";
const PAGES = "povtrack-pages-"; // with the number of the person
const WHOSE = "X-Signed-In";
const KEEP = "X-Keep-Here"; // a page to keep: a grid that its reader enters, and the page of what is kept
const KEPT = "/work/kept/";
const MOST_PAGES = 60;
const MOST_FILES = 300;
const PATIENCE = 10_000;

const isHashed = (path) => /\.[0-9a-f]{12}\.\w+$/.test(path);

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const stale = (await caches.keys()).filter((name) => /^povtrack-(files|state)-/.test(name) && ![FILES, STATE].includes(name));
      await Promise.all(stale.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request, url, event));
  else if (request.mode === "navigate" && url.pathname.startsWith("/work/")) event.respondWith(page(request, url, event));
});

self.addEventListener("message", (event) => {
  const { keep } = event.data || {};
  if (!keep) return;
  event.waitUntil(
    (async () => {
      await Promise.allSettled(keep.pages.map(visit));
      event.ports[0]?.postMessage("done");
    })(),
  );
});

/** Take in what was loaded before the worker was there. */
async function visit(path) {
  const url = new URL(path, self.location.origin);
  await take(url, await fetch(url, { credentials: "same-origin", redirect: "manual" }));
}

/** The files that a page names: it must not open without them. */
async function takeFiles(text) {
  const named = [...text.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map(([, path]) => path);
  await Promise.allSettled([...new Set(named)].map(visitFile));
}

async function visitFile(address) {
  const cache = await caches.open(FILES);
  if (await cache.match(address)) return;
  const response = await fetch(address);
  if (response.ok) await cache.put(address, response);
}

/** Files under a name with their content's hash never change; others are asked for anew when there is a connection. */
async function file(request, url, event) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request);
  if (kept && isHashed(url.pathname)) return kept;
  try {
    const response = await fetch(request);
    if (response.ok && (await whose())) event.waitUntil(cache.put(request, response.clone()).then(() => trim(cache, MOST_FILES)));
    return response;
  } catch (failure) {
    if (kept) return kept;
    throw failure;
  }
}

/** The page of the server; the kept one when it does not come. A page that is not kept may take its time. */
async function page(request, url, event) {
  const copy = await kept(url);
  try {
    const response = await (copy ? inTime(fetch(request)) : fetch(request));
    if (copy && response.status >= 502 && response.status <= 504) return copy;
    event.waitUntil(take(url, response.clone()));
    return response;
  } catch (failure) {
    const instead = copy || (await kept(new URL(KEPT, self.location.origin)));
    if (instead) return instead;
    throw failure;
  }
}

/** A line that says nothing for long is no line. */
function inTime(answer) {
  const late = new Promise((resolve, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
  return Promise.race([answer, late]);
}

async function whose() {
  const cache = await caches.open(STATE);
  const answered = await cache.match("/whose");
  return answered ? answered.text() : "";
}

/** Remember who is signed in, and keep the page if it is one to keep. */
async function take(url, response) {
  // Pages of work lead on to one page only: to signing in.
  if (response.type === "opaqueredirect") return void (await caches.delete(STATE));
  const user = response.headers.get(WHOSE);
  if (!user || !response.ok) return;
  const state = await caches.open(STATE);
  await state.put("/whose", new Response(user));
  if (!response.headers.get(KEEP)) return;
  const cache = await caches.open(PAGES + user);
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.set("X-Title", encodeURIComponent(/<h1>([^<]*)/.exec(text)?.[1].trim() || ""));
  headers.set("X-Kept-At", new Date().toISOString());
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  await cache.delete(url.href);
  await cache.put(url.href, new Response(text, { status: 200, headers }));
  await Promise.all([trim(cache, MOST_PAGES), takeFiles(text)]);
}

/** The oldest go. */
async function trim(cache, most) {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
}

/** The kept page of whoever was last known to be signed in, marked with its age; null where there is none. */
async function kept(url) {
  const user = await whose();
  const copy = user && (await (await caches.open(PAGES + user)).match(url.href));
  if (!copy) return null;
  const at = copy.headers.get("X-Kept-At");
  const text = (await copy.text()).replace("<html ", `<html data-kept="${at}" `);
  return new Response(text, { status: 200, headers: copy.headers });
}
