/* Keeps each reason as soon as its field is left, so that turning the page or closing it loses none. */

const form = document.getElementById("save-rows");
const { reasons, kept, lost } = form.dataset;

async function keep(field) {
  const said = field.parentElement.querySelector(".kept");
  const body = new URLSearchParams({ [field.name]: field.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  try {
    const answer = await fetch(reasons, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } });
    const isOurs = !answer.redirected && answer.headers.get("Content-Type")?.startsWith("application/json");
    const { message } = isOurs ? await answer.json() : { message: lost };
    said.textContent = answer.ok && isOurs ? kept : message;
  } catch {
    said.textContent = lost;
  }
}

for (const field of document.querySelectorAll("textarea[form='save-rows']")) {
  field.addEventListener("change", () => keep(field));
}
