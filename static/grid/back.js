/* What a person is told when they come back to the page: how a submission went, and what an earlier visit left unsent. */

import { fill, moment } from "./figures.js";

const MOST = 10;

/** After a submission the page is loaded anew, so that it shows what the server has. */
export function submitted(result) {
  sessionStorage.setItem("grid-submitted", JSON.stringify(result));
  location.reload();
}

function tellSubmitted(grid) {
  const result = JSON.parse(sessionStorage.getItem("grid-submitted"));
  sessionStorage.removeItem("grid-submitted");
  if (!result) return;
  const names = new Map(grid.rows.map((row) => [row.id, row.name]));
  const refused = (result.refused || []).map(({ area, message }) => `${names.get(area) || area}: ${message}`);
  const lines = [fill(grid.config.words.submitted, { n: result.submitted }), ...refused.slice(0, MOST)];
  if (refused.length > MOST) lines.push(fill(grid.config.words.more, { n: refused.length - MOST }));
  grid.says.tell(lines, refused.length ? "warn" : "ok");
}

function bringBack(grid) {
  const changes = [];
  for (const kept of grid.keep.offered()) {
    const row = grid.rows.find((candidate) => candidate.id === kept.area && !candidate.locked);
    if (!row) continue;
    // The version they were typed on, so that the server notices what others wrote meanwhile.
    row.version = kept.version;
    if (row.nil !== kept.nil) changes.push({ row, nil: kept.nil });
    if (kept.nil) continue;
    row.cells.forEach((cell, column) => changes.push({ row, column, text: kept.values[cell.measure.name] ?? "" }));
  }
  if (changes.length) grid.change(changes);
  grid.keep.forget();
}

export function welcomeBack(grid) {
  tellSubmitted(grid);
  const { left } = grid.keep;
  if (!left.length) return;
  const { words } = grid.config;
  grid.says.tell([fill(words.kept_offer, { n: left.length, when: moment(left.map((row) => row.at).sort().at(-1)) })], "warn", [
    [words.kept_back, () => bringBack(grid)],
    [words.kept_drop, () => grid.keep.forget()],
  ]);
}
