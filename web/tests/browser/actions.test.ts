// What is done to one ticket while something else is being done to it, or is shown by then.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browse, type Open } from "./browsing";
import { newTicket, uniqueWord } from "./local-run";
import { held } from "./routed-replies";
import { signIn } from "./shown-views";

/** Open a new ticket. */
async function opened(open: Open): Promise<{ page: Page; ticketID: number }> {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open();
  await signIn(page, `open/${ticketID}`, ".actions");
  return { page, ticketID };
}

browse("what could not be done now is not offered while something is under way", async (open) => {
  const { page } = await opened(open);
  const actions = page.locator(".actions");
  const release = await held(page, "**/api/Tickets/*");
  await actions.getByRole("button", { name: "Close", exact: true }).click();
  await page.locator(".actions[aria-busy=true]").waitFor();
  await page.keyboard.press("f");
  await actions.getByLabel("At", { exact: true }).fill("2099-01-02T03:04");
  assert.ok(await actions.getByRole("button", { name: "Set", exact: true }).isDisabled());
  assert.ok(await actions.getByRole("button", { name: "Tomorrow" }).isDisabled());
  await page.keyboard.press("Escape");
  await page.keyboard.press("m");
  for (const name of ["Mark as important", "Escalate", "Delete …"])
    assert.ok(await actions.getByRole("button", { name, exact: true }).isDisabled(), name);
  assert.ok(await actions.getByRole("button", { name: "Edit …", exact: true }).isEnabled());
  release();
  await page.locator(".actions[aria-busy=false]").waitFor();
  assert.ok(await actions.getByRole("button", { name: "Escalate", exact: true }).isEnabled());
});

browse("who looks at something else by the time a ticket is deleted stays there", async (open) => {
  const other = await newTicket(uniqueWord());
  const { page, ticketID } = await opened(open);
  const release = await held(page, "**/api/Tickets/bulk");
  await page.keyboard.press("m");
  await page.locator(".actions").getByRole("button", { name: "Delete …", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("row").filter({ hasText: other.subject }).click();
  await page.getByRole("heading", { level: 2, name: other.subject }).waitFor();
  const answer = page.waitForResponse((response) => response.url().endsWith("/bulk"));
  release();
  await (await answer).finished();
  await page.locator(`#ticket-${ticketID}`).waitFor({ state: "detached" });
  assert.ok(page.url().endsWith(`/${other.ticketID}`));
});
