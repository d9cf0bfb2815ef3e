/* Signing out on a shared computer: the kept pages go with the person. What has not been sent is told first.
 *
 * Whoever did not sign out, but whose session ended, comes back to their pages by signing in; when someone else has
 * signed in instead, the pages go all the same. Drafts stay for their author either way. */

import { clearOthers, clearPages, forgetWhose, isUnsent, openStore } from "./store.js";

const form = document.getElementById("sign-out");

/** Take the pages away; tells whether something that has not been sent stands against signing out. */
async function leave(user) {
  const store = await openStore();
  if ((await store.all()).some((record) => isUnsent(record, user))) return false;
  await clearPages(store, user);
  await forgetWhose();
  return true;
}

if (form) clearOthers(Number(form.dataset.user)).catch(() => {});

form?.addEventListener("submit", async (event) => {
  if (form.dataset.sure) return;
  event.preventDefault();
  // A browser that can't tell what it keeps must still let a person go.
  const may = await leave(Number(form.dataset.user)).catch(() => true);
  if (!may) return location.assign(`${form.dataset.kept}?leave=1`);
  form.dataset.sure = "1";
  form.requestSubmit();
});
