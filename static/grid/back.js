/* Submitting, and what a person is told when they come back: how a submission went, what an earlier visit left unsent. */

import { fill, moment } from "./figures.js";
import { post } from "./save.js";

const MOST = 10;

/** Tell, after the page was loaded anew, how the submission went. */
export function tellSubmitted(grid) {
  const result = JSON.parse(sessionStorage.getItem("grid-submitted"));
  sessionStorage.removeItem("grid-submitted");
  if (!result) return;
  const refused = (result.refused || []).map(({ area, message }) => `${grid.byId.get(area)?.name || area}: ${message}`);
  const lines = [fill(grid.config.words.submitted, { n: result.submitted }), ...refused.slice(0, MOST)];
  if (refused.length > MOST) lines.push(fill(grid.config.words.more, { n: refused.length - MOST }));
  grid.says.tell(lines, refused.length ? "warn" : "ok");
}

/** A page that the worker brought out of this computer says so, and from when it is. */
export function tellCopy(grid) {
  const { kept } = document.documentElement.dataset;
  const spot = document.getElementById("grid-copy");
  spot.hidden = !kept;
  if (kept) spot.textContent = fill(grid.config.words.offline_copy, { when: moment(kept) });
}

/** Whether the server has just these figures by now. */
function arrived(row, kept) {
  if (row.nil !== kept.nil) return false;
  return kept.nil || row.cells.every((cell) => cell.sameAs(kept.values[cell.measure.name]));
}

function changesOf(row, kept) {
  const changes = row.nil !== kept.nil ? [{ row, nil: kept.nil }] : [];
  if (kept.nil) return changes;
  return [...changes, ...row.cells.map((cell, column) => ({ row, column, text: kept.values[cell.measure.name] ?? "" }))];
}

/** The newest record of each village; tabs that were open side by side may have left several. */
function newest(records) {
  const byArea = new Map();
  for (const kept of [...records].sort((one, other) => (one.at < other.at ? -1 : 1))) byArea.set(kept.area, kept);
  return byArea;
}

function tellLocked(grid, row, kept) {
  const { words } = grid.config;
  const labels = new Map(kept.labels || []);
  const typed = Object.entries(kept.values).filter(([, text]) => text);
  const figures = typed.map(([name, text]) => `${labels.get(name) || name} ${text}`).join(", ") || words.nil;
  const said = fill(row.late ? words.kept_late : words.kept_locked, { name: row.name, when: moment(kept.at), figures, why: row.late });
  grid.says.tell([said], "bad", [[words.kept_seen, () => grid.keep.forget([kept])]]);
}

/** Put the rows that an earlier visit left unsent back into the table, from where they are sent. */
export async function welcomeBack(grid) {
  const { keep, config } = grid;
  const back = [];
  const changes = [];
  for (const [area, kept] of newest(keep.left)) {
    const row = grid.byId.get(area);
    if (!row) continue;
    const others = keep.left.filter((record) => record.area === area && record !== kept);
    if (others.length) await keep.forget(others);
    if (arrived(row, kept)) await keep.forget([kept]);
    else if (row.locked) tellLocked(grid, row, kept);
    else if (!row.dirty) {
      changes.push(...changesOf(row, kept));
      back.push({ row, kept, version: row.version });
    }
  }
  if (!back.length) return;
  const step = grid.change(changes);
  for (const { row, kept } of back) {
    // The version they were typed on, so that the server notices what others wrote meanwhile.
    Object.assign(row, { version: kept.version, unanswered: kept.unanswered || [] });
    row.reseal(kept.key);
    kept.returned = true;
  }
  await keep.write();
  const records = back.map(({ kept }) => kept);
  const when = moment(records.map((kept) => kept.at).sort().at(-1));
  const drop = () => {
    for (const { row, version } of back) if (row.version < version) row.version = version;
    grid.history.revert(step);
    keep.forget(records);
  };
  grid.says.tell([fill(config.words.kept_back, { n: back.length, when })], "warn", [[config.words.kept_drop, drop]]);
}

/** Submits what is drafted, when all has arrived and nothing is left to mend. */
export class Submission {
  constructor(grid) {
    this.grid = grid;
  }

  /** Send everything, then submit; while something is wrong, unsent or unexplained nothing is submitted. */
  async start({ explained = false } = {}) {
    if (this.running) return;
    this.running = true;
    try {
      await this.once(explained);
    } finally {
      this.running = false;
    }
  }

  async once(explained) {
    const { grid } = this;
    const isWrong = () => grid.rows.some((row) => row.problems.size);
    grid.typing.commit();
    const flushed = grid.saver.flush();
    // What is wrong at the click stops it: mended while the rest is sent, it would be submitted unasked.
    if (isWrong()) return grid.says.showErrors({ jump: true });
    await flushed;
    if (isWrong()) return grid.says.showErrors({ jump: true });
    if (grid.rows.some((row) => row.dirty)) return grid.says.unsent();
    if (!explained && grid.says.unexplained().length) return grid.says.showDoubts({ jump: true });
    const reply = await post(grid.config.submitUrl, {}, grid.config.user);
    if (reply.status === 0) return grid.says.tell([grid.config.words.submit_offline], "bad");
    if (!reply.ok) return grid.says.tell([reply.body.message || grid.config.words.submit_failed], "bad");
    // The page is loaded anew, so that it shows what the server has.
    sessionStorage.setItem("grid-submitted", JSON.stringify(reply.body));
    location.reload();
  }
}
