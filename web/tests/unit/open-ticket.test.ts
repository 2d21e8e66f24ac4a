import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { answered, comeOnline, problem } from "./page";
import { ticketWith } from "./tickets";
import type { Message, Ticket } from "../../api/types";
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

function versioned(version: number, fields: Partial<Ticket> = {}): Response {
  return Response.json(ticketWith(fields), { headers: { ETag: `"${version}"` } });
}

test("a ticket whose messages are too large for one page is read with fewer at once", async () => {
  const requests = answered(({ url }) => {
    if (!url.includes("TicketMessages")) return versioned(7);
    const size = Number(new URL(url).searchParams.get("pageSize"));
    return size > 20 ? problem(400, "InvalidRequest", "pageSize") : Response.json({ items: [message(1)] });
  });
  const opened = new OpenTicket(1);
  await opened.read();
  assert.equal(opened.value.problem, null);
  assert.equal(opened.value.messages.length, 1);
  assert.equal(requests.length, 4);
});

for (const { status, isShown } of [
  { status: 500, isShown: true },
  { status: 404, isShown: false },
]) {
  test(`a ticket that was read is ${isShown ? "still shown" : "no longer shown"} after a ${status}`, async () => {
    answeredWith({ last: 1 });
    const opened = new OpenTicket(1);
    await opened.read();
    mock.restoreAll();
    answered(() => problem(status, "Refused"));
    await opened.read();
    assert.equal(opened.value.ticket !== null, isShown);
    assert.equal(opened.value.problem?.status, status);
  });
}

test("a refused mark as read hides nothing", async () => {
  answered(({ url, method }) => {
    if (method === "PUT") return problem(403, "Forbidden");
    return url.includes("TicketMessages") ? Response.json({ items: [] }) : versioned(7, { unread: true });
  });
  const opened = new OpenTicket(1);
  await opened.read();
  assert.equal(opened.value.ticket?.ticketID, 1);
});

test("a reply that was overtaken does not bring an older version back", async () => {
  const replies = [versioned(8, { subject: "Newer" }), versioned(7, { subject: "Older" })];
  answered(() => replies.shift()!);
  const opened = new OpenTicket(1);
  await opened.readTicket();
  await opened.readTicket();
  assert.equal(opened.value.ticket?.subject, "Newer");
});

/** Close a ticket that others changed to `theirs`; return how many requests that took. */
async function closed(theirs: Partial<Ticket>): Promise<number> {
  const replies = [
    versioned(7),
    problem(412, "PreconditionFailed"),
    versioned(8, theirs),
    versioned(9, { ...theirs, isClosed: true }),
  ];
  const requests = answered(() => replies.shift()!);
  const opened = new OpenTicket(1);
  await opened.readTicket();
  await opened.change({ isClosed: true });
  assert.deepEqual(requests[1]!.headers.get("If-Match"), '"7"');
  assert.ok(opened.value.ticket?.isClosed);
  return requests.length;
}

test("a change is made on top of what others changed besides", async () => {
  assert.equal(await closed({ subject: "Theirs" }), 4);
});

test("a change whose answer was lost is not made again", async () => {
  assert.equal(await closed({ isClosed: true }), 3);
});

test("a change of what another changed meanwhile is refused", async () => {
  const replies = [versioned(7), problem(412, "PreconditionFailed"), versioned(8, { customerRepID: 2 })];
  answered(() => replies.shift()!);
  const opened = new OpenTicket(1);
  await opened.readTicket();
  await assert.rejects(opened.change({ customerRepID: 3 }), { status: 412 });
});

test("a ticket is taken with the same key until others leave it alone", async () => {
  const replies = [problem(409, "Conflict"), problem(409, "KeyInUse"), versioned(8, { customerRepID: 11 })];
  const requests = answered(() => {
    setTimeout(comeOnline, 5);
    return replies.shift()!;
  });
  await new OpenTicket(1).assign();
  assert.equal(requests.length, 3);
  assert.equal(new Set(requests.map(({ headers }) => headers.get("Idempotency-Key"))).size, 1);
});

test("a ticket that another has taken is not asked for again", async () => {
  const requests = answered(() => problem(409, "AlreadyAssigned"));
  await assert.rejects(new OpenTicket(1).assign(), { code: "AlreadyAssigned" });
  assert.equal(requests.length, 1);
});
