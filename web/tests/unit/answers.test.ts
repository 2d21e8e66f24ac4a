import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { comeOnline, cut, json, server } from "./page";
import { session } from "../../console/session";
import { outbox } from "../../console/ticket/outbox";

const ANSWER = { ticketID: 1, body: "Hello", direction: "Representative" } as const;

/** Return the keys under which an answer was sent until one of the replies ended it. */
async function keysOf(replies: Response[]): Promise<string[]> {
  const keys: string[] = [];
  server.answer = (request) => {
    keys.push(request.headers.get("Idempotency-Key")!);
    return replies.shift()!;
  };
  outbox.send(ANSWER);
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
