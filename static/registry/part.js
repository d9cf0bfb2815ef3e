/* A part of a page that takes time to compute: the page stands at once, and this puts the part in when it is there.
 *
 *   <div data-part="/address/of/the/part/" data-failed="words" data-ready="words">words while it is computed, and a link</div>
 *
 * What stands in the element is kept when there is no answer, with the failed words before it. A form with `data-once`
 * is sent once, however often its button is pressed. */

async function fill(place) {
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(place.dataset.part, { headers: { Accept: "text/html" } });
    // A person who was signed out is led to another page, which is no part of this one.
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    said.setAttribute("role", "status");
    place.replaceChildren(said, ...page.body.childNodes);
    // A status is spoken only if its words come after it.
    requestAnimationFrame(() => { said.textContent = place.dataset.ready; });
  } catch {
    const busy = place.querySelector(".busy");
    if (busy) Object.assign(busy, { textContent: place.dataset.failed, className: "note bad" });
  }
  place.removeAttribute("aria-busy");
}

for (const place of document.querySelectorAll("[data-part]")) fill(place);

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});
// A page that "Back" brings out of the browser's memory can be sent again.
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent; });
