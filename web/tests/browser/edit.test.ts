import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Ticket } from "../../api/types";
import { browse, signedIn, type Open } from "./browsing";
import { addresses, call, newTicket, uniqueWord } from "./local-run";
import { held, refused } from "./routed-replies";

/** Open the form of a ticket. */
async function edited(open: Open, ticket: Ticket): Promise<Page> {
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("button", { name: "Assign to me" }).waitFor();
  await page.keyboard.press("e");
  await page.getByRole("dialog").waitFor();
  return page;
}

browse("every field is edited, and a refusal stands at its field", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await edited(open, ticket);
  const form = page.getByRole("dialog");
  await form.getByText("More fields").click();
  await form.getByLabel("Important").check();
  await form.getByLabel("Kind of channel").fill("Fax");
  await form.getByLabel("Ended at").fill("2026-01-02T03:04");
  await form.getByLabel("Call").fill("no call");
  await form.getByRole("button", { name: "Save" }).click();
  await form.locator(".field").filter({ hasText: "Call" }).locator(".problem-text").waitFor();
  await form.getByLabel("Call").fill("");
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  const { isImportant, channelType, endDate } = await call<Ticket>("GET", `Tickets/${ticket.ticketID}`);
  assert.deepEqual([isImportant, channelType], [true, "Fax"]);
  assert.ok(endDate?.startsWith("2026-01-0"));
});

browse("a refused form leads to the field at fault, and else to the reason", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await edited(open, ticket);
  const form = page.getByRole("dialog");
  await page.setViewportSize({ width: 1440, height: 500 });
  await form.getByLabel("Status").fill("S".repeat(51));
  await page.keyboard.press("Enter");
  await form.locator("[aria-invalid=true]:focus").waitFor();
  await form.getByLabel("Status").fill("Pending");
  await call("DELETE", `Tickets/${ticket.ticketID}`);
  await page.keyboard.press("Enter");
  const reason = form.getByRole("alert").filter({ hasText: "This ticket does not exist" });
  await reason.and(page.locator(":focus")).waitFor();
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector("dialog [role=alert]")!.getBoundingClientRect();
    const frame = document.querySelector("dialog")!.getBoundingClientRect();
    return top >= frame.top && bottom <= frame.bottom;
  });
  await page.keyboard.press("Escape");
  await page.getByLabel("What you were writing (Fields)").waitFor();
});

browse("a mark at fault has the focus, and says why", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await edited(open, ticket);
  await page.route("**/api/Tickets/*", (route) => refused(route, "Not this one.", "/isImportant"));
  const form = page.getByRole("dialog");
  await form.getByText("More fields").click();
  const mark = form.getByRole("checkbox", { name: "Important" });
  await mark.check();
  await form.getByRole("button", { name: "Save" }).click();
  await mark.and(page.locator("[aria-invalid=true]:focus")).waitFor();
  await form
    .locator("label")
    .filter({ has: page.getByRole("checkbox", { name: "Important" }) })
    .getByText("Not this one.")
    .waitFor();
});

browse(
  "a text that is selected with a drag out of the form leaves it open; a click beside it does not",
  async (open) => {
    const page = await edited(open, await newTicket(uniqueWord()));
    const form = page.getByRole("dialog");
    await form.getByLabel("Summary").hover();
    await page.mouse.down();
    await page.mouse.move(5, 5);
    await page.mouse.up();
    assert.ok(await form.isVisible());
    await page.mouse.click(5, 5);
    await form.waitFor({ state: "detached" });
  },
);

browse("a press beside the form that is let go over a field leaves it open", async (open) => {
  const page = await edited(open, await newTicket(uniqueWord()));
  const form = page.getByRole("dialog");
  await page.mouse.move(5, 5);
  await page.mouse.down();
  await form.getByLabel("Summary").hover();
  await page.mouse.up();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.ok(await form.isVisible());
});

browse("seldom used fields stay in sight until their heading is clicked again", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await edited(open, ticket);
  const form = page.getByRole("dialog");
  const mark = form.getByRole("checkbox", { name: "Important" });
  await form.getByText("More fields").click();
  await mark.check();
  await mark.uncheck();
  await form.getByLabel("Summary").fill("Half a thou");
  assert.ok(await mark.isVisible());
  await form.getByText("More fields").click();
  await mark.waitFor({ state: "hidden" });
});

browse("Back closes the form, and what was typed is there when the ticket is opened again", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await edited(open, ticket);
  await page.getByRole("dialog").getByLabel("Summary").fill("Half a thou");
  await page.goBack();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.goForward();
  await page.getByRole("heading", { level: 2, name: ticket.subject }).waitFor();
  await page.getByRole("button", { name: "Assign to me" }).waitFor();
  await page.keyboard.press("e");
  assert.equal(await page.getByRole("dialog").getByLabel("Summary").inputValue(), "Half a thou");
});

browse("what is typed in the form outlives Escape and a reload", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await edited(open, ticket);
  await page.getByRole("dialog").getByLabel("Summary").fill("Half a thou");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("button", { name: "Assign to me" }).waitFor();
  await page.keyboard.press("e");
  await page.getByText("What you typed here before is still there.").waitFor();
  assert.equal(await page.getByRole("dialog").getByLabel("Summary").inputValue(), "Half a thou");
});

browse("what is typed in the form is there again after a look at another ticket", async (open) => {
  const [ticket, other] = [await newTicket(uniqueWord()), await newTicket(uniqueWord())];
  const page = await edited(open, ticket);
  await page.getByRole("dialog").getByLabel("Summary").fill("Half a thou");
  await page.keyboard.press("Escape");
  await page.getByRole("row").filter({ hasText: other.subject }).click();
  await page.getByRole("heading", { level: 2, name: other.subject }).waitFor();
  await page.getByRole("row").filter({ hasText: ticket.subject }).click();
  await page.getByRole("heading", { level: 2, name: ticket.subject }).waitFor();
  await page.getByRole("button", { name: "Assign to me" }).waitFor();
  await page.keyboard.press("e");
  assert.equal(await page.getByRole("dialog").getByLabel("Summary").inputValue(), "Half a thou");
});

browse(
  "a form that is being saved takes nothing more, and its end leaves a later form open",
  async (open) => {
    const ticket = await newTicket(uniqueWord());
    const page = await edited(open, ticket);
    const form = page.getByRole("dialog");
    const summary = form.getByLabel("Summary");
    const answer = await held(page, "**/api/Tickets/*");
    await summary.fill("First");
    await page.keyboard.press("Tab");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("button", { name: "Saving" }).waitFor();
    assert.ok(await summary.isDisabled());
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    await page.keyboard.press("e");
    await form.waitFor();
    answer();
    await page.locator(".notice").filter({ hasText: "Saved" }).waitFor();
    assert.ok(await form.isVisible());
  },
);

browse("Cancel gives the focus back to the menu that led to the form", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  const more = page.locator(".actions summary").last();
  await more.click();
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await more.and(page.locator(":focus")).waitFor();
});

browse("a change of other fields meanwhile needs no choice", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await edited(open, ticket);
  await page.getByRole("dialog").getByLabel("Summary").fill("Mine");
  await call("POST", "TicketMessages", {
    ticketID: ticket.ticketID,
    body: "Meanwhile",
    direction: "EndUser",
  });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const { summary, preview } = await call<Ticket>("GET", `Tickets/${ticket.ticketID}`);
  assert.deepEqual([summary, preview], ["Mine", "Meanwhile"]);
});
