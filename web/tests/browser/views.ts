// Every view of the console by its name, each reached as its users reach it: at any width, in any language.
import type { Page, Route } from "playwright-core";
import type { components } from "../../api/schema";
import type { Message, Ticket } from "../../api/types";
import { addresses, ANN, call, newTicket, uniqueWord } from "./local-run";

/** A page that is no wider than a telephone's shows one part at a time: what is reached there is reached anywhere. */
export const NARROW = { width: 360, height: 740 };

/** Brings a view about, from a page that has shown nothing yet. */
export type Show = (page: Page) => Promise<unknown>;

export const VIEWS = {
  "sign-in": enter,
  "sign-in-expired": async (page) => {
    await enter(page);
    await page.locator("#token").fill("of yesterday");
    await page.keyboard.press("Enter");
    await page.locator(".problem-text").waitFor();
  },
  recognising: async (page) => {
    await page.route("**/api/CustomerReps/me", unanswered);
    await signIn(page, "open", ".waiting");
  },
  inbox: (page) => signIn(page, "open", ".row"),
  "inbox-empty": async (page) => {
    await signIn(page, "open", ".row");
    await page.locator("#search").fill(uniqueWord());
    await page.locator(".inbox > .empty").waitFor();
  },
  "inbox-loading": async (page) => {
    await page.route("**/api/Tickets?*", unanswered);
    await signIn(page, "open", ".rows-waiting");
  },
  "inbox-refused": async (page) => {
    await page.route("**/api/Tickets?*", (route) => refused(route, "The search is too long."));
    await signIn(page, "open", ".inbox > .problem-text");
  },
  filters: async (page) => {
    await signIn(page, "open", ".row");
    await page.locator(".filter-bar summary").click();
    await page.locator(".filter-fields .tick input").first().check();
    await page.locator(".badge").waitFor();
  },
  account: async (page) => {
    await signIn(page, "open", ".row");
    await page.locator(".account summary").click();
  },
  bulk: selectThree,
  "bulk-assign": async (page) => {
    await selectThree(page);
    await page.locator(".bulk-bar summary").first().click();
  },
  "bulk-more": async (page) => {
    await selectThree(page);
    await page.locator(".bulk-bar summary").last().click();
  },
  "bulk-progress": async (page) => {
    await signIn(page, "open", ".row");
    await page.route("**/api/Tickets/bulk", unansweredAfter(1));
    await page.keyboard.press("*");
    await page.locator(".bulk-buttons > button").first().click();
    await page.locator("progress[value]:not([value='0'])").waitFor();
  },
  "bulk-results": async (page) => {
    await selectThree(page);
    await page.route("**/api/Tickets/bulk", failing);
    await page.locator(".bulk-buttons > button").first().click();
    await page.locator(".results").waitFor();
  },
  ticket: (page) => discussed(page),
  "ticket-long": async (page) => {
    await page.route("**/api/TicketMessages?*", withoutTheFirst);
    await signIn(page, `open/${await story()}`, ".earlier");
  },
  "ticket-recording": async (page) => {
    await signIn(page, `open/${await recorded()}`, ".message");
    await page.locator(".waveform rect[height^='2']").first().waitFor();
    await page.locator(".waveform").click();
  },
  "ticket-silent": async (page) => signIn(page, `open/${await silent()}`, ".conversation .empty"),
  "ticket-loading": async (page) => {
    await page.route(`**/api/Tickets/${await story()}`, unanswered);
    await signIn(page, `open/${await story()}`, ".ticket-head");
  },
  "ticket-missing": (page) => signIn(page, "open/999999999", ".ticket-pane > .empty"),
  note: async (page) => {
    await discussed(page);
    await page.keyboard.press("n");
    await page.keyboard.type("She called about the same parcel on Monday.");
  },
  "answer-refused": async (page) => {
    await page.route("**/api/TicketMessages", (route) =>
      route.request().method() === "POST"
        ? refused(route, "The ticket has 5000 messages.")
        : route.continue(),
    );
    await discussed(page);
    await page.keyboard.press("r");
    await page.keyboard.type("It is on its way.");
    await page.keyboard.press("Control+Enter");
    await page.locator(".refused button").waitFor();
  },
  offline: async (page) => {
    await discussed(page);
    await page.context().setOffline(true);
    await page.keyboard.press("r");
    await page.keyboard.type("Written in a tunnel.");
    await page.keyboard.press("Control+Enter");
    await page.locator(".connection-bar").waitFor();
  },
  details: (page) => aside(page, "details", ".facts"),
  history: async (page) => {
    await signIn(page, `open/${await recorded()}`, ".message");
    await turnTo(page, "history", ".recent li");
  },
  changes: (page) => aside(page, "changes", ".changes li"),
  "changes-loading": async (page) => {
    await page.route("**/changes?*", unanswered);
    await aside(page, "changes", ".skeleton");
  },
  "follow-up": (page) => menuOf(page, 0),
  topics: (page) => menuOf(page, 1),
  more: (page) => menuOf(page, 2),
  confirmation: async (page) => {
    await menuOf(page, 2);
    await page.locator(".actions .menu-item").last().click();
    await page.locator("dialog").waitFor();
  },
  edit: (page) => editing(page),
  "edit-refused": async (page) => {
    await editing(page);
    await page.locator("dialog input").nth(1).fill("S".repeat(300));
    await page.keyboard.press("Enter");
    await page.locator("dialog small.problem-text").waitFor();
  },
  conflict: async (page) => {
    const { ticketID } = await newTicket("Where is my parcel?", { status: "Pending" });
    await signIn(page, `open/${ticketID}`, ".actions");
    await page.keyboard.press("e");
    await page.locator("dialog input").first().fill("Parcel 1042: lost between Ghent and Antwerp");
    await call("PATCH", `Tickets/${ticketID}`, THEIRS, ANN);
    await page.locator("dialog button.first").click();
    await page.locator(".sides").waitFor();
  },
  notice: async (page) => {
    await editing(page);
    await page.locator("dialog input").first().fill("Where is my parcel, number 1042?");
    await page.keyboard.press("Enter");
    await page.locator(".notice").waitFor();
  },
  "notice-problem": async (page) => {
    await discussed(page);
    await page.route("**/api/Tickets/bulk", (route) => refused(route, "You may not do this."));
    await page.keyboard.press("!");
    await page.locator(".notice.problem").waitFor();
  },
  keys: async (page) => {
    await signIn(page, "open", ".row");
    await page.keyboard.press("?");
    await page.locator(".cheat-sheet").waitFor();
  },
  dashboard: (page) => signIn(page, "dashboard", ".chart"),
  "dashboard-loading": async (page) => {
    await page.route("**/api/Tickets?*", unanswered);
    await signIn(page, "dashboard", ".skeleton");
  },
} satisfies Record<string, Show>;

