// Takes the pictures of docs/tour.md from a local run with the demo world as it comes: npm run tour.
import { writeFile } from "node:fs/promises";
import { chromium, type Page } from "playwright-core";
import type { Ticket } from "../../api/types";
import { addresses, call } from "./local-run";

const PICTURES = `${import.meta.dirname}/../../../docs/pictures`;
const SIZE = { width: 1280, height: 800 };

const phone = await call<{ items: Ticket[] }>("GET", "Tickets?channelType=Phone&pageSize=100");
const recorded = phone.items.find((ticket) => ticket.hasRecording)!.ticketID;

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

await take("console", "light", async (page) => {
  await page.goto(`${addresses.console}/#/open/${recorded}`);
  await page.locator(".message").first().waitFor();
});
await take("search", "light", async (page) => {
  await page.getByRole("searchbox").fill("card");
  await page.getByRole("heading", { level: 1, name: /^All open \d{1,2}$/ }).waitFor();
  await page.getByTitle("Filters").click();
});
await take("bulk", "light", async (page) => {
  for (const key of ["j", "x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.getByText("3 selected").waitFor();
});
await take("history", "dark", async (page) => {
  await page.goto(`${addresses.console}/#/open/${recorded}`);
  await page.getByRole("tab", { name: "History" }).click();
  await page.locator(".recent li").first().waitFor();
});
await take("keys", "dark", async (page) => {
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
});
await take("dashboard", "light", async (page) => {
  await page.goto(`${addresses.console}/#/dashboard`);
  await page.locator(".tiles").waitFor();
});
await browser.close();

/** Open the console, do what is to be shown, and take the picture. */
async function take(name: string, colorScheme: "light" | "dark", prepare: (page: Page) => Promise<void>) {
  const page = await browser.newPage({ viewport: SIZE, colorScheme, locale: "en-GB" });
  await page.goto(addresses.console);
  await page.getByRole("button", { name: "Sam Super" }).click();
  await page.getByRole("row").first().waitFor();
  await prepare(page);
  await page.waitForTimeout(800); // counts and the waveform
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 85 });
  await writeFile(`${PICTURES}/${name}.webp`, Buffer.from(data, "base64"));
  await page.close();
}
