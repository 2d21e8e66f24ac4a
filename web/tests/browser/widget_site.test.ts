// The widget beside whatever a site may be: its policy, its styles, its language, its direction, its visitors' devices.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { complaintsOf, inBrowser, picture } from "./chromium";
import { rareWord, Visitor } from "./visitor";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const HOSTILE = `
  * { all: revert; color: red !important; font: 40px fantasy !important; letter-spacing: 1em !important; }
  html { font-size: 4px; direction: ltr; text-transform: uppercase; }
  body > * { display: none !important; position: static !important; opacity: 0 !important; transform: scale(9) !important; }
  button, textarea, dialog, form, p { display: none !important; }`;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate("axe.run({ include: [['tickets-chat']] })");
  return (found as { violations: { id: string }[] }).violations.map(({ id }) => id);
}

inBrowser("it works where the site allows no inline style, no eval and no markup from text", async (page) => {
  const complaints = complaintsOf(page);
  const visitor = await Visitor.at(page, {
    policy: "; require-trusted-types-for 'script'; trusted-types 'none'",
  });
  await visitor.say("Hello");
  assert.equal(await visitor.launcher.evaluate((button) => getComputedStyle(button).borderRadius), "50%");
  assert.deepEqual(complaints, []);
});

inBrowser(
  "it looks the same beside hostile styles",
  async (page) => {
    const look = () =>
      visitor.dialog.evaluate((dialog) => {
        const parts = [dialog, ...dialog.querySelectorAll("*")];
        return parts.map((part) => [
          getComputedStyle(part).cssText,
          JSON.stringify(part.getBoundingClientRect()),
        ]);
      });
    let visitor = await Visitor.at(page);
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
    const usual = await look();
    visitor = await Visitor.at(page, { style: HOSTILE });
    assert.deepEqual(await look(), usual);
    await visitor.say("Hello");
  },
  { reducedMotion: "reduce" },
);

for (const [lang, greeting] of [
  ["nl-BE", "Waarmee kunnen we u helpen?"],
  ["fr", "Comment pouvons-nous vous aider"],
  ["de-AT", "Wie können wir Ihnen helfen?"],
  ["ja", "How can we help you?"],
] as const) {
  inBrowser(`it speaks the language of the page: ${lang}`, async (page) => {
    const visitor = await Visitor.at(page, { page: (shop) => shop.replace('lang="en"', `lang="${lang}"`) });
    await visitor.dialog.getByText(greeting).waitFor();
  });
}

inBrowser("it is mirrored on a page that reads from right to left", async (page) => {
  const visitor = await Visitor.at(page, {
    page: (shop) => shop.replace('lang="en"', 'lang="ar" dir="rtl"'),
  });
  await visitor.say("مرحبا، هل الكوب أزرق؟");
  const box = await visitor.dialog.boundingBox();
  assert.ok(box!.x < 40, `at ${box!.x}`);
  const bubble = await visitor.bubble("مرحبا").boundingBox();
  assert.ok(bubble!.x < box!.x + 40, `at ${bubble!.x}`);
  await picture(page, "widget-rtl");
});

inBrowser("a keyboard opens it, writes, and finds the way back", async (page) => {
  const visitor = await Visitor.at(page);
  await page.keyboard.press("Escape");
  await visitor.dialog.waitFor({ state: "hidden" });
  assert.ok(await visitor.launcher.evaluate((button) => button.matches(":focus")));
  await page.keyboard.press("Enter");
  assert.ok(await visitor.text.evaluate((text) => text.matches(":focus")));
  await page.keyboard.type("One");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("Two");
  await page.keyboard.press("Enter");
  await visitor.sent("One");
  assert.deepEqual(await visitor.shown(), ["One\nTwo"]);
});

inBrowser(
  "on a phone it covers the page and keeps the focus",
  async (page) => {
    const visitor = await Visitor.at(page);
    assert.ok(await visitor.dialog.evaluate((dialog) => dialog.matches(":modal")));
    assert.deepEqual(await visitor.dialog.boundingBox(), { x: 0, y: 0, ...PHONE.viewport });
    await visitor.say(`Hello ${rareWord()}`);
    assert.deepEqual(await faults(page), []);
    await picture(page, "widget-phone");
  },
  PHONE,
);

for (const colorScheme of ["light", "dark"] as const) {
  inBrowser(
    `nobody is shut out: ${colorScheme}`,
    async (page) => {
      const visitor = await Visitor.at(page);
      assert.deepEqual(await faults(page), []);
      await visitor.say("Is the harbour mug dishwasher-safe?");
      await page.route("**/chatmessages", (route) => route.fulfill({ status: 400, json: {} }), { times: 1 });
      await visitor.write("And the plate?");
      await visitor.bubble("And the plate?").getByText("not accepted").waitFor();
      assert.deepEqual(await faults(page), []);
      await picture(page, `widget-${colorScheme}`);
    },
    { colorScheme, reducedMotion: "reduce" },
  );
}
