// Takes the pictures of README.md and docs/tour.md from a local run with the demo data as it comes: npm run tour.
import { writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { launched, PATIENCE } from "./browser";
import { signIn, VIEWS, type Show } from "./shown-views";

type Scheme = "light" | "dark";

const FOLDER = `${import.meta.dirname}/../../../docs/pictures`;
const SIZE = { width: 1280, height: 800 };
/** Milliseconds after which the waveform is there, and nothing moves any more. */
const SETTLED = 1000;

const PICTURES: Record<string, [Scheme, Show]> = {
  console: ["light", VIEWS["ticket-recording"]],
  search: ["light", search],
  history: ["dark", VIEWS.history],
  bulk: ["light", VIEWS.bulk],
  keys: ["dark", VIEWS.keys],
  dashboard: ["light", VIEWS.dashboard],
};

const browser = await launched();
for (const [name, [scheme, show]] of Object.entries(PICTURES)) await take(name, scheme, show);
await browser.close();

/** Look for a word in the subjects and messages of what is open, with the filters at hand. */
async function search(page: Page): Promise<void> {
  await signIn(page, "open", ".row");
  await page.locator("#search").fill("card");
  await page.getByRole("heading", { level: 1, name: /^All open \d{1,2}$/ }).waitFor();
  await page.locator(".filter-bar summary").click();
  await page.locator(".filter-fields fieldset").nth(1).locator(".tick").first().waitFor();
}

async function take(name: string, colorScheme: Scheme, show: Show): Promise<void> {
  const page = await browser.newPage({ viewport: SIZE, colorScheme, locale: "en-GB" });
  page.setDefaultTimeout(PATIENCE);
  await show(page);
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".sidebar .count")].every((count) => count.textContent),
  );
  await page.mouse.move(0, 0);
  await page.waitForTimeout(SETTLED);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  await writeFile(`${FOLDER}/${name}.webp`, Buffer.from(data, "base64"));
  await page.close();
}
