// Shows how far the job is, and the outcome as soon as there is one.
import { fill, poll } from "../polling.js";

const waiting = document.getElementById("waiting");
const done = document.getElementById("done");

poll(waiting.dataset.state, (state) => {
  if (!state.busy || (state.stale && !waiting.querySelector("form"))) return "over";
  fill(done, state);
});
