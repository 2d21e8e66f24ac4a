import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Ticket } from "../../api/types";
import { browse } from "./browsing";
import { ANN, call, newTicket, uniqueWord } from "./local-run";
import { held } from "./routed-replies";
import { signIn } from "./shown-views";

const BILLING = 1;

function about(ticketID: number, topicIds: number[]): Promise<unknown> {
  return call("PUT", "Tickets/bulk", { ticketIDs: [ticketID], action: "updatetopics", topicIds }, ANN);
}

/** Set what is ticked; return the topics that the ticket then has. */
async function set(page: Page, ticketID: number): Promise<string[]> {
  await page.locator(".actions").getByRole("button", { name: "Set topics" }).click();
  await page.locator(".actions[aria-busy=false]").waitFor();
  return (await call<Ticket>("GET", `Tickets/${ticketID}`)).topics;
}

browse("a ticket keeps its topics where those of the customer come late", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  await about(ticketID, [BILLING]);
  const page = await open();
  const release = await held(page, "**/api/Topics?*");
  await signIn(page, `open/${ticketID}`, ".actions");
  release();
  await page.keyboard.press("t");
  await page.locator(".actions").getByRole("checkbox", { name: "Delivery" }).check();
  assert.deepEqual(await set(page, ticketID), ["Billing", "Delivery"]);
});

browse("topics that are ticked while something else is under way are set after it", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open();
  await signIn(page, `open/${ticketID}`, ".actions");
  const actions = page.locator(".actions");
  const release = await held(page, "**/api/Tickets/*");
  await actions.getByRole("button", { name: "Close" }).click();
  await actions.and(page.locator("[aria-busy=true]")).waitFor();
  await page.keyboard.press("t");
  await actions.getByRole("checkbox", { name: "Delivery" }).check();
  assert.ok(await actions.getByRole("button", { name: "Set topics" }).isDisabled());
  release();
  assert.deepEqual(await set(page, ticketID), ["Delivery"]);
});

browse("a topic that is ticked stays so while another changes the ticket's", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open();
  await signIn(page, `open/${ticketID}`, ".actions");
  await page.keyboard.press("t");
  await page.locator(".actions").getByRole("checkbox", { name: "Delivery" }).check();
  await about(ticketID, [BILLING]);
  await page.locator(".topics .tag").getByText("Billing").waitFor();
  assert.deepEqual(await set(page, ticketID), ["Billing", "Delivery"]);
});
