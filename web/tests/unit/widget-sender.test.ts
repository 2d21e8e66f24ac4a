import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Chat } from "../../widget/chat";
import { Outbox } from "../../widget/outbox";
import { Sender } from "../../widget/sender";
import { Service, type Answer, type ChatDraft } from "../../widget/service";
import { KeptTexts } from "../../widget/kept-texts";

const BEGUN = {
  ticketID: 1,
  channelID: 1,
  channelName: "Webchat",
  dateCreated: "2026-11-26T10:00:00Z",
  status: "Open",
  token: "of the ticket",
  visitorKey: "of the visitor",
};
const ABOUT = { pageUrl: "https://shop.example/", lang: "en" };

function forbidden(): never {
  throw new Error("The visitor keeps nothing.");
}

/** A network that is gone, or an API that begins a chat for whoever writes. */
class Api extends Service {
  isReached = false;
  readonly begun: ChatDraft[] = [];

  constructor() {
    super("https://api.example");
  }

  override async begin(draft: ChatDraft): ReturnType<Service["begin"]> {
    this.begun.push(draft);
    if (!this.isReached) return { kind: "later", isLimit: false, wait: null };
    return { kind: "done", value: BEGUN };
  }

  override async read(): Promise<Answer<null>> {
    return { kind: "done", value: null };
  }
}

function senderOf(outbox: Outbox, api: Api): Sender {
  const nothing = () => {};
  const delivery = { visitorKey: () => null, last: () => 0, begun: nothing, said: nothing, changed: nothing };
  return new Sender(api, outbox, "token", delivery);
}

async function send(sender: Sender): Promise<void> {
  sender.send();
  await sender.turn;
}

/** What was reported as a page reports faults. */
const reported: unknown[] = [];

before(() => {
  const place = {
    origin: "https://shop.example",
    pathname: "/reset",
    search: "?token=secret",
    hash: "#secret",
  };
  Object.assign(globalThis, {
    window: globalThis,
    location: place,
    document: { visibilityState: "visible" },
  });
  globalThis.reportError = (error) => void reported.push(error);
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
});

test("what another tab has sent is no trouble of this one", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const outbox = new Outbox(new KeptTexts(forbidden, "chat:"));
  const sender = senderOf(outbox, new Api());
  outbox.add("One", ABOUT);
  await send(sender);
  assert.equal(sender.trouble, "unreachable");
  outbox.remove(outbox.next()!);
  await send(sender);
  assert.equal(sender.trouble, null);
});

test("a fault while sending is reported, and the next message goes out", async (context) => {
  const [outbox, api] = [new Outbox(new KeptTexts(forbidden, "chat:")), new Api()];
  const sender = senderOf(outbox, api);
  api.isReached = true;
  outbox.add("One", ABOUT);
  context.mock.method(api, "begin", forbidden, { times: 1 });
  await send(sender);
  assert.equal(reported.length, 1);
  await send(sender);
  assert.equal(outbox.next(), undefined);
});

test("a chat tells of its page neither query nor fragment", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const api = new Api();
  const site = { channelToken: "token", lang: "en", isAwaited: false };
  const chat = new Chat(api, new KeptTexts(forbidden, "chat:"), site, () => {});
  chat.write("One", {});
  await new Promise(setImmediate);
  assert.deepEqual(api.begun, [
    { channelToken: "token", message: "One", pageUrl: "https://shop.example/reset", lang: "en" },
  ]);
});

test("what is written in a chat that is over is tried once, and waits", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const [api, kept] = [new Api(), new KeptTexts(forbidden, "chat:")];
  kept.set("visitorKey", "of a deleted ticket");
  const said = context.mock.method(api, "say", async () => {
    assert.equal(said.mock.callCount(), 0, "it is tried again");
    return { kind: "over" };
  });
  const chat = new Chat(api, kept, { channelToken: "token", lang: "en", isAwaited: false }, () => {});
  chat.write("One", {});
  await new Promise(setImmediate);
  assert.equal(said.mock.callCount(), 1);
  assert.equal(chat.trouble, "over");
  assert.deepEqual(
    chat.outgoing.map(({ text }) => text),
    ["One"],
  );
});

test("an API that asks for patience gets it, whatever was refused before", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const [outbox, api] = [new Outbox(new KeptTexts(forbidden, "chat:")), new Api()];
  const begun = context.mock.method(api, "begin", async () =>
    begun.mock.callCount()
      ? { kind: "later", isLimit: true, wait: 30_000 }
      : { kind: "later", isLimit: false, wait: null },
  );
  const sender = senderOf(outbox, api);
  outbox.add("One", ABOUT);
  sender.send();
  await send(sender);
  assert.equal(begun.mock.callCount(), 2);
  context.mock.timers.tick(29_000);
  await sender.turn;
  assert.equal(begun.mock.callCount(), 2);
  context.mock.timers.tick(1_000);
  await sender.turn;
  assert.equal(begun.mock.callCount(), 3);
});
