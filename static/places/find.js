/* Finding a place while typing: a combobox with a list of hits, over a search box that works without this file.
 *
 * How to use it. Write a search box, alone in its form for going to a place, or with a hidden field for picking one:
 *
 *   <input type="search" name="q" data-find="/places/find.json?standing=1&level=3" data-find-into="#id_area">
 *   <input type="hidden" name="area" id="id_area">
 *
 * `data-find` is where to ask; whatever it narrows by (level, within, standing) stays as it is written. Without
 * `data-find-into` choosing a hit opens its page. With it the hit's id is put into that field, which then tells
 * "change" (its `detail` is not needed: read its value), and typing on empties it again. `data-find-failed` is what to
 * say when there is no connection. The box needs a label. templates/villages/parts/find.html writes all this.
 *
 * The page behind a form must also take the words alone: without this file nobody fills the hidden field. */

const PAUSE = 120;
let boxes = 0;

class Find {
  constructor(input) {
    this.input = input;
    this.into = input.dataset.findInto ? document.querySelector(input.dataset.findInto) : null;
    this.hits = [];
    this.at = -1;
    this.name = `find-${(boxes += 1)}`;
    this.build();
    this.listen();
  }

  build() {
    const holder = document.createElement("span");
    holder.className = "finding";
    this.input.replaceWith(holder);
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${this.name}-list`, className: "finds", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels[0]?.textContent.trim() || this.input.getAttribute("aria-label") || this.input.placeholder);
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    holder.append(this.input, this.list, this.status);
    const attributes = { role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [key, value] of Object.entries(attributes)) this.input.setAttribute(key, value);
  }

  listen() {
    this.input.addEventListener("input", (event) => event.isComposing || this.typed());
    // The characters of an input method arrive here; while it is composing, its letters are no words yet.
    this.input.addEventListener("compositionend", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // A press must not take the focus from the box, or the list would be gone before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.hits[[...this.list.querySelectorAll("[role=option]")].indexOf(option)]);
    });
  }

  get open() {
    return !this.list.hidden;
  }

  typed() {
    this.empty();
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!this.input.value.trim()) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  /** Words that were changed no longer name the place that was picked. */
  empty() {
    if (!this.into?.value) return;
    this.into.value = "";
    this.into.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async ask() {
    this.asking = new AbortController();
    const url = new URL(this.input.dataset.find, location.href);
    url.searchParams.set("q", this.input.value);
    try {
      const answer = await fetch(url, { signal: this.asking.signal, headers: { Accept: "application/json" } });
      const { hits = [], message, more = false } = await answer.json();
      this.show(hits, message, more || !hits.length);
    } catch (error) {
      if (error.name !== "AbortError") this.show([], this.input.dataset.findFailed || "", true);
    }
  }

  show(hits, message, seen) {
    if (document.activeElement !== this.input) return;
    this.hits = hits;
    this.list.replaceChildren(...hits.map((hit, n) => this.option(hit, n)));
    if (seen && message) this.list.append(this.remark(message));
    this.list.hidden = !this.list.children.length;
    this.input.setAttribute("aria-expanded", String(this.open && hits.length > 0));
    this.move(-1);
    this.status.textContent = message;
  }

  option(hit, n) {
    const option = document.createElement("li");
    option.id = `${this.name}-${n}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const parts = { b: `${hit.name_latin} ${hit.name}`.trim(), span: [hit.level_word, hit.code, ...hit.notes].join(" · "), small: hit.where };
    for (const [tag, text] of Object.entries(parts)) option.append(Object.assign(document.createElement(tag), { textContent: text }), " ");
    if (hit.ended) option.classList.add("ended");
    return option;
  }

  /** A line under the hits that is none of them; the status says it to those who don't see it. */
  remark(message) {
    const remark = Object.assign(document.createElement("li"), { className: "remark", textContent: message });
    remark.setAttribute("role", "presentation");
    remark.setAttribute("aria-hidden", "true");
    return remark;
  }

  move(to) {
    this.at = to;
    this.list.querySelectorAll("[role=option]").forEach((option, n) => option.setAttribute("aria-selected", String(n === to)));
    const option = document.getElementById(`${this.name}-${to}`);
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  choose(hit) {
    if (!hit) return;
    this.close();
    if (!this.into) {
      location.assign(hit.url);
      return;
    }
    this.input.value = `${hit.name_latin} ${hit.name} ${hit.code}`.trim();
    this.into.value = hit.id;
    this.into.dispatchEvent(new Event("change", { bubbles: true }));
    this.status.textContent = `${this.input.value}, ${hit.where}`;
  }

  /** Enter chooses; where a place is to be picked, it never sends the form with words that name none. */
  enter() {
    if (this.open && this.at >= 0) return this.choose(this.hits[this.at]);
    if (!this.into || this.into.value) return false;
    return this.open && this.hits.length === 1 ? this.choose(this.hits[0]) : undefined;
  }

  escape() {
    if (!this.open) return false;
    return this.close();
  }

  step(by) {
    if (!this.hits.length) return this.input.value.trim() ? void this.ask() : false;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    const all = this.hits.length + 1;
    // One step past the last hit is back in the box, as the pattern has it.
    return this.move(((this.at + 1 + by + all) % all) - 1);
  }

  key(event) {
    if (event.isComposing) return;
    const actions = { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), Enter: () => this.enter(), Escape: () => this.escape() };
    const action = actions[event.key];
    if (action && action() !== false) event.preventDefault();
  }
}

for (const input of document.querySelectorAll("input[data-find]")) new Find(input);
