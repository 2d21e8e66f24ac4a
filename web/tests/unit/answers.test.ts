import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { comeOnline, cut, json, server } from "./page";
import { session } from "../../console/session";
import { outbox } from "../../console/ticket/outbox";

const ANSWER = { ticketID: 1, body: "Hello", direction: "Representative" } as const;

/** Send an answer; return the keys under which it was sent until one of the replies ended it. */
function keysOf(replies: Response[]): Promise<string[]> {
  return keysSent(replies, () => outbox.send(ANSWER));
}

/** Send what waits; return the keys. */
async function keysSent(replies: Response[], begin = () => outbox.resume()): Promise<string[]> {
  const keys: string[] = [];
  server.answer = (request) => {
    keys.push(request.headers.get("Idempotency-Key")!);
    return replies.shift()!;
  };
  begin();
  while (outbox.value.some((entry) => !entry.refusal)) {
    comeOnline();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return keys;
}

beforeEach(() => {
  session.begin("token");
  session.recognise({ customerID: 1, customerRepID: 11, name: "Sam", role: "Supervisor" });
  outbox.set([]);
});

for (const [name, reply] of Object.entries({
  "a reply is cut": cut(201),
  "the API has a fault": json({ code: "InternalError", status: 500 }, 500),
  "a gateway gives up": new Response("", { status: 504 }),
  "others are faster": json({ code: "Conflict", status: 409 }, 409),
}))
  test(`an answer is sent again with its key where ${name}`, async () => {
    const keys = await keysOf([reply, json({ messageID: 5 }, 201)]);
    assert.equal(keys.length, 2);
    assert.equal(new Set(keys).size, 1);
    assert.deepEqual(outbox.value, []);
  });

test("an answer that the rules refuse is sent once, and kept", async () => {
  assert.equal((await keysOf([json({ code: "Forbidden", status: 403 }, 403)])).length, 1);
  assert.equal(outbox.value[0]?.refusal?.code, "Forbidden");
});

for (const [hours, sent] of Object.entries({ 22: ["k"], 24: [] }))
  test(`an answer first tried ${hours} hours ago is sent ${sent.length} times`, async () => {
    const triedAt = Date.now() - Number(hours) * 3_600_000;
    outbox.set([{ key: "k", writer: "1.11", message: ANSWER, triedAt, refusal: null }]);
    assert.deepEqual(await keysSent([json({ messageID: 5 }, 201)]), sent);
    assert.deepEqual(
      outbox.value.map((entry) => entry.refusal?.code),
      sent.length ? [] : ["Unsure"],
    );
  });

test("the first try with a network is noted", async () => {
  await keysOf([json({ code: "Forbidden", status: 403 }, 403)]);
  assert.ok(outbox.value[0]!.triedAt! <= Date.now());
});
