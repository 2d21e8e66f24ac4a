import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { addresses, call, messagesOf, newTicket, uniqueWord } from "./local-run";

const BOB = 14;
const RIK = 15;

browse("an answer to a ticket that another took meanwhile is not lost", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Ann Agent");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("textbox", { name: "Answer" }).fill("Half a sent");
  await call("PUT", `Tickets/${ticket.ticketID}/assign`, {}, BOB);
  await page.getByText("You may not see or change this ticket.").waitFor();
  assert.equal(await page.getByLabel("What you were writing (Answer)").inputValue(), "Half a sent");
});

browse("who may not assign is not offered it", async (open) => {
  const subject = uniqueWord();
  const page = await signedIn(open, "Rik Restricted");
  await call("POST", "Tickets", { status: "Open", subject, channelType: "Email" }, RIK);
  await page.getByRole("row").filter({ hasText: subject }).click();
  const actions = page.getByRole("toolbar", { name: "Actions" });
  await actions.getByTitle("More").click();
  await actions.getByRole("button", { name: "Delete …" }).waitFor();
  assert.equal(await actions.getByRole("button", { name: /Assign|Give it back/ }).count(), 0);
});

browse("answers that were written without a network arrive in their order", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  const answer = page.getByRole("textbox", { name: "Answer" });
  await answer.waitFor();
  await page.context().setOffline(true);
  const texts = ["First", "Second", "Third"];
  for (const text of texts) {
    await answer.fill(text);
    await page.keyboard.press("Control+Enter");
  }
  await page.context().setOffline(false);
  await page.locator(".message.outgoing").first().waitFor({ state: "detached" });
  await page.locator(".message:not(.outgoing)").filter({ hasText: "Third" }).waitFor();
  assert.deepEqual(
    (await messagesOf(ticket.ticketID)).map((message) => message.body),
    texts,
  );
});

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
