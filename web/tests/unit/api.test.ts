import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, json, server } from "./page";
import { api, body } from "../../console/api";
import { isConnected } from "../../console/connection";
import { Unreachable } from "../../console/refusal";

const channels = () => body(api.GET("/api/Channels"));

for (const [name, reply] of Object.entries({
  "a reply that is cut in its midst": () => cut(),
  "the page of another server": () => new Response("<p>Hotel", { headers: { "Content-Type": "text/html" } }),
}))
  test(`${name} is no answer`, async () => {
    server.answer = reply;
    await assert.rejects(channels(), Unreachable);
    assert.equal(isConnected.value, false);
  });

test("a reply that is whole is read, and one without a body has none", async () => {
  server.answer = () => json({ items: [1] });
  assert.deepEqual(await channels(), { items: [1] });
  server.answer = () => new Response(null, { status: 304, headers: { ETag: '"7"' } });
  const { response } = await api.GET("/api/Channels");
  assert.deepEqual([response.status, response.headers.get("ETag")], [304, '"7"']);
});
