import assert from "node:assert/strict";
import { test } from "node:test";
import { passes } from "../../console/inbox/membership";
import { ticketWith } from "./tickets";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const AHEAD = "2026-11-27T09:00:00.000Z";
const BEHIND = "2026-11-25T09:00:00.000Z";

test("a ticket passes no filter at all, unless it is unprocessed", () => {
  assert.ok(passes(ticketWith(), {}, NOW));
  assert.ok(!passes(ticketWith({ isProcessed: false }), {}, NOW));
});

test("nobody's tickets are asked for with 0", () => {
  assert.ok(passes(ticketWith(), { customerRepID: 0 }, NOW));
  assert.ok(!passes(ticketWith({ customerRepID: 12 }), { customerRepID: 0 }, NOW));
});

test("a follow-up ahead hides a ticket, unless it is asked for", () => {
  assert.ok(!passes(ticketWith({ followUpDate: AHEAD }), {}, NOW));
  assert.ok(passes(ticketWith({ followUpDate: BEHIND }), {}, NOW));
  assert.ok(passes(ticketWith({ followUpDate: AHEAD }), { includeFollowUp: true }, NOW));
  assert.ok(passes(ticketWith({ followUpDate: AHEAD }), { isFollowUp: true }, NOW));
  assert.ok(!passes(ticketWith(), { isFollowUp: true }, NOW));
});

test("a filter of several statuses takes a ticket of any of them, whatever its case", () => {
  assert.ok(passes(ticketWith({ status: "pending" }), { status: ["Open", "Pending"] }, NOW));
  assert.ok(!passes(ticketWith({ status: "Closed" }), { status: ["Open", "Pending"] }, NOW));
});

test("a ticket without a channel is in none", () => {
  assert.ok(!passes(ticketWith({ channelID: null }), { channelIDs: [1] }, NOW));
  assert.ok(passes(ticketWith({ channelID: 1 }), { channelIDs: [1, 2] }, NOW));
});

test("an end user's tickets are those with one of their addresses", () => {
  const jane = { endUserID: 31, name: "Jane Doe", uids: ["jane@doe.example"] };
  assert.ok(passes(ticketWith({ endUsers: [jane] }), { endUserID: 31 }, NOW));
  assert.ok(!passes(ticketWith(), { endUserID: 31 }, NOW));
});
