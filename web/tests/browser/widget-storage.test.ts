// What the widget does with what the browser keeps, or refuses to keep.
import assert from "node:assert/strict";
import { browse, type Open } from "./browsing";
import { uniqueWord } from "./local-run";
import { arrived, said, Visitor } from "./visitor";

/** Refuses storage as Chromium does where the visitor forbids it: locks go with it. */
const REFUSED = `{
  const refuse = () => { throw new DOMException("Access is denied for this document.", "SecurityError") };
  for (const area of ["localStorage", "sessionStorage"]) Object.defineProperty(window, area, { get: refuse });
  LockManager.prototype.request = async () => refuse();
}`;

/** Keeps a copy of each message that waits; `putBack` restores them. */
const COPIED = `{
  const copies = [];
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (name, text) {
    if (name.includes(":outgoing:")) copies.push([name, text]);
    setItem.call(this, name, text);
  };
  window.putBack = () => copies.forEach(([name, text]) => localStorage.setItem(name, text));
}`;
const TWO_DAYS = 48 * 3_600_000;
const SEEN = "localStorage.getItem(Object.keys(localStorage).find((name) => name.endsWith(':seen')))";

browse("a visitor who forbids storage has a chat as long as the page is there", async (open) => {
  const page = await open();
  await page.addInitScript(REFUSED);
  const visitor = await Visitor.at(async () => page);
  const word = uniqueWord();
  await visitor.say(`First ${word}`);
  await visitor.say("Second");
  assert.deepEqual(await said((await arrived(word)).ticketID), [`First ${word}`, "Second"]);
});

browse("a page that dies as soon as a chat is begun says nothing twice", async (open) => {
  const page = await open();
  await page.addInitScript(COPIED);
  const visitor = await Visitor.at(async () => page);
  const word = uniqueWord();
  await visitor.say(`First ${word}`);
  await page.evaluate("putBack()");
  const replayed = page.waitForResponse((reply) => reply.headers()["idempotent-replayed"] === "true");
  await page.reload();
  await replayed;
  await visitor.say("Second");
  assert.deepEqual(await said((await arrived(word)).ticketID), [`First ${word}`, "Second"]);
  await visitor.shows([`First ${word}`, "Second"]);
});

/** Shut a visitor's page; come back to the shop two days later, with what the browser kept. */
async function twoDaysLater({ page }: Visitor, open: Open): Promise<Visitor> {
  const later = await open({ storageState: await page.context().storageState() });
  await page.close();
  await later.clock.setFixedTime(Date.now() + TWO_DAYS);
  return Visitor.on(later);
}

browse("what is written without a network goes out, also two days later", async (open) => {
  const visitor = await Visitor.at(open);
  const word = uniqueWord();
  await visitor.say(`First ${word}`);
  await visitor.page.context().setOffline(true);
  await visitor.write("Second");
  await visitor.bubble("Second").getByText("Not sent yet").waitFor();
  const later = await twoDaysLater(visitor, open);
  await later.sent("Second");
  await later.shows([`First ${word}`, "Second"]);
  assert.deepEqual(await said((await arrived(word)).ticketID), [`First ${word}`, "Second"]);
});

browse("what arrived without an acknowledgement is shown once, also two days later", async (open) => {
  const visitor = await Visitor.at(open);
  const { page } = visitor;
  const word = uniqueWord();
  await visitor.say(`First ${word}`);
  await page.route("**/chatmessages*", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await visitor.write("Second");
  await visitor.bubble("Second").getByText("Not sent yet").waitFor();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.route("**/api/**", (route) => route.abort());
  const later = await twoDaysLater(visitor, open);
  await later.sent("Second");
  await later.shows([`First ${word}`, "Second"]);
});

browse("two windows that both show a chat do not keep each other awake", async (open) => {
  const visitor = await Visitor.at(open);
  const { page } = visitor;
  const word = uniqueWord();
  await visitor.say(word);
  const behind = await Visitor.on(await page.context().newPage());
  await behind.bubble(word).waitFor();
  await behind.page.route("**/chatmessages?*", () => undefined); // it waits for an answer, and so cannot catch up
  await visitor.say("Second");
  assert.equal(await page.evaluate(SEEN), "2");
  await behind.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))"); // it shows what it has
  assert.equal(await page.evaluate(SEEN), "2");
});

browse("what a visitor cannot see does not keep a message from being sent", async (open) => {
  const visitor = await Visitor.at(open);
  await visitor.write("From\u000ba text\u0007 editor");
  await visitor.sent("Froma text editor");
});
