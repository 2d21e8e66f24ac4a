// Notices come unasked, over the page: they lie over nothing that is pressed, or, where they are long, let the click through.
import assert from "node:assert/strict";
import type { Page, ViewportSize } from "playwright-core";
import { browse, type Open } from "./browsing";
import { newTicket, uniqueWord } from "./local-run";
import { refused } from "./routed-replies";
import { signIn } from "./shown-views";

const SHORT = "Not now.";
/** As long as the longest of the console's own. */
const LONG = "The message may hold 50,000 characters at most, and this one holds more than that.";
const CONTROLS = ":is(a, button, input, select, textarea, summary, .row):visible:not(.notice *)";
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 740 },
  { width: 360, height: 740 },
];

/** Open a ticket, and have something refused there; the page's clock stands still then, and the notice stays. */
async function noticed(open: Open, viewport: ViewportSize, reason: string): Promise<Page> {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await open({ viewport });
  await page.clock.install();
  await signIn(page, `open/${ticketID}`, ".conversation .empty");
  await page.route("**/api/Tickets/bulk", (route) => refused(route, reason));
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.press("!");
  await page.locator(".notice").filter({ hasText: reason }).waitFor();
  return page;
}

/** Return the controls that a notice takes a click from, at one of nine places in each. */
async function covered(page: Page): Promise<string[]> {
  const names: string[] = [];
  for (const control of await page.locator(CONTROLS).all())
    if (await control.evaluate(isCovered)) names.push(await control.evaluate((element) => element.outerHTML));
  return names;
}

function isCovered(control: Element): boolean {
  const { x, y, width, height } = control.getBoundingClientRect();
  for (const along of [0.1, 0.5, 0.9])
    for (const down of [0.1, 0.5, 0.9])
      if (document.elementFromPoint(x + along * width, y + down * height)?.closest(".notice")) return true;
  return false;
}

/** Return the controls that a notice lies over, whoever gets their clicks. */
async function hidden(page: Page): Promise<string[]> {
  const over = (await page.locator(".notice").boundingBox())!;
  const names: string[] = [];
  for (const control of await page.locator(CONTROLS).all()) {
    const { x, y, width, height } = (await control.boundingBox())!;
    const isBeside = x >= over.x + over.width || over.x >= x + width;
    const isAboveOrBelow = y >= over.y + over.height || over.y >= y + height;
    if (!isBeside && !isAboveOrBelow) names.push(await control.evaluate((element) => element.outerHTML));
  }
  return names;
}

for (const viewport of SIZES)
  browse(`a short notice hides nothing that is pressed, ${viewport.width} pixels wide`, async (open) => {
    assert.deepEqual(await hidden(await noticed(open, viewport, SHORT)), []);
  });

for (const viewport of SIZES)
  for (const reason of [SHORT, LONG])
    browse(`a notice takes no click, ${viewport.width} pixels wide: ${reason}`, async (open) => {
      const page = await noticed(open, viewport, reason);
      assert.deepEqual(await covered(page), []);
      await page.getByRole("button", { name: "Dismiss" }).click();
      await page.locator(".notice").waitFor({ state: "detached" });
    });

browse("a control that a notice covers would be found", async (open) => {
  const page = await noticed(open, SIZES[0]!, SHORT);
  await page.locator(".notice").evaluate((notice: HTMLElement) =>
    Object.assign(notice.style, {
      position: "fixed",
      inset: "0",
      width: "100%",
      height: "100%",
      pointerEvents: "auto",
    }),
  );
  assert.ok((await covered(page)).length > 10);
  assert.ok((await hidden(page)).length > 10);
});
