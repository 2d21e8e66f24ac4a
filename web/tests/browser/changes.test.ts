import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { addresses, call, newTicket, uniqueWord } from "./local-run";
import { held } from "./routed-replies";

const BOB = 14;

browse("changes name representatives and channels, not their numbers", async (open) => {
  const ticket = await newTicket(uniqueWord());
  await call("PATCH", `Tickets/${ticket.ticketID}`, { customerRepID: BOB, channelID: 5 });
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("tab", { name: "Changes" }).click();
  const entry = page.locator(".changes > li").filter({ hasText: "Assigned to" }).first();
  await entry.getByText("Bob Agent").waitFor();
  await entry.getByText("WhatsApp").waitFor();
});

browse("changes from before a message's kind was kept are shown, too", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.route("**/changes?*", async (route) => {
    const reply = await route.fetch();
    const page = (await reply.json()) as { items: { changes: object }[] };
    page.items[0]!.changes = { messages: [null, { messageID: 1, direction: null }] };
    await route.fulfill({ response: reply, json: page });
  });
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.locator(".changes ins").getByText("message", { exact: true }).waitFor();
});

/** Change a ticket's preview to each of these numbers, one after the other. */
async function previewed(ticketID: number, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) await call("PATCH", `Tickets/${ticketID}`, { preview: `No. ${number}` });
}

browse("however many changes come at once, none is left out before those that were read", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const numbers = Array.from({ length: 50 }, (_, index) => index + 1);
  await previewed(ticketID, numbers.slice(0, 25));
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticketID}`);
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.getByRole("button", { name: "Older changes" }).click();
  const shown = page.locator(".changes ins");
  await shown.getByText("No. 1", { exact: true }).waitFor();
  const release = await held(page, "**/api/Changes?*");
  await previewed(ticketID, numbers.slice(25));
  release();
  await shown.getByText("No. 50", { exact: true }).waitFor();
  const texts = (await shown.allTextContents()).filter((text) => text.startsWith("No. "));
  assert.deepEqual(texts, numbers.map((number) => `No. ${number}`).reverse());
});
