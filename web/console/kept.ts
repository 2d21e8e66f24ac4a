import { Store } from "../widget/store";

/** What a tab keeps over a reload; where the browser forbids it, or has no room, only as long as the page is there. */
export const inTab = new Store(() => sessionStorage, "tickets.");
/** What the browser keeps over all, likewise. */
export const inBrowser = new Store(() => localStorage, "tickets.");
