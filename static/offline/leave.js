/* Signing out on a shared computer: the kept pages go with the person. What has not been sent is told first. */

import { clearPages, forgetWhose, openStore } from "./store.js";

const form = document.getElementById("sign-out");

/** Whether this person has something here that the server has not. */
async function hasUnsent(user) {
  try {
    return (await (await openStore()).all()).some((record) => record.user === user);
  } catch {
    return false;
  }
}

form?.addEventListener("submit", async (event) => {
  if (form.dataset.sure) return;
  event.preventDefault();
  const user = Number(form.dataset.user);
  if (await hasUnsent(user)) return location.assign(`${form.dataset.kept}?leave=1`);
  await Promise.allSettled([clearPages(user), forgetWhose()]);
  form.dataset.sure = "1";
  form.requestSubmit();
});
