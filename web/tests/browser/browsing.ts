import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { launched, PATIENCE } from "./browser";
import { addresses } from "./local-run";

export const OUTPUT = `${import.meta.dirname}/../output`;
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
  test(name, async () => {
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
      await context.tracing.start({ screenshots: true, snapshots: true });
      return context.newPage();
    };
    try {
      await steps(open);
      assert.deepEqual(errors, []);
    } catch (failure) {
      await keepEvidence(name, contexts);
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

/** Search for text, and wait for the one ticket that has it. */
export async function found(page: Page, text: string) {
  await page.getByRole("searchbox").fill(text);
  const row = page.getByRole("row").filter({ hasText: text });
  await row.waitFor();
  return row;
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
