import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { addresses, call, newTicket, uniqueWord } from "./local-run";

const BOB = 14;
const RIK = 15;

browse("what was being written about a ticket that another took meanwhile is not lost", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Ann Agent");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("textbox", { name: "Answer" }).fill("Half a sent");
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await page.getByRole("dialog").getByLabel("Summary").fill("Half a thou");
  await page.keyboard.press("Escape");
  await call("PUT", `Tickets/${ticket.ticketID}/assign`, {}, BOB);
  await page.getByText("You may not see or change this ticket.").waitFor();
  assert.equal(await page.getByLabel("What you were writing (Answer)").inputValue(), "Half a sent");
  assert.equal(await page.getByLabel("What you were writing (Fields)").inputValue(), "Summary: Half a thou");
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
