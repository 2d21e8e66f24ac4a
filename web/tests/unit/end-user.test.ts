import assert from "node:assert/strict";
import { test } from "node:test";
import "./page";
import { contactOf, personIn } from "../../console/ticket/end-user";
import { ticketWith } from "./tickets";

const NUMBER = "+3225550100";

test("who is known by name is a person", () => {
  const known = ticketWith({ endUsers: [{ endUserID: 1, name: "Jane Doe", uids: [] }], fromNumber: NUMBER });
  assert.equal(personIn(known), "Jane Doe");
});

test("who is known by a number or an address alone is none, and is called by it", () => {
  for (const fields of [
    { uid: null, fromNumber: NUMBER },
    { uid: "jane@doe.example", fromNumber: null },
  ]) {
    const unknown = ticketWith({ endUsers: [], ...fields });
    assert.equal(personIn(unknown), null);
    assert.equal(contactOf(unknown), fields.fromNumber ?? fields.uid);
  }
});

test("an end user whose name is their number is no person", () => {
  const unnamed = ticketWith({
    endUsers: [{ endUserID: 1, name: NUMBER, uids: [] }],
    uid: null,
    fromNumber: NUMBER,
  });
  assert.equal(personIn(unnamed), null);
});
