// Writes a picture of each view to tests/output/pictures: look at them. `npm run pictures -- keys edit` takes these two views only.
import { mkdir } from "node:fs/promises";
import { launched, PATIENCE } from "./browser";
import { NARROW, VIEWS, type Show } from "./shown-views";

const FOLDER = `${import.meta.dirname}/../output/pictures`;
const SIZES = [
  NARROW,
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
  { width: 3840, height: 2160 },
];
const SCHEMES = ["light", "dark"] as const;
const LANGUAGES = [
  ["en", "en-GB"],
  ["nl", "nl-BE"],
] as const;
/** Milliseconds after which nothing moves any more. */
const SETTLED = 300;

const wanted = process.argv.slice(2);
const views = Object.entries<Show>(VIEWS).filter(([name]) => !wanted.length || wanted.includes(name));

await mkdir(FOLDER, { recursive: true });
const browser = await launched();
for (const [language, locale] of LANGUAGES)
  for (const [name, show] of views) await take(`${name}-${language}`, locale, show);
await browser.close();

/** Bring a view about once, and take it at each width in each scheme; the dashboard on paper, too. */
async function take(name: string, locale: string, show: Show): Promise<void> {
  const page = await browser.newPage({ viewport: NARROW, locale, reducedMotion: "reduce" });
  page.setDefaultTimeout(PATIENCE);
  await show(page);
  await page.mouse.move(0, 0);
  for (const viewport of SIZES)
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(SETTLED);
      await page.screenshot({ path: `${FOLDER}/${name}-${viewport.width}-${colorScheme}.png` });
    }
  if (show === VIEWS.dashboard) await page.pdf({ path: `${FOLDER}/${name}.pdf`, format: "A4" });
  await page.close();
}
