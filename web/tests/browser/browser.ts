// The browser that everything here is driven in.
import { chromium, type Browser } from "playwright-core";

/** Milliseconds within which whatever is waited for has to appear; a machine may be busy. */
export const PATIENCE = 120_000;

export function launched(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
