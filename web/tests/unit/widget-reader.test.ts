// How the chat of a page is followed.
import assert from "node:assert/strict";
import { before, test, type TestContext } from "node:test";
import { Chat } from "../../widget/chat";
import { KeptTexts } from "../../widget/kept-texts";
import { Reader, type Following } from "../../widget/reader";
import { Service, type Answer } from "../../widget/service";

const DONE: Answer<null> = { kind: "done", value: null };
const UNREACHED: Answer<null> = { kind: "later", isLimit: false, wait: null };
const MINUTE = 60_000;

/** An API that has nothing new, or cannot be reached. */
class Api extends Service {
  answer: Answer<null> = DONE;

  constructor() {
    super("https://api.example");
  }

  override async read(): Promise<Answer<null>> {
    return this.answer;
  }
}

/** A clock that a test moves, and with it the timers. */
function clock(context: TestContext): (milliseconds: number) => Promise<void> {
  let now = 0;
  context.mock.timers.enable({ apis: ["setTimeout"] });
  context.mock.method(performance, "now", () => now);
  return async (milliseconds) => {
    now += milliseconds;
    context.mock.timers.tick(milliseconds);
    await new Promise(setImmediate);
  };
}

function readerOf(api: Api, following: Partial<Following> = {}): Reader {
  return new Reader(api, {
    visitorKey: () => "key",
    isOpen: () => true,
    isAwaited: false,
    isSent: async () => {},
    changed: () => {},
    ...following,
  });
}

/** A chat that is open and cannot be reached, and what its visitor keeps. */
async function unreachedChat(
  api: Api,
  pass: (milliseconds: number) => Promise<void>,
): Promise<[Chat, KeptTexts]> {
  const kept = new KeptTexts(() => thrown(new Error("The visitor keeps nothing.")), "chat:");
  kept.set("visitorKey", "of a ticket");
  const chat = new Chat(api, kept, { channelToken: "token", lang: "en", isAwaited: false }, () => {});
  api.answer = UNREACHED;
  chat.setOpen(true);
  for (let minute = 0; minute < 3; minute++) await pass(MINUTE);
  assert.equal(chat.trouble, "unreachable");
  return [chat, kept];
}

function thrown(fault: unknown): never {
  throw fault;
}

before(() => {
  const document = { visibilityState: "visible" };
  Object.assign(globalThis, { window: globalThis, document, reportError: thrown });
});

test("a connection that is back is told, also where nothing is new", async (context) => {
  const pass = clock(context);
  const [api, told] = [new Api(), context.mock.fn()];
  const reader = readerOf(api, { changed: () => told(reader.isReached) });
  const lastTold = () => told.mock.calls.at(-1)?.arguments[0];
  api.answer = UNREACHED;
  reader.ask();
  for (let minute = 0; minute < 10; minute++) await pass(MINUTE);
  assert.equal(lastTold(), false);
  api.answer = DONE;
  reader.stir();
  assert.equal(reader.isReached, false);
  await pass(0);
  assert.equal(lastTold(), true);
});

test("a chat that is opened while the API wants patience is read afterwards", async (context) => {
  const pass = clock(context);
  const api = new Api();
  const read = context.mock.method(api, "read");
  let isOpen = true;
  const reader = readerOf(api, { isOpen: () => isOpen });
  api.answer = { kind: "later", isLimit: true, wait: MINUTE };
  reader.ask();
  isOpen = false; // before the answer comes
  await pass(0);
  isOpen = true;
  reader.ask();
  await pass(MINUTE - 1);
  assert.equal(read.mock.callCount(), 1);
  await pass(1);
  assert.equal(read.mock.callCount(), 2);
});

test("a chat that is begun anew is told of no failure of the one before", async (context) => {
  const pass = clock(context);
  const api = new Api();
  const [chat] = await unreachedChat(api, pass);
  api.answer = { kind: "over" };
  await pass(MINUTE);
  assert.equal(chat.trouble, "over");
  chat.beginAnew();
  assert.equal(chat.trouble, null);
});

test("a failure that comes after another tab left the chat is not told", async (context) => {
  const pass = clock(context);
  const api = new Api();
  const [chat, kept] = await unreachedChat(api, pass);
  let fail = () => {};
  const unanswered = new Promise((resolve) => (fail = () => resolve(UNREACHED)));
  context.mock.method(api, "read", () => unanswered);
  await pass(MINUTE);
  kept.remove("visitorKey");
  assert.equal(chat.trouble, null);
  fail();
  await pass(0);
  assert.equal(chat.trouble, null);
});
