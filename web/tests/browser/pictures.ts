// Writes a picture of each view to tests/output/pictures: look at them. `npm run pictures -- ticket` takes that view's only.
import { mkdir } from "node:fs/promises";
import { chromium, type Browser } from "playwright-core";
import { NARROW, VIEWS } from "./views";

const FOLDER = `${import.meta.dirname}/../output/pictures`;
const SIZES = [NARROW, { width: 1280, height: 800 }, { width: 2560, height: 1440 }];
const SCHEMES = ["light", "dark"] as const;
const LANGUAGES = { en: "en-GB", nl: "nl-BE" };
/** Milliseconds after which nothing moves any more. */
const SETTLED = 300;

/** Milliseconds within which whatever is waited for has to appear; a machine may be busy. */
const PATIENCE = 60_000;

const wanted = process.argv.slice(2);
const names = wanted.length ? wanted : Object.keys(VIEWS);
await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
for (const language of (process.env["LANG_ONLY"]
  ? [process.env["LANG_ONLY"]]
  : Object.keys(LANGUAGES)) as (keyof typeof LANGUAGES)[])
  for (const name of names)
    await take(browser, name, language).catch((e) => console.error(name, String(e).slice(0, 400)));
await browser.close();

/** Bring a view about once, and take it in each scheme at each width; the dashboard on paper, too. */
async function take(browser: Browser, name: string, language: keyof typeof LANGUAGES): Promise<void> {
  const page = await browser.newPage({ viewport: NARROW, locale: LANGUAGES[language] });
  page.setDefaultTimeout(PATIENCE);
  await VIEWS[name]!(page);
  await page.mouse.move(0, 0);
  for (const viewport of SIZES)
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(SETTLED);
      const place = `${FOLDER}/${name}-${viewport.width}-${colorScheme}-${language}.png`;
      await page.screenshot({ path: place });
    }
  if (name === "dashboard") await page.pdf({ path: `${FOLDER}/${name}-${language}.pdf`, format: "A4" });
  await page.close();
}
