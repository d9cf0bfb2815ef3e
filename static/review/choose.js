/* Choosing records on the page of review: one box chooses all, or none. Without this file each is chosen by itself. */

const all = document.querySelector("[data-choose-all]");
const boxes = [...document.querySelectorAll("input[name=record][type=checkbox]")];

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  all.checked = chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
  document.querySelectorAll("[data-chosen]").forEach((place) => { place.textContent = `${chosen} / ${boxes.length}`; });
}

if (all) {
  all.closest("[hidden]").hidden = false;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; tell(); });
  document.addEventListener("change", (event) => { if (event.target.name === "record") tell(); });
  tell();
}
document.querySelector("[role=alert]")?.focus();
