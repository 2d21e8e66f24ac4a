// Measures how long the console's page is busy at a time while it is worked with. Prints, as JSON, how long the longest
// tasks of each step took, in milliseconds: by the clock, and of the processor, which does not count what else the machine does.
import type { Page } from "playwright-core";
import { launched } from "../tests/browser/browser";
import { addresses, call, newTicket, searchable, uniqueWord } from "../tests/browser/local-run";

/** Milliseconds after a step in which a task still counts as its own. */
const AFTERWARDS = 1500;
const PATIENCE = 600_000;
const MAIN_THREAD = "CrRendererMain";
const SIZE = { width: 1440, height: 900 };
const TICKETS = 10;
const CHANGES = 30;

interface Longest {
  clock: number;
  processor: number;
}

/** An entry of the browser's trace; `dur` and `tdur` are microseconds by the clock, and of the processor. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** What is done, one after the other; the list of the first steps holds all tickets of the view. */
const STEPS: Record<string, (page: Page) => Promise<unknown>> = {
  "sign in": async (page) => {
    await page.goto(addresses.console);
    await page.locator(".person", { hasText: "Sam Super" }).click();
    await page.locator(".row").first().waitFor();
  },
  "scroll through all tickets": scrollThrough,
  "tickets that change elsewhere": async () => {
    const { items } = await call<{ items: { ticketID: number }[] }>("GET", `Tickets?pageSize=${CHANGES}`);
    await Promise.all(
      items.map(({ ticketID }) => call("PATCH", `Tickets/${ticketID}`, { isImportant: true })),
    );
    await new Promise((resolve) => setTimeout(resolve, 4000));
  },
  "open ten tickets": async (page) => {
    await page.locator(".rows").evaluate((box) => (box.scrollTop = 0));
    for (let number = 0; number < TICKETS; number++) {
      await page.locator(".row").nth(number).click();
      await page.locator(".conversation").waitFor();
    }
  },
  "type a search": async (page) => {
    await page.locator("#search").click();
    await page.keyboard.type("where is my parcel", { delay: 120 });
    await page.locator(".row").first().waitFor();
    await page.locator("#search").fill("");
  },
  "close fifty tickets": async (page) => {
    const word = uniqueWord();
    await Promise.all(Array.from({ length: 50 }, () => newTicket(word)));
    await searchable(word, 50);
    await page.locator("#search").fill(word);
    await page.locator("h1 .count", { hasText: /^50$/ }).waitFor();
    await page.locator("#search").blur();
    await page.locator(".rows").press("*");
    await page.locator(".bulk-bar").getByRole("button", { name: "Close", exact: true }).click();
    await page.getByText("Tickets done: 50").waitFor();
  },
  "look at the dashboard": async (page) => {
    await page.goto(`${addresses.console}/#/dashboard`);
    await page.locator(".tiles").waitFor();
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
  },
};

/** Scroll with a wheel until nothing more comes. */
async function scrollThrough(page: Page): Promise<void> {
  await page.locator(".rows").hover();
  const rows = page.locator(".rows");
  for (let height = 0, still = 0; still < 20;) {
    await page.mouse.wheel(0, 4000);
    const now = await rows.evaluate((box) => box.scrollHeight);
    still = now === height && !(await page.locator(".rows-waiting").count()) ? still + 1 : 0;
    height = now;
  }
}

const browser = await launched();
const page = await browser.newPage({ viewport: SIZE, locale: "en-GB" });
page.setDefaultTimeout(PATIENCE);
const measured: Record<string, Longest> = {};
for (const [name, step] of Object.entries(STEPS)) {
  const begun = Date.now();
  await browser.startTracing(page, { categories: ["toplevel"] });
  await step(page);
  await page.waitForTimeout(AFTERWARDS);
  measured[name] = longest((await browser.stopTracing()).toString());
  console.error(`${name}: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
}
await browser.close();
console.log(JSON.stringify(measured));

/** Return the longest tasks of the threads that run pages. */
function longest(trace: string): Longest {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid}.${tid}`;
  const mains = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === MAIN_THREAD);
  const pages = new Set(mains.map(thread));
  const tasks = traceEvents.filter((event) => event.name.endsWith("RunTask") && pages.has(thread(event)));
  const most = (part: "dur" | "tdur") => Math.max(0, ...tasks.map((task) => task[part] ?? 0)) / 1000;
  return { clock: most("dur"), processor: most("tdur") };
}
