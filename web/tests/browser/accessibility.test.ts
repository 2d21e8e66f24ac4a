import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { browse } from "./browsing";
import { NARROW, VIEWS } from "./shown-views";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STYLE = `${import.meta.dirname}/../../console/style`;
const WIDE = { width: 1280, height: 800 };
/** Pixels; what a finger meets. */
const FINGER = 44;

/** Classes that the views have shown, and how many views that were. */
const shown = new Set<string>();
let looked = 0;

for (const [index, [name, show]] of Object.entries(VIEWS).entries())
  browse(`${name}: nothing serious is wrong for assistive technology, and fingers fit`, async (open) => {
    // views share most of their parts: every other one begins dark, so each width shows both colours without four passes
    const [first, second] = index % 2 ? (["dark", "light"] as const) : (["light", "dark"] as const);
    const page = await open({ viewport: NARROW, colorScheme: first, reducedMotion: "reduce" });
    await show(page);
    for (const each of await classes(page)) shown.add(each);
    looked++;
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(await tooSmall(page), []);
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      "scrolls sideways",
    );
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ colorScheme: second });
    assert.deepEqual(await findings(page), []);
  });

test("every class that has a style is in a view that was looked at", async (context) => {
  if (looked < Object.keys(VIEWS).length) return context.skip(`only ${looked} views were looked at`);
  const styles = (await readdir(STYLE)).map((name) => readFile(`${STYLE}/${name}`, "utf8"));
  const selectors = (await Promise.all(styles)).join("\n").replaceAll(/\{[^{}]*\}|"[^"]*"|\/\*.*?\*\//gs, "");
  const styled = new Set([...selectors.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name]) => name!));
  assert.deepEqual([...styled].filter((name) => !shown.has(name)).sort(), []);
});

browse("what is wrong for assistive technology or fingers is found", async (open) => {
  const page = await open({ viewport: NARROW });
  await page.setContent(`<html lang="en"><title>Wrong</title><main>
    <button style="height: 40px"></button> <p style="color: #aaa; background: #fff">Pale</p></main></html>`);
  const rules = (await findings(page)).map((finding) => finding.split(":")[0]);
  assert.deepEqual(rules.sort(), ["button-name", "color-contrast"]);
  assert.equal((await tooSmall(page)).length, 1);
});

/** Return what is seriously wrong with a page as it is now, each with its first place. */
async function findings(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const evaluate = async (expression: string): Promise<unknown> =>
    (await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })).result
      .value;
  if (!(await evaluate("'axe' in globalThis"))) await evaluate(`${AXE}; undefined`);
  const run = "axe.run(document, { resultTypes: ['violations'] })";
  const { violations } = (await evaluate(run)) as AxeResults;
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

/** Return what can be pressed but is lower than a finger; a box to tick counts with its label. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((finger) => {
    const pressed =
      "button, a, summary, select, textarea, label:has(:checked), label:has([type=checkbox]), [role=slider]";
    const elements = [...document.querySelectorAll<HTMLElement>(pressed)];
    const visible = elements.filter((element) => element.checkVisibility({ visibilityProperty: true }));
    return visible
      .filter((element) => Math.ceil(element.getBoundingClientRect().height) < finger)
      .map((element) => element.outerHTML);
  }, FINGER);
}

function classes(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("[class]")].flatMap((element) => [...element.classList]),
  );
}
