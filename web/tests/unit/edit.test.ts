import assert from "node:assert/strict";
import { test } from "node:test";
import { contested, reconciled, typedFrom, written } from "../../console/ticket/edit";
import { ticketWith } from "./tickets";

const base = ticketWith({ customerRepID: 12, uid: "jane@doe.example" });

test("only what was typed is written; an empty field is null, an id a number", () => {
  const typed = { ...typedFrom(base), subject: "Other", uid: "", customerRepID: "13" };
  assert.deepEqual(written(typed, base), { subject: "Other", uid: null, customerRepID: 13 });
});

test("a field that both changed differently is contested, and no other", () => {
  const theirs = { ...base, subject: "Theirs", summary: "Same", uid: "other@doe.example" };
  const typed = { ...typedFrom(base), subject: "Mine", summary: "Same", status: "Pending" };
  assert.deepEqual(contested(base, typed, theirs), ["subject"]);
});

test("what was typed is kept, and their changes elsewhere, too", () => {
  const theirs = { ...base, subject: "Theirs", uid: "other@doe.example" };
  const typed = { ...typedFrom(base), subject: "Mine" };
  const { subject, uid } = reconciled(base, typed, theirs);
  assert.deepEqual([subject, uid], ["Mine", "other@doe.example"]);
});

test("nothing is left to write where a lost answer had been carried out", () => {
  const typed = { ...typedFrom(base), subject: "Mine" };
  const theirs = { ...base, subject: "Mine", summary: "Later" };
  assert.deepEqual(written(reconciled(base, typed, theirs), theirs), {});
});

test("a mark is written as true or false, and an emptied moment as null", () => {
  const version = ticketWith({ isImportant: true, endDate: "2026-11-26T10:00:00.000Z" });
  const typed = { ...typedFrom(version), isImportant: "false", isSpam: "true", endDate: "" };
  assert.deepEqual(written(typed, version), { isImportant: false, isSpam: true, endDate: null });
});
