import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { launched, PATIENCE } from "./browser";
import { addresses } from "./local-run";

export const OUTPUT = `${import.meta.dirname}/../output`;
/** Milliseconds for one test: a promise of its own may wait for what never comes. */
const LONGEST = 5 * PATIENCE;
const VIEWPORT = { width: 1440, height: 900 };

let browser: Browser;

before(async () => {
  browser = await launched();
});
after(() => browser.close());

export type Open = (options?: BrowserContextOptions) => Promise<Page>;

/**
 * Run a test with pages of its own, each in a context of its own. The page's own errors fail it; a failure leaves a
 * screenshot and a trace of each page in the folder `output`.
 */
export function browse(name: string, steps: (open: Open) => Promise<void>): void {
  test(name, { timeout: LONGEST }, async () => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    const open: Open = async (options = {}) => {
      const context = await browser.newContext({ viewport: VIEWPORT, locale: "en-GB", ...options });
      contexts.push(context);
      context.setDefaultTimeout(PATIENCE);
      context.on("weberror", (error) => errors.push(String(error.error().stack)));
      context.on("console", (message) => {
        if (message.text().includes("Content Security Policy")) errors.push(message.text());
      });
      await context.tracing.start({ snapshots: true }); // a film of the page would take a quarter of the tests' time
      return context.newPage();
    };
    try {
      await steps(open);
      assert.deepEqual(errors, []);
    } catch (failure) {
      await keepEvidence(name, contexts).catch((problem: unknown) => console.error("No evidence:", problem));
      throw failure;
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
  });
}

/** Open the console signed in as a representative, by name. */
export async function signedIn(open: Open, name: string, options?: BrowserContextOptions): Promise<Page> {
  const page = await open(options);
  await page.goto(addresses.console);
  await page.getByRole("button", { name }).click();
  await page.getByRole("row").first().waitFor();
  return page;
}

async function keepEvidence(name: string, contexts: readonly BrowserContext[]): Promise<void> {
  const folder = `${OUTPUT}/failures`;
  await mkdir(folder, { recursive: true });
  for (const [index, context] of contexts.entries()) {
    const place = `${folder}/${name.replaceAll(/\W+/g, "-")}-${index}`;
    await context.pages()[0]?.screenshot({ path: `${place}.png` });
    await context.tracing.stop({ path: `${place}.zip` });
  }
}
