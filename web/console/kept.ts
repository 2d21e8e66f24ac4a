import { KeptTexts } from "../widget/kept-texts";

/** What a tab keeps over a reload; where the browser forbids it, or has no room, only as long as the page is there. */
export const inTab = new KeptTexts(() => sessionStorage, "tickets.");
/** What the browser keeps over all, likewise. */
export const inBrowser = new KeptTexts(() => localStorage, "tickets.");
