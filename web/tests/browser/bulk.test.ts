import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import type { Ticket } from "../../api/types";
import { browse, signedIn } from "./browsing";
import { addresses, ANN, call, newTicket, searchable, tokenOf, uniqueWord } from "./local-run";
import { failing, held, unheard } from "./routed-replies";

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
  const question = page.getByRole("dialog", { name: "Delete this ticket for good?" });
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

browse("a key leaves a ticket at once where what is ticked is no longer in the list", async (open) => {
  const word = uniqueWord();
  const { ticketID } = await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  const bar = await selected(page, word);
  await page.getByRole("row").filter({ hasText: word }).click();
  await page.waitForURL(new RegExp(`#/open/${ticketID}$`));
  await call("PUT", "Tickets/bulk", { ticketIDs: [ticketID], action: "close" });
  await bar.waitFor({ state: "detached" });
  await page.keyboard.press("u");
  await page.waitForURL(/#\/open$/);
});

/** Begin to close the one ticket of a search; return what lets the API answer. */
async function closing(page: Page, word: string): Promise<() => void> {
  const bar = await selected(page, word);
  const answer = await held(page, "**/api/Tickets/bulk", failing);
  await bar.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByText("Tickets done: 0 of 1").waitFor();
  return answer;
}

/** Open what is told of failures in the end. */
async function reasons(page: Page, title: string): Promise<Locator> {
  await page.getByRole("alert").filter({ hasText: title }).getByRole("button", { name: "Show" }).click();
  return page.getByRole("dialog", { name: title });
}

browse("what fails is told elsewhere, too, and is still selected in its view", async (open) => {
  const word = uniqueWord();
  const { ticketID } = await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  const answer = await closing(page, word);
  await page.getByRole("link", { name: "Dashboard" }).click();
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  await page.getByText("Tickets done: 0 of 1").waitFor();
  answer();
  for (const _ of ["at first", "once more"]) {
    const failures = await reasons(page, "Close: 1 of 1 failed");
    await failures.getByText(`#${ticketID}`).waitFor();
    await failures.getByText("These stay selected under “All open”").waitFor();
    await page.keyboard.press("Escape");
  }
  await page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
  await page.getByRole("alert").waitFor({ state: "detached" });
  await page.getByRole("link", { name: /^All open/ }).click();
  await page.getByText("1 selected").waitFor();
});

browse("what failed is told in one line on a desk", async (open) => {
  const word = uniqueWord();
  await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  (await closing(page, word))();
  const told = page.getByRole("alert").filter({ hasText: "Close: 1 of 1 failed" });
  await told.waitFor();
  const buttons = await told.getByRole("button").all();
  const [line, ...boxes] = await Promise.all(
    [told, ...buttons].map(async (part) => (await part.boundingBox())!),
  );
  assert.equal(boxes.length, 2);
  for (const { height, width } of boxes) {
    assert.ok(line!.height < 2 * height, `${line!.height} around ${height}`);
    assert.ok(width < line!.width / 4, `${width} of ${line!.width}`);
  }
});

browse("a page in the midst of its work asks before it goes away", async (open) => {
  const word = uniqueWord();
  await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  await closing(page, word);
  const asked = page.waitForEvent("dialog");
  const left = page.reload();
  const question = await asked;
  assert.equal(question.type(), "beforeunload");
  await question.accept();
  await left;
});

browse("a session that ends in the midst of the work tells what is not done", async (open) => {
  const word = uniqueWord();
  const { ticketID } = await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  await selected(page, word);
  await page.route("**/api/Tickets/bulk", (route) => route.fulfill({ status: 401 }));
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByText("Your token is not valid").waitFor();
  await page.getByRole("button", { name: "Sam Super" }).click();
  await (await reasons(page, "Close: 1 of 1 failed")).getByText(`#${ticketID}`).waitFor();
});

browse("signing out in the midst of the work is asked for first, and then at once", async (open) => {
  const word = uniqueWord();
  await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  await closing(page, word);
  const account = page.locator(".account summary");
  const question = page.getByRole("dialog", { name: "Sign out now?" });
  await account.click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await question.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Tickets done: 0 of 1").waitFor();
  await account.click();
  await page.getByRole("button", { name: "Sign out" }).click();
  page.on("dialog", () => assert.fail("The browser asks, too"));
  await question.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sam Super" }).waitFor();
});

/** Fail where something else is over a control. */
async function isFree(control: Locator): Promise<void> {
  const { width, height } = (await control.boundingBox())!;
  for (const along of [0.1, 0.5, 0.9])
    for (const position of [
      { x: along * width, y: height / 2 },
      { x: width / 2, y: along * height },
    ])
      await control.click({ trial: true, position });
}

for (const [width, name] of [
  [1024, "Send"],
  [360, "Back"],
] as const)
  browse(`the progress covers no ${name}, and what fails takes nothing from who writes`, async (open) => {
    const word = uniqueWord();
    await newTicket(word);
    await searchable(word, 1);
    const page = await signedIn(open, "Sam Super", { viewport: { width, height: 740 } });
    const answer = await closing(page, word);
    await page.getByRole("row").filter({ hasText: word }).click();
    const box = page.getByRole("textbox", { name: "Answer" });
    await box.pressSequentially("It is on");
    const control = page.locator(".ticket-pane").getByRole("button", { name });
    await isFree(control);
    answer();
    await page.getByRole("alert").filter({ hasText: "Close: 1 of 1 failed" }).waitFor();
    await page.keyboard.type(" its way.");
    assert.equal(await box.inputValue(), "It is on its way.");
    await isFree(control);
  });

browse("a ticket that another took meanwhile is not taken from them", async (open) => {
  const word = uniqueWord();
  const { ticketID } = await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  await unheard(page);
  const bar = await selected(page, word);
  await call("PUT", `Tickets/${ticketID}/assign`, {}, ANN);
  await bar.getByText("Assign", { exact: true }).click();
  await bar.getByRole("button", { name: "Assign to me" }).click();
  const failures = await reasons(page, "Assign: 1 of 1 failed");
  await failures.getByText("Somebody else assigned this ticket meanwhile.").waitFor();
  assert.equal((await call<Ticket>("GET", `Tickets/${ticketID}`)).customerRepID, ANN);
});
