import assert from "node:assert/strict";
import type { Locator, Route } from "playwright-core";
import type { Ticket } from "../../api/types";
import { browse, signedIn } from "./browsing";
import { addresses, call, newTicket, uniqueWord } from "./local-run";
import { answeredEmpty } from "./routed-replies";
import { signIn, turnTo } from "./shown-views";

const LONG_NAME = "Guarantees of carrier pigeons ".repeat(5);

browse("long, right-to-left and marked-up texts stay text, and in their place", async (open) => {
  const word = uniqueWord();
  const [long, arabic, html] = [
    `${word}${"x".repeat(450)}`,
    `${word} مرحبا بالعالم`,
    `<b onclick=x>${word}</b>`,
  ];
  const { ticketID } = await newTicket(long);
  for (const body of [arabic, html, "y".repeat(5000)])
    await call("POST", "TicketMessages", { ticketID, body, direction: "EndUser" });
  await newTicket(arabic);
  await newTicket(html);
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticketID}`);
  await page.locator(".message-body").filter({ hasText: html }).waitFor();
  await page.getByRole("row").filter({ hasText: html }).waitFor();
  assert.equal(await page.locator(".row b, .message-body b, h2 b").count(), 0);
  const overflow = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
  assert.equal(await page.evaluate(overflow), false);
  await page.setViewportSize({ width: 360, height: 640 });
  assert.equal(await page.evaluate(overflow), false);
});

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const)
  browse(`nothing that is long runs out of its place, ${width} pixels wide`, async (open) => {
    const word = uniqueWord();
    const fields = { uid: `${uniqueWord()}.${"very.long.".repeat(20)}@mail.example`, status: "S".repeat(50) };
    await newTicket("W".repeat(100), fields);
    const { ticketID } = await newTicket(`${word} ${"W".repeat(400)}`, {
      ...fields,
      channelType: "Carrier pigeon",
    });
    const page = await signedIn(open, "Sam Super", { viewport: { width, height } });
    const row = page.getByRole("row").filter({ hasText: word });
    assert.deepEqual(await runningOut(row), []);
    await page.route(`**/api/Tickets/${ticketID}`, longNamed);
    await page.goto(`${addresses.console}/#/open/${ticketID}`);
    const head = page.locator(".ticket-head");
    await head.locator(".ticket-facts").waitFor();
    assert.deepEqual(await runningOut(head), []);
    assert.deepEqual(await cutOff(head), []);
    assert.ok((await head.boundingBox())!.height < height / 3);
    const panel = page.locator(".side-panel");
    for (const [tab, shown] of Object.entries({ details: ".tag", history: ".recent .chip" })) {
      await turnTo(page, tab, shown);
      assert.deepEqual(await runningOut(panel), [], tab);
      assert.deepEqual(await cutOff(panel), [], tab);
    }
  });

/** Answer with a ticket whose topic and channel have long names. */
async function longNamed(route: Route): Promise<void> {
  const response = await route.fetch();
  const ticket = (await response.json()) as Ticket;
  await route.fulfill({ response, json: { ...ticket, topics: [LONG_NAME], channelName: LONG_NAME } });
}

/** Return the classes of what stands beyond the sides of something. */
function runningOut(place: Locator): Promise<string[]> {
  return place.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    const beyond = [...element.querySelectorAll("*")].filter((part) => {
      const box = part.getBoundingClientRect();
      return part.checkVisibility() && (box.left < left - 1 || box.right > right + 1);
    });
    return beyond.map((part) => String(part.getAttribute("class") ?? part.localName));
  });
}

/** Return the classes of what is cut off in something, and is told whole nowhere. */
function cutOff(place: Locator): Promise<string[]> {
  return place.evaluate((element) => {
    const cut = [...element.querySelectorAll("*")].filter(
      (part) =>
        part.scrollWidth > part.clientWidth &&
        getComputedStyle(part).overflowX === "hidden" &&
        !part.closest("[title]"),
    );
    return cut.map((part) => String(part.getAttribute("class") ?? part.localName));
  });
}

browse("a customer without topics is told so", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open();
  await page.route("**/api/Topics*", answeredEmpty);
  await signIn(page, `open/${ticketID}`, ".actions");
  await page.getByRole("toolbar", { name: "Actions" }).getByTitle("Topics").click();
  await page.getByText("There are no topics to choose from.").waitFor();
});

browse("fifty topics are scrolled through, and none is out of reach", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open({ viewport: { width: 1000, height: 600 } });
  await page.route("**/api/Topics*", async (route) => {
    const items = Array.from({ length: 50 }, (_, index) => ({
      topicID: index + 1,
      name: `Topic ${index + 1}`,
      description: null,
    }));
    await route.fulfill({ json: { items, totalCount: 50, totalPages: 1, pageNumber: 1, pageSize: 100 } });
  });
  await page.goto(`${addresses.console}/#/open/${ticketID}`);
  await page.getByRole("button", { name: "Sam Super" }).click();
  await page.getByRole("toolbar", { name: "Actions" }).getByTitle("Topics").click();
  const menu = page.locator(".actions .menu[open] .menu-panel");
  await page.getByLabel("Topic 50").check();
  const { y, height } = (await menu.boundingBox())!;
  assert.ok(y >= 0 && y + height <= 600);
  assert.ok(await menu.getByRole("button", { name: "Set topics" }).isVisible());
});

browse("a search without matches says so, in Dutch, too", async (open) => {
  const page = await signedIn(open, "Sam Super", { locale: "nl-BE" });
  await page.getByRole("searchbox", { name: "Tickets zoeken" }).fill(uniqueWord());
  await page.getByText("Geen ticket hier past bij de zoekopdracht.").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "nl");
  await page.goto(`${addresses.console}/#/open/${(await newTicket(uniqueWord())).ticketID}`);
  await page.getByRole("tab", { name: "Wijzigingen" }).click();
  const { scrollLeft, width } = await page.evaluate(() => ({
    scrollLeft: document.body.scrollLeft + document.documentElement.scrollLeft,
    width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  assert.deepEqual([scrollLeft, width], [0, 0]);
});

browse("the names of the views stand whole beside five digits, in Dutch, too", async (open) => {
  const page = await open({ locale: "nl-BE" });
  await page.route(/api\/Tickets\?.*pageSize=1(&|$)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), totalCount: 88_888 } });
  });
  await signIn(page, "open", ".row");
  const sidebar = page.locator(".sidebar");
  for (const count of await sidebar.locator(".count").all()) await count.getByText("88.888").waitFor();
  assert.deepEqual(await cutOff(sidebar), []);
});

browse("what is known of a contact is told in Dutch, too", async (open) => {
  const uid = `${uniqueWord()}@doe.example`;
  const [{ ticketID }] = [await newTicket(uniqueWord(), { uid }), await newTicket(uniqueWord(), { uid })];
  const page = await open({ locale: "nl-BE" });
  await page.goto(`${addresses.console}/#/open/${ticketID}`);
  await page.getByRole("button", { name: "Sam Super" }).click();
  await page.getByRole("tab", { name: "Historiek" }).click();
  const facts = page.locator(".facts > div");
  await facts.filter({ hasText: "Andere tickets" }).getByText("1, waarvan 1 open").waitFor();
  await facts.filter({ hasText: "Kanalen" }).getByText("Email (1)").waitFor();
  assert.equal(await page.getByText("This end user has").count(), 0);
});
