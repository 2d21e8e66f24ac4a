import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../widget/outbox";
import { KeptTexts } from "../../widget/kept-texts";

const ABOUT = { pageUrl: "https://shop.example/", lang: "en" };
const HOUR = 3_600_000;

/** A browser's storage: its names are its properties. */
function area(): Storage {
  const methods = {
    getItem(name: string) {
      return (this as Record<string, unknown>)[name] ?? null;
    },
    setItem(name: string, text: string) {
      (this as Record<string, unknown>)[name] = text;
    },
    removeItem(name: string) {
      delete (this as Record<string, unknown>)[name];
    },
  };
  return Object.create(methods) as Storage;
}

function forbidden(): never {
  throw new Error("The visitor keeps nothing.");
}

for (const [place, kept] of Object.entries({ "the browser's storage": area(), "the page alone": null })) {
  test(`messages wait in order in ${place}`, (context) => {
    context.mock.timers.enable({ apis: ["Date"], now: HOUR });
    const outbox = new Outbox(new KeptTexts(() => kept ?? forbidden(), "chat:"));
    outbox.add("One", ABOUT);
    context.mock.timers.tick(1);
    outbox.add("Two", ABOUT);
    assert.deepEqual(
      outbox.all().map((message) => message.text),
      ["One", "Two"],
    );
    outbox.remove(outbox.next()!);
    assert.equal(outbox.next()?.text, "Two");
  });
}

test("what a page keeps, the next one finds, key and all", () => {
  const storage = area();
  new Outbox(new KeptTexts(() => storage, "chat:")).add("One", ABOUT);
  const [first] = new Outbox(new KeptTexts(() => storage, "chat:")).all();
  const [again] = new Outbox(new KeptTexts(() => storage, "chat:")).all();
  assert.equal(first!.key, again!.key);
  assert.deepEqual(new Outbox(new KeptTexts(() => storage, "other:")).all(), []);
});

test("a message that was tried yesterday waits for the visitor's word, and then has a new key", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: HOUR });
  const outbox = new Outbox(new KeptTexts(forbidden, "chat:"));
  outbox.add("One", ABOUT);
  const tried = { ...outbox.next()!, triedAt: Date.now() };
  outbox.keep(tried);
  context.mock.timers.tick(22 * HOUR);
  assert.equal(outbox.next()?.key, tried.key);
  context.mock.timers.tick(2 * HOUR);
  assert.equal(outbox.next(), undefined);
  assert.equal(outbox.all()[0]?.fault, "unsure");
  outbox.renew(outbox.all()[0]!);
  assert.notEqual(outbox.next()?.key, tried.key);
});

test("a message that was refused stays refused", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: HOUR });
  const outbox = new Outbox(new KeptTexts(forbidden, "chat:"));
  outbox.add("One", ABOUT);
  outbox.keep({ ...outbox.next()!, triedAt: Date.now(), fault: "refused" });
  context.mock.timers.tick(24 * HOUR);
  assert.equal(outbox.next(), undefined);
  assert.equal(outbox.all()[0]?.fault, "refused");
});

test("messages keep the order of writing, also of one moment, or where the clock is set back", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: HOUR });
  const outbox = new Outbox(new KeptTexts(forbidden, "chat:"));
  for (const text of ["One", "Two"]) outbox.add(text, ABOUT);
  context.mock.timers.setTime(0);
  outbox.add("Three", ABOUT);
  assert.deepEqual(
    outbox.all().map((message) => message.text),
    ["One", "Two", "Three"],
  );
});

test("what no longer fits into the storage is known as it was last set, and once", () => {
  const storage = area();
  const texts = new KeptTexts(() => storage, "chat:");
  texts.set("outgoing:1", "old");
  Object.defineProperty(storage, "setItem", { value: forbidden });
  texts.set("outgoing:1", "new");
  assert.equal(texts.get("outgoing:1"), "new");
  assert.deepEqual(texts.names("outgoing:"), ["outgoing:1"]);
});
