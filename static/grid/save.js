/* Sends changed rows, one request at a time, and again until the server has acknowledged them. */

import { forgetWhose } from "../offline/store.js";

const LATER = 3000;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
const PATIENCE = 30000;

function token() {
  // The cookie first: it changes when the person signs in again in another window, the form does not.
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie?.slice("csrftoken=".length) || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
}

/** POST JSON; return {ok, status, body}. Status 0: the server was not reached. */
export async function post(url, body, user) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": token(),
        // Who typed this: the server refuses it when someone else has signed in meanwhile.
        "X-Entered-By": String(user),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { ok: response.ok && isJson, status: response.status, body: isJson ? await response.json() : {} };
  } catch {
    return { ok: false, status: 0, body: {} };
  }
}

/** `trouble` is "" (none), "offline", "signed-out" or "refused"; `message` the server's own words, if any. */
export class Saver {
  constructor(grid) {
    this.grid = grid;
    this.trouble = "";
    this.message = "";
    this.wait = FIRST_WAIT;
    for (const event of ["online", "focus"]) {
      window.addEventListener(event, () => this.trouble && this.trouble !== "refused" && this.flush());
    }
  }

  /** Send what can be sent in `delay` ms, or sooner when that was asked before. */
  soon(delay) {
    const due = Date.now() + (this.trouble ? Math.max(delay, this.wait) : delay);
    if (this.due && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.flush({ typing: false }), due - Date.now());
  }

  /** Send everything that can be sent; `typing: false` leaves out the row in which the person is. Tells if all went. */
  flush({ typing = true } = {}) {
    // One that failed must not keep the next from being tried.
    this.flushing = (this.flushing || Promise.resolve()).catch(() => {}).then(() => this.drain(typing));
    return this.flushing;
  }

  async drain(typing) {
    clearTimeout(this.timer);
    this.due = 0;
    for (;;) {
      const batch = this.grid.sendable(typing).slice(0, this.grid.config.maxRows);
      if (!batch.length) {
        // The row that is being typed in waits for a pause.
        if (this.grid.sendable(true).length) this.soon(LATER);
        else this.grid.remarks.send();
        return !this.trouble;
      }
      if (!(await this.send(batch))) return false;
    }
  }

  async send(batch) {
    const { grid } = this;
    const sent = batch.map((row) => row.parcel());
    for (const row of batch) row.sending = true;
    grid.show(batch);
    // On disk first: whatever happens to this tab or to the answer, the row is sent again under the same key.
    await grid.keep.write(batch);
    const reply = await post(grid.config.saveUrl, { rows: sent }, grid.config.user);
    for (const row of batch) row.sending = false;
    const before = this.trouble;
    if (reply.ok) this.succeed(reply.body, sent);
    else this.fail(reply, batch, sent);
    // Rows that were not sent now wait for the same reason as those that were.
    grid.show(this.trouble === before ? batch : grid.rows.filter((row) => row.dirty || batch.includes(row)));
    return reply.ok;
  }

  /** The server has answered. */
  reached() {
    if (this.trouble === "offline") this.grid.says.onlineAgain();
    Object.assign(this, { trouble: "", message: "", wait: FIRST_WAIT });
  }

  succeed(body, sent) {
    this.reached();
    this.grid.answers.take(body, sent);
    this.grid.remarks.send();
  }

  /** What may have arrived, though no answer did, is remembered: it is no one else's change when it shows up. */
  remember(batch, sent) {
    batch.forEach((row, at) => {
      if (!row.unanswered.some((parcel) => parcel.key === sent[at].key)) row.unanswered.push(sent[at]);
    });
  }

  /** The kept pages wait for a sign-in, as after any page that asks for one; the rows are kept all the same. */
  signedOut() {
    this.trouble = "signed-out";
    forgetWhose().catch(() => {});
  }

  fail({ status, body }, batch = [], sent = []) {
    if (status === 0 || status >= 500) this.remember(batch, sent);
    this.message = body.message || "";
    if (status === 401) this.signedOut();
    else if (status === 0 || status >= 500 || status === 429) this.trouble = "offline";
    else this.trouble = "refused";
    if (this.trouble === "refused") return;
    this.grid.show([]);
    // Not all browsers of an office at the same moment, when the line comes back.
    this.soon(this.wait * (1 + Math.random() * 0.4));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }
}
