import assert from "node:assert/strict";
import { test } from "node:test";
import { comeOnline, cut, json, reported, server, until } from "./page";
import { followFeed, onChange, type Told } from "../../console/feed";

const GONE = { ticketID: 1, ticket: null };

test("neither a reply that is cut nor a listener that fails ends the feed", async () => {
  const heard: Told[] = [];
  const leaving = [
    onChange(() => {
      throw new Error("A fault of this listener");
    }),
    onChange((items) => heard.push(...items)),
  ];
  const replies = [cut(), json({ items: [GONE], next: "2", isUpToDate: true })];
  server.answer = () => replies.shift() ?? new Response(null, { status: 304 });
  leaving.push(followFeed());
  await until(() => replies.length === 1);
  while (!heard.length) {
    comeOnline();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  leaving.forEach((leave) => leave());
  assert.deepEqual(heard, [GONE]);
  assert.match(String(reported), /A fault of this listener/);
});
