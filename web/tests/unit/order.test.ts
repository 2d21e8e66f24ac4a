import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder } from "../../console/inbox/order";
import { ticketWith } from "./tickets";

const ids = (query: Parameters<typeof inOrder>[0], ...tickets: Parameters<typeof ticketWith>[0][]) =>
  tickets
    .map(ticketWith)
    .sort(inOrder(query))
    .map((ticket) => ticket.ticketID);

test("the latest message comes first; a ticket without one counts by its creation", () => {
  const early = { ticketID: 1, lastMessageDate: "2026-11-02T09:00:00.000Z" };
  const late = { ticketID: 2, lastMessageDate: "2026-11-03T09:00:00.000Z" };
  assert.deepEqual(ids({}, { ticketID: 3 }, early, late), [2, 1, 3]);
});

test("ties break by ticketID in the direction of the order", () => {
  assert.deepEqual(ids({ sortBy: "status", sortOrder: "asc" }, { ticketID: 2 }, { ticketID: 1 }), [1, 2]);
  assert.deepEqual(ids({ sortBy: "status", sortOrder: "desc" }, { ticketID: 1 }, { ticketID: 2 }), [2, 1]);
});

test("nulls come last either way", () => {
  const dated = { ticketID: 1, closeDate: "2026-11-02T09:00:00.000Z" };
  assert.deepEqual(ids({ sortBy: "closeDate", sortOrder: "asc" }, { ticketID: 2 }, dated), [1, 2]);
  assert.deepEqual(ids({ sortBy: "closeDate", sortOrder: "desc" }, { ticketID: 2 }, dated), [1, 2]);
});

test("subjects are ordered without regard to case", () => {
  const order = { sortBy: "subject", sortOrder: "asc" } as const;
  assert.deepEqual(ids(order, { ticketID: 1, subject: "b" }, { ticketID: 2, subject: "A" }), [2, 1]);
});
