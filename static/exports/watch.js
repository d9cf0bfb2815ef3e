// Asks how far the exports are that are being made, and shows the outcome of each as soon as there is one.
const place = document.getElementById("exports");
const bars = new Map([...place.querySelectorAll("progress")].map((bar) => [bar.id.slice("export-".length), bar]));

async function look() {
  try {
    const answer = await fetch(place.dataset.state, { headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.ok) {
      location.reload();
      return;
    }
    const { busy } = await answer.json();
    for (const [id, bar] of bars) {
      if (!busy[id]) {
        location.reload();
        return;
      }
      if (busy[id].total) {
        bar.max = busy[id].total;
        bar.value = busy[id].done;
      }
    }
  } catch {
    // No connection for the moment: ask again.
  }
  setTimeout(look, 1500);
}

if (bars.size) setTimeout(look, 1000);
