import assert from "node:assert/strict";
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

/** Notes what has the focus in the moment in which a dialog is there. */
const FIRST_FOCUSED = `new MutationObserver((_, observer) => {
  if (!document.querySelector("dialog")) return;
  observer.disconnect();
  window.first = document.activeElement.localName;
}).observe(document, { childList: true, subtree: true })`;

browse("what is typed right after the key of a form goes into the form", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open();
  await page.addInitScript(FIRST_FOCUSED);
  await signIn(page, `open/${ticketID}`, ".actions");
  await page.keyboard.press("e");
  await page.waitForFunction("window.first");
  assert.equal(await page.evaluate("first"), "input");
});

/** Presses the key of a ticket's form in the moment in which its dialog is closed. */
const PRESSED_WHEN_CLOSED = `new MutationObserver((_, observer) => {
  if (document.querySelector("dialog[open]")) return;
  observer.disconnect();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "e", bubbles: true }));
}).observe(document, { attributeFilter: ["open"], subtree: true })`;

browse("a key right after Escape counts", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open();
  await signIn(page, `open/${ticketID}`, ".actions");
  await page.keyboard.press("e");
  await page.getByRole("dialog").waitFor();
  await page.evaluate(PRESSED_WHEN_CLOSED);
  await page.keyboard.press("Escape");
  await page.waitForFunction("document.querySelectorAll('dialog:not([open])').length === 0");
  assert.ok(await page.getByRole("dialog").isVisible());
});

/** Presses two keys one right after the other, as where they waited for a page that was at work. */
const PRESSED_AT_A_STRETCH = `(async (keys) => {
  for (const key of keys) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    for (let step = 0; step < 9; step++) await null; // what is drawn at once is drawn
  }
})`;

browse("a key right after a step to another ticket does nothing to the one before", async (open) => {
  const before = await newTicket(uniqueWord());
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open();
  await signIn(page, `open/${ticketID}`, ".actions");
  for (const shown of [ticketID, before.ticketID]) await page.locator(`#ticket-${shown}`).waitFor();
  const changed: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") changed.push(new URL(request.url()).pathname);
  });
  await page.evaluate(`${PRESSED_AT_A_STRETCH}(["j", "c"])`);
  await page
    .locator(".ticket-facts")
    .getByText(`#${ticketID}`, { exact: true })
    .waitFor({ state: "detached" });
  await page.locator(".actions[aria-busy=false]").waitFor();
  assert.ok(!changed.includes(`/api/Tickets/${ticketID}`));
});
