/* The page that asks for a sign-in: whoever was signed in here is so no longer, and their kept pages wait for them. */

import { forgetWhose } from "./store.js";

forgetWhose().catch(() => {});
