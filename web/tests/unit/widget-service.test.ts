import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { Service, type Answer } from "../../widget/service";

/** Return what the widget makes of one reply of an API. */
async function answerTo(status: number, headers: Record<string, string> = {}): Promise<Answer<unknown>> {
  const server = createServer((_, reply) => reply.writeHead(status, headers).end(status < 300 ? "{}" : ""));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await new Service(`http://127.0.0.1:${port}`).read("key", 0, '"tag"');
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

test("nothing new is no news", async () => {
  assert.deepEqual(await answerTo(304), { kind: "done", value: null });
});

test("what is new comes with its tag", async () => {
  const answer = await answerTo(200, { ETag: '"next"' });
  assert.deepEqual(answer, { kind: "done", value: { messages: {}, tag: '"next"' } });
});

for (const [status, kind] of [
  [400, "refused"],
  [401, "over"],
  [403, "forbidden"],
  [422, "refused"],
] as const) {
  test(`${status} is final: ${kind}`, async () => assert.deepEqual(await answerTo(status), { kind }));
}

for (const [status, isLimit] of [
  [409, false],
  [429, true],
  [500, false],
  [503, false],
] as const) {
  test(`after ${status} it is tried again, when the API says`, async () => {
    assert.deepEqual(await answerTo(status, { "Retry-After": "7" }), { kind: "later", isLimit, wait: 7_000 });
    assert.deepEqual(await answerTo(status), { kind: "later", isLimit, wait: null });
  });
}

test("an API that cannot be reached is tried again", async () => {
  const answer = await new Service("http://127.0.0.1:9").read("key", 0, null);
  assert.deepEqual(answer, { kind: "later", isLimit: false, wait: null });
});
