import { browse } from "./browsing";
import { newTicket, uniqueWord } from "./local-run";
import { signIn } from "./shown-views";

/** Presses the key of a ticket's form in the moment in which the ticket's actions are there, before they are painted. */
const PRESSED_AT_ONCE = `new MutationObserver((_, observer) => {
  if (!document.querySelector(".actions")) return;
  observer.disconnect();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "e", bubbles: true }));
}).observe(document, { childList: true, subtree: true })`;

browse("a key counts as soon as what it acts on is there", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open();
  await page.addInitScript(PRESSED_AT_ONCE);
  await signIn(page, `open/${ticketID}`, ".actions");
  await page.getByRole("dialog").waitFor();
});
