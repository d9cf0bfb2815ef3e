/* Lets a visited grid open without a connection: installs the worker, and hands it what the first visit has loaded. */

/** The files that this page has loaded. */
const assets = () => {
  const names = performance.getEntriesByType("resource").map((entry) => entry.name);
  return [...new Set(names.filter((name) => name.startsWith(`${location.origin}/static/`)))];
};

/** `workerUrl` is the worker, `keptUrl` the page of what is kept here. Nothing depends on it: without it, all works online. */
export async function install({ workerUrl, keptUrl }) {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(workerUrl, { scope: "/work/" });
    const { active } = await navigator.serviceWorker.ready;
    const pages = navigator.serviceWorker.controller ? [keptUrl] : [location.pathname + location.search, keptUrl];
    const worker = navigator.serviceWorker.controller || active;
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      worker.postMessage({ keep: { pages, assets: assets() } }, [port2]);
    });
    document.documentElement.dataset.offline = "ready";
  } catch {
    // A browser that forbids workers keeps the rows all the same.
  }
}
