// Tests in a headless Chromium: each in a browser profile of its own. One that fails leaves a picture and a trace.
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const OUTPUT = new URL("../output/", import.meta.url).pathname;
const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PATIENCE = 20_000;
let browser: Browser;

before(async () => {
  mkdirSync(OUTPUT, { recursive: true });
  browser = await chromium.launch({ executablePath: PROGRAM, args: ["--no-sandbox", "--disable-gpu"] });
});
after(() => browser.close());

/** Run a test on a new page. */
export function inBrowser(
  behaviour: string,
  steps: (page: Page) => Promise<void>,
  profile: BrowserContextOptions = {},
): void {
  test(behaviour, async () => {
    const context = await browser.newContext(profile);
    context.setDefaultTimeout(PATIENCE);
    await context.tracing.start({ snapshots: true });
    const page = await context.newPage();
    const name = `${OUTPUT}${behaviour.replaceAll(/\W+/g, "-")}`;
    try {
      await steps(page);
      await context.tracing.stop();
    } catch (fault) {
      await page.screenshot({ path: `${name}.png` });
      await context.tracing.stop({ path: `${name}.zip` });
      throw fault;
    } finally {
      await context.close();
    }
  });
}

/** Open a page in a profile that remembers what this one's does: the browser on the next day. */
export async function nextDay(page: Page): Promise<Page> {
  const storageState = await page.context().storageState();
  await page.close();
  return (await browser.newContext({ storageState })).newPage();
}

/** Keep a picture of a page. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${OUTPUT}${name}.png`, animations: "disabled" });
}

/** Return the faults that a page tells of from now on: errors, exceptions, what its policy refuses. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (fault) => complaints.push(fault.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  return complaints;
}
