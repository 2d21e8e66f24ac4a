import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { answeredEmpty } from "./routed-replies";
import { call, newTicket, searchable, uniqueWord } from "./local-run";

browse("filters narrow a view, and are counted and cleared", async (open) => {
  const page = await signedIn(open, "Sam Super");
  await page.getByTitle("Filters").click();
  await page.getByLabel("Pending").check();
  await page.getByLabel("Kind of channel").selectOption("Email");
  await page.waitForFunction(() => {
    const chips = [...document.querySelectorAll(".row .chip")];
    return chips.length > 0 && chips.every((chip) => chip.textContent === "Pending");
  });
  const narrowed = await call<{ totalCount: number }>(
    "GET",
    "Tickets?isClosed=false&isSpam=false&status=Pending&channelType=Email",
  );
  await page
    .getByRole("heading", { level: 1, name: `All open ${narrowed.totalCount.toLocaleString("en-GB")}` })
    .waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.locator(".row .status-open").first().waitFor();
});

browse("a search finds a ticket while its word is being typed", async (open) => {
  const word = uniqueWord();
  await newTicket(word);
  await searchable(word, 1);
  const page = await signedIn(open, "Sam Super");
  const field = page.getByRole("searchbox");
  await field.pressSequentially(word.slice(0, -1), { delay: 60 });
  const row = page.getByRole("row").filter({ hasText: word });
  await page.getByRole("heading", { level: 1, name: "All open 1", exact: true }).waitFor();
  await row.waitFor();
  assert.equal(await field.inputValue(), word.slice(0, -1));
  assert.equal(await page.getByRole("row").count(), 1);
});

browse("a list that search and filters leave empty leads back to all", async (open) => {
  const page = await signedIn(open, "Sam Super");
  const field = page.getByRole("searchbox", { name: "Search tickets" });
  await page.getByTitle("Filters").click();
  await page.getByLabel("Pending").check();
  await page.keyboard.press("Escape");
  await field.fill(uniqueWord());
  await page.getByRole("status").getByText("No ticket here matches the search and the filters.").waitFor();
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await page.locator(".row .status-open").first().waitFor();
  assert.equal(await field.inputValue(), "");
});

browse("what is still being typed does not come back once the search is cleared", async (open) => {
  const page = await signedIn(open, "Sam Super");
  const field = page.getByRole("searchbox", { name: "Search tickets" });
  await page.clock.install();
  await field.fill(uniqueWord());
  const clear = page.getByRole("status").getByRole("button", { name: "Clear search", exact: true });
  await clear.waitFor();
  await page.clock.pauseAt(Date.now() + 60_000);
  await field.press("x");
  await clear.click();
  await page.clock.runFor(1000);
  await page.getByRole("row").first().waitFor();
  assert.equal(await field.inputValue(), "");
  await field.and(page.locator(":focus")).waitFor();
});

browse("a view without tickets says so", async (open) => {
  const page = await signedIn(open, "Sam Super");
  await page.route("**/api/Tickets?*", (route) => answeredEmpty(route));
  await page.getByRole("link", { name: /^Spam/ }).click();
  await page.getByText("No tickets here.").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Clear/ }).count(), 0);
});

browse("what changes elsewhere changes here without a reload, and the place is kept", async (open) => {
  const page = await signedIn(open, "Sam Super");
  const rows = page.locator(".rows");
  await rows.evaluate((box) => (box.scrollTop = 84 * 20));
  const top = async () => {
    const row = await page.waitForFunction(() => {
      const { x, y } = document.querySelector(".rows")!.getBoundingClientRect();
      return document.elementFromPoint(x + 200, y + 40)?.closest(".row")?.id;
    });
    return row.jsonValue();
  };
  const before = await top();
  const subject = uniqueWord();
  const ticket = await newTicket(subject);
  await page.waitForFunction(() => document.querySelector(".rows")!.scrollTop === 84 * 21);
  assert.equal(await top(), before);
  await rows.evaluate((box) => (box.scrollTop = 0));
  await page.getByRole("row").filter({ hasText: subject }).waitFor();
  await call("PATCH", `Tickets/${ticket.ticketID}`, { isClosed: true });
  await page.getByRole("row").filter({ hasText: subject }).waitFor({ state: "detached" });
});

browse("the keyboard alone opens, selects and leaves tickets, and shows its keys", async (open) => {
  const page = await signedIn(open, "Sam Super");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByText("1 selected").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("1 selected").waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Answer" }).waitFor();
  await page.keyboard.press("r");
  await page.locator("textarea:focus").waitFor();
  await page.keyboard.type("hello");
  assert.equal(await page.getByRole("textbox", { name: "Answer" }).inputValue(), "hello");
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  await page.locator(".menu[open] input:focus").waitFor();
  await page.keyboard.press("Space");
  await page.locator(".menu[open] input:focus:checked").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
});

browse("fifty tickets are closed at once", async (open) => {
  const word = uniqueWord();
  await Promise.all(Array.from({ length: 50 }, () => newTicket(word)));
  await searchable(word, 50);
  const page = await signedIn(open, "Sam Super");
  await page.getByRole("searchbox").fill(word);
  await page.getByRole("heading", { level: 1, name: "All open 50", exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".rows").press("*");
  await page.getByText("50 selected").waitFor();
  await page
    .getByRole("toolbar", { name: "With the selected tickets" })
    .getByRole("button", { name: "Close" })
    .click();
  await page.getByText("Tickets done: 50").waitFor();
  const left = await call<{ totalCount: number }>("GET", `Tickets?isClosed=false&search=${word}`);
  assert.equal(left.totalCount, 0);
});
