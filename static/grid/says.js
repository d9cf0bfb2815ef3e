/* What the page tells the person: the state of saving, notices, and the summary of errors that leads to the cells. */

import { fill } from "./figures.js";

const MOST = 10;

export class Says {
  constructor(grid) {
    this.grid = grid;
    this.words = grid.config.words;
    this.state = document.getElementById("grid-state");
    this.notice = document.getElementById("grid-notice");
    this.errors = document.getElementById("grid-errors");
    this.mend = document.getElementById("grid-mend");
    this.save = document.getElementById("grid-save");
    this.notice.querySelector("[data-close]").addEventListener("click", () => (this.notice.hidden = true));
    this.explain = document.getElementById("grid-explain");
    this.heard = document.getElementById("grid-heard");
    this.mend.addEventListener("click", () => this.showErrors({ jump: true }));
    this.explain.addEventListener("click", () => this.showDoubts({ jump: true }));
    this.errors.addEventListener("click", (event) => this.follow(event));
  }

  /** Show a notice until the next one, or until it is closed. `actions` is a list of [word, callback]. */
  tell(lines, look = "", actions = []) {
    const list = this.notice.querySelector("[data-text]");
    list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    for (const [word, act] of actions) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: word });
      button.addEventListener("click", () => ((this.notice.hidden = true), act()));
      list.append(button);
    }
    this.notice.className = `note ${look}`;
    this.notice.hidden = false;
  }

  /** Say something to those who listen, and only the last of what comes quickly. */
  hear(text) {
    clearTimeout(this.hearing);
    this.hearing = setTimeout(() => (this.heard.textContent = text), 400);
  }

  usual(added) {
    const { measures } = this.grid.config;
    const figures = [...new Set(added.map(({ column, after }) => `${measures[column].label} ${after}`))].join(", ");
    this.tell([fill(this.words.usual_filled, { figures })], "ok");
  }

  onlineAgain() {
    const copy = document.documentElement.dataset.kept;
    this.tell([this.words.online_again], "ok", copy ? [[this.words.load_anew, () => location.reload()]] : []);
  }

  /** Nothing was submitted, because rows could not be sent: the server's own words, when it refused them. */
  unsent() {
    const { trouble, message } = this.grid.saver;
    const refused = trouble === "refused" && message;
    this.tell([refused ? fill(this.words.refused, { message }) : this.words.submit_unsent], "bad");
  }

  /** One chip for all rows: saved, being sent, kept here. */
  paint() {
    const { rows, saver } = this.grid;
    const unsent = rows.filter((row) => row.dirty || this.grid.remarks.waits(row)).length;
    const wrong = rows.filter((row) => row.problems.size).length;
    const sending = rows.some((row) => row.sending);
    const [look, sentence] = this.stand(saver, unsent, sending);
    const text = fill(this.words[sentence], { n: unsent, message: saver.message });
    this.state.className = `chip ${look}`;
    if (this.state.dataset.said !== text) this.write(text, saver);
    this.mend.hidden = wrong === 0;
    this.mend.textContent = `! ${fill(this.words.rows_to_mend, { n: wrong })}`;
    const asked = rows.filter((row) => row.unexplained.length).length;
    this.explain.hidden = asked === 0;
    this.explain.textContent = `? ${fill(this.words.rows_to_explain, { n: asked })}`;
    this.save.disabled = unsent === 0;
    if (!this.errors.hidden) this.list();
  }

  stand(saver, unsent, sending) {
    if (!unsent) return ["ok", "all_saved"];
    if (saver.trouble === "signed-out") return ["bad", "signed_out"];
    if (saver.trouble === "offline") return ["pend", "offline"];
    if (saver.trouble === "refused") return ["bad", saver.message ? "refused" : "refused_page"];
    return sending ? ["pend", "sending"] : ["pend", "unsent"];
  }

  write(text, saver) {
    this.state.dataset.said = text;
    this.state.textContent = text;
    if (saver.trouble !== "signed-out") return;
    const link = Object.assign(document.createElement("a"), { href: this.state.dataset.signIn, target: "_blank" });
    link.textContent = this.words.sign_in;
    this.state.append(" ", link);
  }

  /** Show the summary of errors, each leading to its cell; `jump` also goes to the first one. */
  showErrors({ jump = false } = {}) {
    this.open("entries", "mend_title", "bad");
    if (jump) this.go(this.entries()[0]);
  }

  /** Show which unlikely figures have no reason yet; the server submits all but their villages. */
  showDoubts({ jump = false } = {}) {
    this.open("unexplained", "explain_title", "warn");
    if (jump) this.go(this.unexplained()[0]);
  }

  open(what, title, look) {
    this.listing = { what, title };
    this.errors.className = `note ${look}`;
    this.errors.hidden = false;
    this.list();
  }

  entries() {
    return this.grid.rows.flatMap((row) => [...row.problems].map(([field, message]) => ({ row, field, message })));
  }

  unexplained() {
    return this.grid.rows.flatMap((row) => row.unexplained.map((field) => ({ row, field, message: row.question(field) })));
  }

  list() {
    const { what, title } = this.listing || { what: "entries", title: "mend_title" };
    const entries = this[what]();
    this.errors.hidden = entries.length === 0;
    this.errors.querySelector("h2").textContent = fill(this.words[title], { n: entries.length });
    const items = entries.slice(0, MOST).map((entry) => this.line(entry));
    if (entries.length > MOST) items.push(Object.assign(document.createElement("li"), { textContent: fill(this.words.more, { n: entries.length - MOST }) }));
    this.errors.querySelector("ul").replaceChildren(...items);
    this.offer(what === "unexplained");
  }

  line({ row, field, message }) {
    const label = this.grid.config.byName.get(field)?.label;
    const link = Object.assign(document.createElement("a"), { href: `#v-${row.id}-${field || this.grid.config.measures[0].name}` });
    link.textContent = label ? `${row.name}, ${label}` : row.name;
    const item = document.createElement("li");
    item.append(link, `: ${message}`);
    return item;
  }

  /** The way on for someone who can't give the reasons now. */
  offer(on) {
    const there = this.errors.querySelector("button");
    if (!on) return there?.remove();
    if (there) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: this.words.submit_anyway });
    button.addEventListener("click", () => this.grid.submission.start({ explained: true }));
    this.errors.append(button);
  }

  follow(event) {
    const target = event.target.closest("a")?.hash.slice(1);
    const row = target && this.grid.rows.find((candidate) => candidate.id === Number(target.split("-")[1]));
    if (!row) return;
    event.preventDefault();
    this.go({ row, field: target.split("-").slice(2).join("-") });
  }

  go(entry) {
    if (!entry) return;
    const column = entry.row.cells.findIndex((cell) => cell.measure.name === entry.field);
    this.grid.visit(entry.row, Math.max(column, 0));
  }
}
