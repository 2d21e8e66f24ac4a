// Measures how long the console's page is busy at a time while it is worked with. Prints, as JSON, the tasks of each step
// that took 50 ms or more, in milliseconds.
import { chromium, type Page } from "playwright-core";
import { addresses, call, newTicket, searchable, uniqueWord } from "../tests/browser/local-run";

/** Milliseconds after a step in which a task still counts as its own. */
const AFTERWARDS = 1500;
const SIZE = { width: 1440, height: 900 };
const TICKETS = 10;
const CHANGES = 30;

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
      await page.locator(".conversation .message").first().waitFor();
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
    await page.keyboard.press("*");
    await page.getByRole("toolbar").getByRole("button", { name: "Close" }).click();
    await page.getByText("Done with 50 tickets").waitFor();
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

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const page = await browser.newPage({ viewport: SIZE, locale: "en-GB" });
page.setDefaultTimeout(120_000);
await page.addInitScript(() => {
  const tasks: number[] = [];
  Object.assign(window, { tasks });
  const observer = new PerformanceObserver((list) =>
    tasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ type: "longtask", buffered: true });
});
const measured: Record<string, number[]> = {};
for (const [name, step] of Object.entries(STEPS)) {
  const begun = Date.now();
  await step(page);
  console.error(`${name}: ${Date.now() - begun} ms`);
  await page.waitForTimeout(AFTERWARDS);
  measured[name] = await page.evaluate<number[]>("tasks.splice(0)");
}
await browser.close();
console.log(JSON.stringify(measured));
