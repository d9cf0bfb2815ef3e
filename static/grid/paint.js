/* Shows the rows: edges and messages at the cells, the chip of each row, the totals, the conflict box. */

import { fill, format, moment, parse, show } from "./figures.js";

const LOOKS = {
  bad: ["bad", "!"], conflict: ["bad", "⇄"], sending: ["pend", "⟳"], kept: ["pend", "⟳"], changed: ["pend", "•"], none: ["", "–"],
  nil: ["ok", "✓"], draft: ["ok", "✓"], submitted: ["ok", "↑"], returned: ["warn", "↩"], confirmed: ["ok", "✓"], approved: ["ok", "✓✓"], locked: ["bad", "!"], late: ["bad", "!"],
  refused: ["bad", "!"],
};

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** The sentence at a cell: what is wrong with it, or what is unlikely and which reason was given; at the first one, why
 * the row can't be written any more. */
function sentence(row, cell) {
  const { name } = cell.measure;
  const wrong = row.problems.get(name) || "";
  const doubt = wrong || row.locked ? "" : row.question(name);
  const reason = doubt && row.reasons.of(cell);
  const { words } = row.config;
  const late = cell === row.cells[0] ? row.late : "";
  return { wrong, doubt, reason, text: wrong || late || [doubt, reason && fill(words.explained, { reason })].filter(Boolean).join(" ") };
}

function paintMessage(row, cell, { wrong, doubt, reason, text }) {
  const id = `e-${row.id}-${cell.measure.name}`;
  let why = cell.td.querySelector(".why");
  cell.input.toggleAttribute("aria-invalid", Boolean(wrong));
  if (wrong) cell.input.setAttribute("aria-invalid", "true");
  if (!text) {
    why?.remove();
    cell.td.querySelector(".ask")?.remove();
    cell.input.removeAttribute("aria-describedby");
    return;
  }
  if (!why) {
    why = element("span", "why");
    why.id = id;
    cell.td.append(why);
  }
  why.textContent = text;
  cell.input.setAttribute("aria-describedby", id);
  paintAsk(row, cell, doubt && !reason);
}

/** The way to the reason by finger or mouse; by keyboard it is Shift+F2. */
function paintAsk(row, cell, asks) {
  const ask = cell.td.querySelector(".ask");
  if (!asks) return ask?.remove();
  if (ask) return;
  const button = element("button", "ask", "?");
  Object.assign(button, { type: "button", title: row.config.words.give_reason });
  button.setAttribute("aria-label", `${row.config.words.give_reason}: ${row.name}, ${cell.measure.label}`);
  button.dataset.word = row.config.words.give_reason;
  if (!matchMedia("(max-width: 700px)").matches) button.tabIndex = -1;
  cell.td.append(button);
}

function paintCell(row, cell) {
  const said = sentence(row, cell);
  const { td, input } = cell;
  td.classList.toggle("bad", Boolean(said.wrong));
  td.classList.toggle("doubt", Boolean(said.doubt) && !said.reason);
  td.classList.toggle("explained", Boolean(said.reason));
  td.classList.toggle("pend", !said.wrong && !row.locked && !row.nil && cell.changed);
  if (said.text || td.querySelector(".why")) paintMessage(row, cell, said);
  input.readOnly = row.nil || row.locked;
  input.placeholder = row.nil ? row.config.words.nil : "";
}

function paintChip(row, { trouble, message }) {
  const status = row.status(trouble);
  let [look, sign] = LOOKS[status] || ["", ""];
  const { words } = row.config;
  let word = status === "bad" ? fill(words.to_mend, { n: row.problems.size }) : words[`row_${status}`] || status;
  if (row.nil && ["submitted", "confirmed", "returned", "approved"].includes(status)) word += `, ${words.nil}`;
  const asked = status === "bad" || status === "conflict" ? 0 : row.unexplained.length;
  if (asked) {
    word += ` · ? ${fill(words.to_explain, { n: asked })}`;
    if (look === "ok") look = "warn";
  }
  const chip = row.tr.querySelector("td.state .chip");
  const text = `${sign} ${word}`;
  const title = (status === "refused" && message) || row.message || row.problems.get("") || "";
  if (chip.className !== `chip ${look}`) chip.className = `chip ${look}`;
  if (chip.textContent !== text) chip.textContent = text;
  if (chip.title !== title) chip.title = title;
}

export function paintRow(row, saver) {
  row.tr.dataset.state = row.state;
  row.tr.classList.toggle("nil", row.nil);
  row.tr.classList.toggle("locked", row.locked);
  row.box.disabled = row.locked;
  for (const cell of row.cells) paintCell(row, cell);
  paintChip(row, saver);
}

/** Show both sides of a conflict under the row, and let the person choose; nothing is overwritten until they do. */
export function paintConflict(row, choose) {
  document.getElementById(`conflict-${row.id}`)?.remove();
  if (!row.conflict) return;
  const { words } = row.config;
  const theirs = row.conflict;
  const line = document.createElement("tr");
  line.id = `conflict-${row.id}`;
  line.className = "conflict";
  const box = element("td", "");
  box.colSpan = row.tr.cells.length;
  box.append(element("p", "", fill(words.conflict, { name: row.name, by: theirs.by, at: moment(theirs.at) })));
  const list = document.createElement("ul");
  for (const cell of row.cells) {
    const [mine, their] = [row.nil ? "" : cell.input.value, theirs.nil ? "" : theirs.values[cell.measure.name] ?? ""];
    const read = parse(their, cell.measure, words);
    const shown = read.error ? their : show(read.figure, cell.measure, words);
    if (mine === shown) continue;
    const said = { label: cell.measure.label, mine: mine || words.blank, theirs: shown || words.blank };
    list.append(element("li", "", fill(words.conflict_figure, said)));
  }
  if (row.nil !== theirs.nil) list.append(element("li", "", theirs.nil ? words.conflict_they_nil : words.conflict_you_nil));
  box.append(list);
  for (const side of ["mine", "theirs"]) {
    const button = element("button", "btn", words[`keep_${side}`]);
    button.type = "button";
    button.addEventListener("click", () => choose(row, side));
    box.append(button, " ");
  }
  line.append(box);
  row.tr.after(line);
}

/** Keeps the totals row: the sum of what each column of this page shows, of flags how many say yes. */
export class Totals {
  constructor(table, rows, config) {
    this.rows = rows;
    const spots = table.tFoot.querySelectorAll("[data-total]");
    this.columns = config.measures
      .map((measure, index) => ({ index, places: measure.places, kind: measure.kind, spot: spots[index] }))
      .filter((column) => column.kind !== "mean" && column.kind !== "code");
  }

  paint() {
    for (const { index, places, spot } of this.columns) {
      let sum = 0n;
      let filled = false;
      for (const row of this.rows) {
        const figure = row.nil ? null : row.cells[index].figure;
        if (figure == null) continue;
        filled = true;
        sum += BigInt(figure);
      }
      const text = filled ? format(sum, places) : "";
      if (spot.textContent !== text) spot.textContent = text;
    }
  }
}
