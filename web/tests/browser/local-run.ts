import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

/** Addresses of the local run under test; `tests/web` sets them. */
export const addresses = {
  api: process.env["API_URL"] ?? "http://127.0.0.1:3000",
  console: process.env["CONSOLE_URL"] ?? "http://127.0.0.1:3002",
};

export function launched(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** Return a token as the console's page gets it. */
export async function tokenOf(repID: number, customerID = 1): Promise<string> {
  const headers = { "Sec-Fetch-Site": "same-origin" };
  const reply = await fetch(`${addresses.console}/people/${customerID}/${repID}`, { headers });
  return ((await reply.json()) as { token: string }).token;
}

/** Open the console as a representative of the demo world, signed in by name. */
export async function signedIn(context: BrowserContext, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(addresses.console);
  await page.getByRole("button", { name }).click();
  await page.getByRole("row").first().waitFor();
  return page;
}
