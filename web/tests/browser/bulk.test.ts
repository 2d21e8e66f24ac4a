import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Ticket } from "../../api/types";
import { browse, signedIn } from "./browsing";
import { addresses, ANN, call, newTicket, searchable, tokenOf, uniqueWord } from "./local-run";

const BILLING = 1;

/** Select the one ticket that a search finds, and return the bar of what can be done with them. */
async function selected(page: Page, word: string) {
  await page.getByRole("searchbox").fill(word);
  await page.getByRole("heading", { level: 1, name: "All open 1", exact: true }).waitFor();
  await page.getByRole("row").filter({ hasText: word }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".rows").press("*");
  const bar = page.getByRole("toolbar", { name: "With the selected tickets" });
  await bar.waitFor();
  return bar;
}

async function statusOf(ticketID: number): Promise<number> {
  const headers = { Authorization: `Bearer ${await tokenOf(12)}` };
  return (await fetch(`${addresses.api}/api/Tickets/${ticketID}`, { headers })).status;
}

browse("tickets are deleted once that is confirmed", async (open) => {
  const word = uniqueWord();
  const ticket = await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  const bar = await selected(page, word);
  await bar.getByTitle("More").click();
  await bar.getByRole("button", { name: "Delete …", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Delete for good? Tickets: 1" });
  await question.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await statusOf(ticket.ticketID), 200);
  await bar.getByTitle("More").click();
  await bar.getByRole("button", { name: "Delete …", exact: true }).click();
  await question.getByRole("button", { name: "Delete" }).click();
  await page.getByText("Tickets done: 1").waitFor();
  assert.equal(await statusOf(ticket.ticketID), 404);
});

browse("a hook's actions are run on what is selected", async (open) => {
  const word = uniqueWord();
  const { ticketID } = await newTicket(word);
  await call("PUT", "Tickets/bulk", { ticketIDs: [ticketID], action: "updatetopics", topicIds: [BILLING] });
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  const bar = await selected(page, word);
  await bar.getByTitle("More").click();
  await bar.getByLabel("Run the actions of").selectOption("PostTopicDetection");
  await bar.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText("Begun: 1.").waitFor();
  await page.getByRole("row").getByRole("img", { name: "Important" }).waitFor();
});

browse("assigning leaves everything else as it is", async (open) => {
  const word = uniqueWord();
  const { ticketID } = await newTicket(word);
  await call("POST", "TicketMessages", { ticketID, body: "Hello?", direction: "EndUser" });
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  const bar = await selected(page, word);
  await bar.getByText("Assign", { exact: true }).click();
  await bar.getByRole("button", { name: "Ann Agent" }).click();
  await page.getByText("Tickets done: 1").waitFor();
  const { customerRepID, unread, isClosed } = await call<Ticket>("GET", `Tickets/${ticketID}`);
  assert.deepEqual(
    { customerRepID, unread, isClosed },
    { customerRepID: ANN, unread: true, isClosed: false },
  );
});