const THEIRS = { subject: "Parcel 1042 is late", summary: "Asked the carrier; they call back on Friday." };

async function enter(page: Page): Promise<void> {
  await page.goto(addresses.console);
  await page.locator(".person").first().waitFor();
}

type BulkResult = components["schemas"]["BulkResult"];

/** Sign in as the supervisor, go to a place, and wait until it shows what it is for. */
export async function signIn(page: Page, place: string, shown: string): Promise<void> {
  await page.goto(`${addresses.console}/#/${place}`);
  await page.getByRole("button", { name: "Sam Super" }).click();
  await page.locator(shown).first().waitFor();
}

async function selectThree(page: Page): Promise<void> {
  await signIn(page, "open", ".row");
  for (const key of ["j", "x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.locator(".bulk-bar").waitFor();
}

async function discussed(page: Page): Promise<void> {
  await signIn(page, `open/${await story()}`, ".message");
}

async function editing(page: Page): Promise<void> {
  await discussed(page);
  await page.keyboard.press("e");
  await page.locator("fieldset.edit-form").waitFor();
}

async function menuOf(page: Page, index: number): Promise<void> {
  await discussed(page);
  await page.locator(".actions summary").nth(index).click();
}

async function aside(page: Page, tab: string, shown: string): Promise<void> {
  await discussed(page);
  await turnTo(page, tab, shown);
}

/** Open a part of what is beside the conversation; where there is no room for both, instead of it. */
async function turnTo(page: Page, tab: string, shown: string): Promise<void> {
  const about = page.locator(".about");
  if (await about.isVisible()) await about.click();
  await page.locator(`#tab-${tab}`).click();
  await page.locator(shown).first().waitFor();
}

/** A ticket in which everybody has their say, and which was changed by two. */
const story = once(async () => {
  const { ticketID } = await newTicket("Where is my parcel with the red shoes, ordered two weeks ago?", {
    uid: "jane.peeters@mail.example",
    customerRepID: ANN,
    summary: "Parcel 1042 is late; the carrier looks for it.",
  });
  const say = (direction: string, body: string, rep?: number) =>
    call("POST", "TicketMessages", { ticketID, direction, body }, rep);
  await say(
    "EndUser",
    "Hello, I ordered red shoes two weeks ago, and they have not arrived. Where are they?",
  );
  await say("AI", "Parcel 1042 left our warehouse on Monday. A colleague looks into it.");
  await say("Note", "The carrier lost track of it in Ghent. I call them.", ANN);
  await say(
    "Representative",
    "Sorry, Jane! The carrier looks for it today. You hear from me before six.",
    ANN,
  );
  await say("EndUser", "Thank you. https://www.carrier.example/track/1042?of=" + "9".repeat(80));
  await call(
    "PATCH",
    `Tickets/${ticketID}`,
    { status: "Escalated", isImportant: true, escalated: true },
    ANN,
  );
  await call("PATCH", `Tickets/${ticketID}`, { subject: "Where is my parcel with the red shoes?" });
  return ticketID;
});

const silent = once(async () => (await newTicket("Nothing was said")).ticketID);

const recorded = once(async () => {
  const { items } = await call<{ items: Ticket[] }>("GET", "Tickets?channelType=Phone&pageSize=100");
  return items.find((ticket) => ticket.hasRecording)!.ticketID;
});

function once(make: () => Promise<number>): () => Promise<number> {
  let made: Promise<number> | undefined;
  return () => (made ??= make());
}

/** Leave a request without an answer, as a slow network does. */
function unanswered(): void {}

/** Answer as many bulk requests as done, without doing it; leave those that follow unanswered. */
function unansweredAfter(count: number): (route: Route) => Promise<void> | void {
  let seen = 0;
  return (route) => (seen++ < count ? answered(route, () => false) : unanswered());
}

/** Leave the first message out, as where more was said than is read at once. */
async function withoutTheFirst(route: Route): Promise<void> {
  const response = await route.fetch();
  const page = (await response.json()) as { items: Message[] };
  await route.fulfill({
    response,
    json: { ...page, items: page.items.filter(({ messageID }) => messageID > 1) },
  });
}

/** Answer that of the tickets one is not there, and one is another's. */
function failing(route: Route): Promise<void> {
  return answered(route, (index) => index < 2);
}

function answered(route: Route, fails: (index: number) => boolean): Promise<void> {
  const { action, ticketIDs } = route.request().postDataJSON() as {
    action: BulkResult["action"];
    ticketIDs: number[];
  };
  const failed = ticketIDs.filter((_, index) => fails(index));
  const result: BulkResult = {
    action,
    succeeded: ticketIDs.filter((ticketID) => !failed.includes(ticketID)),
    queued: [],
    failed: failed.map((ticketID, index) => ({ ticketID, ...FAILURES[index % FAILURES.length]! })),
  };
  return route.fulfill({ json: result, headers: readable(route) });
}

const FAILURES = [
  { status: 404, code: "TicketNotFound", detail: "There is no such ticket, or you may not see it." },
  { status: 409, code: "AlreadyAssigned", detail: "Another representative has this ticket." },
];

function refused(route: Route, detail: string): Promise<void> {
  const problem = { type: "about:blank", title: "Refused", status: 422, code: "Refused", detail, errors: [] };
  const headers = { ...readable(route), "Content-Type": "application/problem+json" };
  return route.fulfill({ status: 422, headers, body: JSON.stringify(problem) });
}

/** Return what lets the console's page, of another origin, read a reply. */
function readable(route: Route): Record<string, string> {
  return { "Access-Control-Allow-Origin": route.request().headers()["origin"] ?? "*" };
}
