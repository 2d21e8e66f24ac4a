import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { answered } from "./page";
import { ticketWith } from "./tickets";
import type { Message } from "../../api/types";
import { OpenTicket } from "../../console/ticket/open-ticket";

afterEach(() => mock.restoreAll());

function message(messageID: number): Message {
  return { ticketID: 1, messageID, body: `No. ${messageID}` } as Message;
}

/** Answer with one ticket and with the messages that `said` counts. */
function answeredWith(said: { last: number }): Request[] {
  return answered(({ url }) => {
    const { pathname, searchParams } = new URL(url);
    if (pathname === "/api/Tickets/1") return Response.json(ticketWith(), { headers: { ETag: '"7"' } });
    const after = Number(searchParams.get("after") ?? 0);
    const items = Array.from({ length: said.last - after }, (_, index) => message(after + index + 1));
    return Response.json({ items });
  });
}

test("a message that came before one's own answer is read", async () => {
  const said = { last: 3 };
  answeredWith(said);
  const opened = new OpenTicket(1);
  await opened.read();
  said.last = 5;
  opened.add(message(5));
  await opened.read();
  assert.deepEqual(
    opened.value.messages.map(({ messageID }) => messageID),
    [1, 2, 3, 4, 5],
  );
});
