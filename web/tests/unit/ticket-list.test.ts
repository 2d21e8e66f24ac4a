import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ticket } from "../../api/types";
import { json, server } from "./page";
import { TicketList } from "../../console/inbox/ticket-list";
import { ticketWith } from "./tickets";

/** Hold the next reply back until the function returned is called. */
function holdBack(items: Ticket[]): () => void {
  let arrive = () => {};
  const page = { items, totalCount: items.length, nextCursor: null };
  const reply = new Promise<Response>((resolve) => (arrive = () => resolve(json(page))));
  server.answer = () => reply;
  return arrive;
}

for (const query of [{}, { search: "parcel" }])
  test(`what is told while a page is under way goes over it: ${JSON.stringify(query)}`, async () => {
    const arrive = holdBack([1, 2].map((ticketID) => ticketWith({ ticketID })));
    const list = new TicketList(query);
    const reading = list.more();
    list.apply([{ ticketID: 1, ticket: ticketWith({ subject: "Newer" }) }]);
    list.apply([{ ticketID: 2, ticket: null }]);
    arrive();
    await reading;
    assert.deepEqual(
      list.value.tickets.map((ticket) => ticket.subject),
      ["Newer"],
    );
  });

test("what is told while a total is read anew stays", async () => {
  holdBack([ticketWith()])();
  const list = new TicketList({ search: "parcel" });
  await list.more();
  const arrive = holdBack([ticketWith()]);
  const refreshing = list.refresh();
  list.apply([{ ticketID: 1, ticket: null }]);
  arrive();
  await refreshing;
  assert.deepEqual(list.value.tickets, []);
});

test("a list that a fault ended can be read on", async () => {
  server.answer = () => json({ code: "InternalError", status: 500 }, 500);
  const list = new TicketList({});
  await list.more();
  assert.equal(list.value.problem?.code, "InternalError");
  server.answer = () => json({ items: [ticketWith()], totalCount: 1, nextCursor: null });
  await list.tryAgain();
  assert.equal(list.value.problem, null);
  assert.equal(list.value.tickets.length, 1);
});
