// Asks a page's address for the state of what goes on, until `show` says that it is over: then the page is loaded anew.
const AT_FIRST = 500; // milliseconds
const BETWEEN = 1500;

export function poll(url, show) {
  async function look() {
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok || show(await answer.json()) === "over") {
        location.reload();
        return;
      }
    } catch {
      // No connection for the moment: ask again.
    }
    setTimeout(look, BETWEEN);
  }
  setTimeout(look, AT_FIRST);
}

export function fill(bar, { done, total }) {
  if (!total) return;
  bar.max = total;
  bar.value = done;
}
