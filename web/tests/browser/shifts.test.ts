// What is read or pressed stays where it is: nothing moves on the page but what the user moved, or by a line.
import assert from "node:assert/strict";
import type { Page, ViewportSize } from "playwright-core";
import { browse, type Open } from "./browsing";
import { addresses, call, newTicket, uniqueWord } from "./local-run";
import { unansweredAfter } from "./routed-replies";
import { NARROW, signIn } from "./shown-views";
import { recorded } from "./shown-tickets";

/**
 * What good pages stay below, by the usual measure (web.dev/articles/cls): the sum of the shifts that follow each other
 * within a second, in five seconds at most, each by the part of the window that moves, and how far.
 */
const GOOD = 0.1;
/** Less than a line's height of a desk's page: a text that becomes longer. */
const NEXT_TO_NOTHING = 0.02;

/**
 * Keeps each shift that no key or click explains, with what moved. `taken()` returns them once what has changed is painted,
 * those too that were not delivered yet, and forgets them.
 */
const WATCHED = `{
  const shifts = [];
  const nameOf = (node) => node && (node.className || node.localName || node.nodeName);
  const keep = (entries) => {
    for (const { startTime: at, hadRecentInput, value, sources } of entries)
      if (!hadRecentInput) shifts.push({ at, value, moved: sources.map(({ node }) => nameOf(node)).join(", ") });
  };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  window.taken = async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    keep(observer.takeRecords());
    return shifts.splice(0);
  };
}`;

const DEVICES = { desk: { width: 1440, height: 900 }, telephone: NARROW };

interface Shift {
  /** Milliseconds. */
  at: number;
  value: number;
  moved: string;
}

/** Watch a page while something is done on it; return what moved. */
async function moved(
  open: Open,
  viewport: ViewportSize,
  steps: (page: Page) => Promise<unknown>,
): Promise<Shift[]> {
  const page = await open({ viewport });
  await page.addInitScript(WATCHED);
  await steps(page);
  return page.evaluate<Shift[]>("taken()");
}

/** Return the largest sum of shifts that belong together. */
function worst(shifts: readonly Shift[]): number {
  let [largest, sum, begun, last] = [0, 0, -Infinity, -Infinity];
  for (const { at, value } of shifts) {
    const isOther = at - last > 1000 || at - begun > 5000;
    [sum, begun, last] = isOther ? [value, at, at] : [sum + value, begun, at];
    largest = Math.max(largest, sum);
  }
  return largest;
}

const FLOWS: Record<string, (page: Page) => Promise<unknown>> = {
  "in the inbox and on the dashboard": async (page) => {
    const { subject } = await newTicket(uniqueWord());
    await signIn(page, "open", ".row");
    await page.locator(".sidebar .count:empty").first().waitFor({ state: "detached" });
    await page.getByRole("searchbox").fill(uniqueWord());
    await page.locator(".no-rows > .empty").waitFor();
    await page.getByRole("searchbox").fill("");
    await page.getByRole("row").filter({ hasText: subject }).getByRole("checkbox").check();
    await page.route("**/api/Tickets/bulk", unansweredAfter(1)); // at once: what takes long is told in a line
    await page.locator(".bulk-buttons > button").last().click();
    await page.locator(".notice").filter({ hasText: "Tickets done: 1" }).waitFor();
    await page.locator(".sidebar [href='#/dashboard']").click();
    await page.locator(".chart").first().waitFor();
  },
  "in a ticket, while more is said": async (page) => {
    const { ticketID, subject } = await newTicket(uniqueWord(), { uid: "jane@doe.example" });
    await signIn(page, `open/${ticketID}`, ".conversation .empty");
    await call("POST", "TicketMessages", { ticketID, body: "Is it there?", direction: "EndUser" });
    await page.locator(".message").filter({ hasText: "Is it there?" }).waitFor();
    await call("PATCH", `Tickets/${ticketID}`, { subject: `${subject} too`, isImportant: true });
    await page.getByRole("heading", { level: 2, name: `${subject} too` }).waitFor();
    await page.getByRole("textbox", { name: "Answer" }).fill("It is on its way.");
    await page.keyboard.press("Control+Enter");
    await page.locator(".message.Representative:not(.outgoing)").waitFor();
  },
  "beside a ticket, and in its recording": async (page) => {
    await signIn(page, `open/${await recorded()}`, ".message");
    await page.locator(".waveform rect[height^='2']").first().waitFor();
    if (await page.locator(".about").isVisible()) await page.locator(".about").click();
    for (const [tab, shown] of Object.entries(PARTS)) {
      await page.locator(`#tab-${tab}`).click();
      await page.locator(shown).first().waitFor();
    }
  },
};

/** What is told in a line above all else, which pushes it down. */
const LINES: typeof FLOWS = {
  "where the network is lost": async (page) => {
    await signIn(page, "open", ".row");
    await page.context().setOffline(true);
    await page.locator(".connection-bar").waitFor();
  },
  "where the network returns": async (page) => {
    await signIn(page, "open", ".row");
    await page.context().setOffline(true);
    await page.locator(".connection-bar").waitFor();
    await page.evaluate("taken()");
    await page.context().setOffline(false);
    await page.locator(".connection-bar").waitFor({ state: "detached" });
  },
};

/** What the tabs beside a ticket show in the end. */
const PARTS = { history: ".recent li", changes: ".changes li", details: ".facts" };

for (const [device, viewport] of Object.entries(DEVICES))
  for (const [where, steps] of Object.entries(FLOWS))
    browse(`nothing moves unasked on a ${device}: ${where}`, async (open) => {
      const shifts = await moved(open, viewport, steps);
      assert.ok(worst(shifts) < NEXT_TO_NOTHING, JSON.stringify(shifts));
    });

for (const [device, viewport] of Object.entries(DEVICES))
  for (const [where, steps] of Object.entries(LINES))
    browse(`all moves by a line on a ${device}: ${where}`, async (open) => {
      const shifts = await moved(open, viewport, steps);
      assert.ok(worst(shifts) > NEXT_TO_NOTHING && worst(shifts) <= GOOD, JSON.stringify(shifts));
    });

browse("what moves a page unasked is found", async (open) => {
  const shifts = await moved(open, NARROW, async (page) => {
    await page.goto(addresses.console);
    await page.locator(".person").first().waitFor();
    await page.evaluate(() => document.body.style.setProperty("padding-top", "50vh"));
  });
  assert.ok(worst(shifts) > GOOD, JSON.stringify(shifts));
});
