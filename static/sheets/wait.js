// Asks how far the job is, and shows the outcome as soon as there is one.
const waiting = document.getElementById("waiting");
const done = document.getElementById("done");

async function look() {
  try {
    const answer = await fetch(waiting.dataset.state, { headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.ok) {
      location.reload();
      return;
    }
    const state = await answer.json();
    if (!state.busy || (state.stale && !waiting.querySelector("form"))) {
      location.reload();
      return;
    }
    if (state.total) {
      done.max = state.total;
      done.value = state.done;
    }
  } catch {
    // No connection for the moment: ask again.
  }
  setTimeout(look, 1500);
}

setTimeout(look, 1000);
