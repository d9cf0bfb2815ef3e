/* Lets a visited grid open without a connection: installs the worker, and has it take in the first visit. */

/** `workerUrl` is the worker, `keptUrl` the page of what is kept here. Nothing depends on it: without it, all works online. */
export async function install({ workerUrl, keptUrl }) {
  if (!("serviceWorker" in navigator)) return;
  // The first visit was loaded before there was a worker to see it.
  const seen = Boolean(navigator.serviceWorker.controller);
  try {
    await navigator.serviceWorker.register(workerUrl, { scope: "/work/" });
    const { active } = await navigator.serviceWorker.ready;
    const pages = seen ? [keptUrl] : [location.pathname + location.search, keptUrl];
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      active.postMessage({ keep: { pages } }, [port2]);
    });
    document.documentElement.dataset.offline = "ready";
  } catch {
    // A browser that forbids workers keeps the rows all the same.
  }
}
