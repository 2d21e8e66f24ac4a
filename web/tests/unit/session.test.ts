import assert from "node:assert/strict";
import { test } from "node:test";
import { reload } from "./page";
import { session, tokenIn, writer } from "../../console/session";

const SAM = { customerID: 1, customerRepID: 11, name: "Sam", role: "Supervisor" } as const;

test("a token is taken without what nobody sees", () => {
  assert.equal(tokenIn("\u200b eyJ.a-b_c.d\u2060\r\n"), "eyJ.a-b_c.d");
  assert.equal(tokenIn(" \u200b"), "");
});

test("another person finds a page of their own, and the same one goes on", () => {
  for (const me of [SAM, SAM]) {
    session.begin("token");
    session.recognise(me);
    assert.equal(writer(), "1.11");
    session.end("expired");
  }
  assert.equal(reload.mock.callCount(), 0);
  session.begin("another");
  session.recognise({ ...SAM, customerRepID: 12 });
  assert.equal(reload.mock.callCount(), 1);
  assert.equal(session.value?.me, null);
});
