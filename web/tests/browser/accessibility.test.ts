import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { browse, signedIn } from "./browsing";
import { addresses, newTicket, uniqueWord } from "./local-run";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [360, 1280];

/** Return what is seriously wrong with a page as it is now, each with its first place. */
async function findings(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const run = `${AXE}; axe.run(document, { resultTypes: ["violations"] })`;
  const { result } = await session.send("Runtime.evaluate", {
    expression: run,
    awaitPromise: true,
    returnByValue: true,
  });
  const { violations } = result.value as AxeResults;
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

for (const colorScheme of ["light", "dark"] as const)
  for (const width of WIDTHS)
    browse(`nothing serious is wrong for assistive technology, ${colorScheme}, ${width} px`, async (open) => {
      const options = { colorScheme, viewport: { width, height: 800 } };
      const entrance = await open(options);
      await entrance.goto(addresses.console);
      await entrance.getByRole("button", { name: "Sam Super" }).waitFor();
      assert.deepEqual(await findings(entrance), []);
      const ticket = await newTicket(uniqueWord(), { uid: "jane@doe.example" });
      const page = await signedIn(open, "Sam Super", options);
      assert.deepEqual(await findings(page), []);
      await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
      await page.getByText("Nothing has been said here yet.").waitFor();
      assert.deepEqual(await findings(page), []);
      await page.keyboard.press("e");
      await page.getByRole("dialog").waitFor();
      assert.deepEqual(await findings(page), []);
      await page.keyboard.press("Escape");
      await page.goto(`${addresses.console}/#/dashboard`);
      await page.locator(".tiles").waitFor();
      assert.deepEqual(await findings(page), []);
    });
