// Shows how far the exports are that are being made, and the outcome of each as soon as there is one.
import { fill, poll } from "../polling.js";

const place = document.getElementById("exports");
const bars = [...place.querySelectorAll("progress")].map((bar) => [bar.id.slice("export-".length), bar]);

function show({ busy }) {
  if (bars.some(([id]) => !busy[id])) return "over";
  for (const [id, bar] of bars) fill(bar, busy[id]);
}

if (bars.length) poll(place.dataset.state, show);
