/* The form of a change shows only the boxes that fit what is chosen: an element with data-when="name" data-is="value"
 * is seen while the radio of that name has that value. Without this file all are seen, and the server leaves out the rest. */

function fit() {
  for (const part of document.querySelectorAll("[data-when]")) {
    const chosen = document.querySelector(`input[name="${part.dataset.when}"]:checked`);
    part.hidden = Boolean(chosen) && chosen.value !== part.dataset.is;
  }
}

/** What belongs to a divided place can go to each new one as soon as that has a name. */
function offer() {
  const names = [...document.querySelectorAll("input[name^=news-][name$=-name]")];
  for (const select of document.querySelectorAll("select[name^=child-]")) {
    for (const { name, value } of names) {
      const number = name.split("-")[1];
      const option = [...select.options].find((known) => known.value === number);
      if (option) option.text = value.trim() || "–";
      else if (value.trim()) select.add(new Option(value.trim(), number));
    }
  }
}

document.addEventListener("change", fit);
document.addEventListener("input", (event) => { if (event.target.name?.startsWith("news-")) offer(); });
fit();
