// Every view of the console by its name, each reached as its users reach it: at any width, in any language.
import type { Page } from "playwright-core";
import { addresses, ANN, call, newTicket, uniqueWord } from "./local-run";
import { failing, refused, unanswered, unansweredAfter, withoutTheFirst } from "./routed-replies";
import { recorded, silent, story } from "./shown-tickets";

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
  "bulk-failures": failInBulk,
  "bulk-results": async (page) => {
    await failInBulk(page);
    await page.locator(".bars button").first().click();
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
    await page.waitForFunction(() => (document.querySelector("audio")?.duration ?? 0) > 0);
    await page.locator(".waveform").click();
    await page.locator(".waveform .played").first().waitFor();
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
  "dashboard-refused": async (page) => {
    await page.route("**/api/Tickets?*", (route) => refused(route, "The search is too long."));
    await signIn(page, "dashboard", ".dashboard > .empty");
  },
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

async function failInBulk(page: Page): Promise<void> {
  await selectThree(page);
  await page.route("**/api/Tickets/bulk", failing);
  await page.locator(".bulk-buttons > button").first().click();
  await page.locator(".bars [role=alert]").waitFor();
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
