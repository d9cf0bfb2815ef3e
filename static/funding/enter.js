/* The form of money from outside: only the boxes of the chosen currency are seen, and what it is in yuan is worked out
 * while typing. Without this file all boxes are seen, and the server works it out. */

import { fill, format, parse } from "../grid/figures.js";

const MONEY = { kind: "money", places: 2, max: 10n ** 16n };
const RATE = { kind: "money", places: 8, max: 10n ** 18n };

function fit() {
  for (const part of document.querySelectorAll("[data-when]")) {
    const chosen = document.querySelector(`input[name="${part.dataset.when}"]:checked`);
    part.hidden = !chosen || chosen.value !== part.dataset.is;
  }
}

/** The amount times the rate in yuan, to the cent, a half upwards as the server rounds. */
function work() {
  const told = document.querySelector("[data-yuan]");
  const [amount, rate] = [["currency_amount", MONEY], ["rate", RATE]].map(
    ([name, measure]) => parse(document.getElementById(`id_${name}`).value, measure, {}).figure,
  );
  told.hidden = !(amount && rate);
  if (told.hidden) return;
  const yuan = (amount * rate + 5n * 10n ** 7n) / 10n ** 8n;
  told.textContent = fill(told.dataset.yuan, { amount: format(yuan, 2) });
}

document.addEventListener("change", fit);
document.addEventListener("input", work);
if (document.querySelector("[data-yuan]")) {
  fit();
  work();
}
