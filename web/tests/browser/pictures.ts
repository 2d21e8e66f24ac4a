// Writes a picture of each view, light and dark, at three widths, to tests/output/pictures: look at them.
import { mkdir } from "node:fs/promises";
import { chromium, type Page } from "playwright-core";
import type { Ticket } from "../../api/types";
import { addresses, call } from "./local-run";

const OUTPUT = `${import.meta.dirname}/../output`;
const SIZES = { 360: 740, 1280: 800, 2560: 1440 };
const [wanted] = process.argv.slice(2);

const { items } = await call<{ items: Ticket[] }>("GET", "Tickets?channelType=Phone&pageSize=100");
const recorded = items.find((ticket) => ticket.hasRecording)?.ticketID;

/** Each view by its name: the address, and what is done there before the picture is taken. */
const VIEWS: Record<string, [string, (page: Page) => Promise<unknown>]> = {
  inbox: ["open", async () => undefined],
  ticket: [`open/${recorded}`, (page) => page.locator(".message").first().waitFor()],
  dashboard: ["dashboard", (page) => page.locator(".tiles").waitFor()],
  keys: ["open", (page) => page.keyboard.press("?")],
  edit: [
    `open/${recorded}`,
    (page) =>
      page
        .locator(".message")
        .first()
        .waitFor()
        .then(() => page.keyboard.press("e")),
  ],
  filters: ["open", (page) => page.getByTitle("Filters").click()],
};

await mkdir(`${OUTPUT}/pictures`, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
for (const colorScheme of ["light", "dark"] as const)
  for (const [width, height] of Object.entries(SIZES)) {
    const page = await browser.newPage({
      viewport: { width: Number(width), height },
      colorScheme,
      locale: "en-GB",
    });
    const take = (name: string) =>
      page.screenshot({ path: `${OUTPUT}/pictures/${name}-${colorScheme}-${width}.png` });
    await page.goto(addresses.console);
    await page.getByRole("button", { name: "Sam Super" }).waitFor();
    await take("sign-in");
    await page.getByRole("button", { name: "Sam Super" }).click();
    await page.getByRole("row").first().waitFor();
    for (const [name, [place, prepare]] of Object.entries(VIEWS)) {
      if (wanted && wanted !== name) continue;
      await page.goto(`${addresses.console}/#/${place}`);
      await page.reload();
      await page.locator(":is(.row, .ticket-head, .tiles):visible").first().waitFor();
      await prepare(page);
      await page.waitForTimeout(600);
      await take(name);
    }
    await page.close();
  }
await browser.close();
