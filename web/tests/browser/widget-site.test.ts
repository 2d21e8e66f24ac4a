// The widget beside whatever a site may be: its policy, its styles, its language, its direction, its visitors' devices.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { browse } from "./browsing";
import { Visitor } from "./visitor";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const HOSTILE = `
  * { all: revert; color: red !important; font: 40px fantasy !important; letter-spacing: 1em !important; }
  html { color-scheme: light dark; font-size: 200px; text-transform: uppercase; }
  body > * { display: none !important; position: static !important; opacity: 0 !important; transform: scale(9) !important; }
  div, button, textarea, dialog, form, p { display: none !important; }
  body::after { content: ''; position: fixed !important; inset: 0; z-index: 2147483647; }`;
const STILL = { reducedMotion: "reduce" } as const;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Return every property of every part, and where it stands. */
function look(visitor: Visitor): Promise<unknown[]> {
  return visitor.dialog.evaluate((dialog) =>
    [dialog, ...dialog.querySelectorAll("*")].map((part) => {
      const style = getComputedStyle(part);
      const properties = Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
      return { name: part.localName, ...part.getBoundingClientRect().toJSON(), ...properties };
    }),
  );
}

/** Return the rules of accessibility that the widget breaks. */
async function faults({ page }: Visitor): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate("axe.run({ include: [['tickets-chat']] })");
  return (found as { violations: { id: string }[] }).violations.map(({ id }) => id);
}

browse("it works where the site allows no inline style, no eval and no markup from text", async (open) => {
  const visitor = await Visitor.at(open, {
    policy: "; require-trusted-types-for 'script'; trusted-types 'none'",
  });
  const complaints: string[] = [];
  visitor.page.on("console", (message) => complaints.push(message.text()));
  await visitor.page.reload();
  await visitor.say("Hello");
  assert.equal(await visitor.launcher.evaluate((button) => getComputedStyle(button).borderRadius), "50%");
  assert.deepEqual(complaints, []);
});

browse("it looks the same beside hostile styles", async (open) => {
  const usual = await Visitor.at(open, undefined, STILL);
  const beside = await Visitor.at(open, { style: HOSTILE }, STILL);
  assert.deepEqual(await look(beside), await look(usual));
  await beside.say("Hello");
});

for (const [lang, greeting] of [
  ["nl-BE", "Waarmee kunnen we u helpen?"],
  ["fr", "Comment pouvons-nous vous aider"],
  ["de-AT", "Wie können wir Ihnen helfen?"],
  ["ja", "How can we help you?"],
] as const) {
  browse(`it speaks the language of the page: ${lang}`, async (open) => {
    const visitor = await Visitor.at(open, { page: (shop) => shop.replace('lang="en"', `lang="${lang}"`) });
    await visitor.dialog.getByText(greeting).waitFor();
  });
}

browse("it is mirrored on a page that reads from right to left", async (open) => {
  const visitor = await Visitor.at(open, {
    page: (shop) => shop.replace('lang="en"', 'lang="ar" dir="rtl"'),
  });
  await visitor.say("مرحبا، هل الكوب أزرق؟");
  const box = await visitor.dialog.boundingBox();
  assert.ok(box!.x < 40, `at ${box!.x}`);
  const bubble = await visitor.bubble("مرحبا").boundingBox();
  assert.ok(bubble!.x < box!.x + 40, `at ${bubble!.x}`);
  await visitor.picture("rtl");
});

browse("a keyboard opens it, writes, and finds the way back", async (open) => {
  const visitor = await Visitor.at(open);
  const { page } = visitor;
  await page.keyboard.press("Escape");
  await visitor.dialog.waitFor({ state: "hidden" });
  await visitor.launcher.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await visitor.text.and(page.locator(":focus")).waitFor();
  await page.keyboard.type("One");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("Two");
  await page.keyboard.press("Enter");
  await visitor.sent("One");
  await visitor.shows(["One\nTwo"]);
});

/** Closes the chat by its key and opens it again before the page hears that it was closed; waits until it has heard. */
const REOPENED = `(async () => {
  const { shadowRoot } = document.querySelector("tickets-chat");
  const told = new Promise((resolve) => shadowRoot.querySelector("dialog").addEventListener("close", resolve));
  shadowRoot.querySelector("textarea").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  shadowRoot.querySelector(".launcher").click();
  await told;
})()`;

browse("a chat that is opened again right after it was closed is open", async (open) => {
  const visitor = await Visitor.at(open);
  await visitor.page.evaluate(REOPENED);
  await visitor.text.and(visitor.page.locator(":focus")).waitFor();
  await visitor.page.reload();
  await visitor.dialog.waitFor();
});

browse("on a phone it covers the page and keeps the focus", async (open) => {
  const visitor = await Visitor.at(open, undefined, PHONE);
  assert.ok(await visitor.dialog.evaluate((dialog) => dialog.matches(":modal")));
  assert.deepEqual(await visitor.dialog.boundingBox(), { x: 0, y: 0, ...PHONE.viewport });
  await visitor.say("Hello");
  assert.deepEqual(await faults(visitor), []);
  await visitor.picture("phone");
});

for (const colorScheme of ["light", "dark"] as const) {
  browse(`nobody is shut out: ${colorScheme}`, async (open) => {
    const visitor = await Visitor.at(open, undefined, { colorScheme, ...STILL });
    assert.deepEqual(await faults(visitor), []);
    await visitor.say("Is the harbour mug dishwasher-safe?");
    await visitor.page.route("**/chatmessages", (route) => route.fulfill({ status: 400, json: {} }), {
      times: 1,
    });
    await visitor.write("And the plate?");
    await visitor.bubble("And the plate?").getByText("not accepted").waitFor();
    assert.deepEqual(await faults(visitor), []);
    await visitor.picture(colorScheme);
  });
}
