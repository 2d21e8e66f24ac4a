import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "./page";
import { signedIn } from "./signed-in";
import { draftOf, takeBack } from "../../console/ticket/draft";
import { outbox, type Outgoing } from "../../console/ticket/outbox";

test("a refused note goes back to its box, after what is being written there", () => {
  signedIn();
  const message = { ticketID: 1, body: "Refused", direction: "Note" } as const;
  const refusal = { code: "Forbidden", title: "", detail: "" };
  const entry: Outgoing = { key: "1", writer: "1.1", message, refusal };
  const box = draftOf(1, "note");
  box.set("Half a sent");
  outbox.set([entry]);
  assert.equal(takeBack(entry), "note");
  assert.equal(box.value, "Half a sent\n\nRefused");
  assert.deepEqual(outbox.value, []);
});

test("what is typed where the browser has no room is there to be sent", () => {
  signedIn();
  mock.method(sessionStorage, "setItem", () => {
    throw new DOMException("There is no room.", "QuotaExceededError");
  });
  draftOf(1, "answer").set("Typed");
  assert.equal(draftOf(1, "answer").value, "Typed");
});
