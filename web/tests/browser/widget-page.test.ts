// The widget while the page around it changes, is printed, or is half covered.
import assert from "node:assert/strict";
import { browse } from "./browsing";
import { addresses } from "./local-run";
import { until, Visitor } from "./visitor";

const LYING = { viewport: { width: 740, height: 360 }, hasTouch: true, isMobile: true };
const KEYBOARD = 200;

browse("it stays where a site moves its body, or puts another one in its place", async (open) => {
  const visitor = await Visitor.at(open);
  const { page } = visitor;
  await visitor.text.fill("half a sent");
  const place = await visitor.dialog.boundingBox();
  await page.evaluate(() => (document.body.style.transform = "translateX(-300px)"));
  assert.deepEqual(await visitor.dialog.boundingBox(), place);
  await page.evaluate(() => {
    history.pushState(null, "", "/another");
    document.body.replaceWith(document.createElement("body"));
  });
  await visitor.text.press("Enter");
  await visitor.sent("half a sent");
});

browse("a site that names the script twice has one chat, of the first", async (open) => {
  const visitor = await Visitor.at(open, {
    page: (shop) => shop.replace(/<script[\s\S]*?<\/script>/, (script) => script + script),
  });
  await visitor.say("Hello");
  assert.equal(await visitor.page.locator("tickets-chat").count(), 1);
});

browse("a site may allow the one file, the one API, and no more", async (open) => {
  const visitor = await Visitor.at(open, { policy: `; script-src ${addresses.console}/widget.js` });
  await visitor.say("Hello");
});

browse("a site that isolates itself may have it", async (open) => {
  const visitor = await Visitor.at(open, { headers: { "cross-origin-embedder-policy": "require-corp" } });
  await visitor.say("Hello");
});

browse("it is not printed", async (open) => {
  const visitor = await Visitor.at(open);
  await visitor.page.emulateMedia({ media: "print" });
  await visitor.dialog.waitFor({ state: "hidden" });
  await visitor.page.emulateMedia({ media: "screen" });
  await visitor.dialog.waitFor();
});

browse("the last message stays in sight when there is less room", async (open) => {
  const visitor = await Visitor.at(open);
  await visitor.say("One\n".repeat(30));
  await visitor.page.context().setOffline(true);
  await visitor.write("Last");
  await visitor.notice.getByText("No connection").waitFor();
  const places = () => Promise.all([visitor.bubble("Last").boundingBox(), visitor.notice.boundingBox()]);
  await until(places, ([last, notice]) => last!.y + last!.height <= notice!.y);
});

browse("on a phone that lies on its side all of it stands above the keyboard", async (open) => {
  const visitor = await Visitor.at(open, undefined, LYING);
  const { page } = visitor;
  assert.deepEqual(await visitor.dialog.boundingBox(), { x: 0, y: 0, ...LYING.viewport });
  await page.evaluate((height) => {
    Object.defineProperty(visualViewport, "height", { value: height });
    visualViewport!.dispatchEvent(new Event("resize"));
  }, LYING.viewport.height - KEYBOARD);
  const left = LYING.viewport.height - KEYBOARD;
  const places = () => Promise.all([visitor.dialog.boundingBox(), visitor.text.boundingBox()]);
  await until(places, ([dialog, text]) => dialog!.height === left && text!.y + text!.height <= left);
  await visitor.picture("keyboard");
});
