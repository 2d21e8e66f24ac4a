// The tickets that the views show, each made, or found, when it is first shown.
import type { Ticket } from "../../api/types";
import { ANN, call, newTicket } from "./local-run";

/** A ticket in which everybody has their say, and which was changed by two. */
export const story = once(async () => {
  const { ticketID } = await newTicket("Where is my parcel with the red shoes, ordered two weeks ago?", {
    uid: "jane.peeters@mail.example",
    customerRepID: ANN,
    summary: "Parcel 1042 is late; the carrier looks for it.",
  });
  const say = (direction: string, body: string, rep?: number) =>
    call("POST", "TicketMessages", { ticketID, direction, body }, rep);
  await say(
    "EndUser",
    "Hello, I ordered red shoes two weeks ago, and they have not arrived. Where are they?",
  );
  await say("AI", "Parcel 1042 left our warehouse on Monday. A colleague looks into it.");
  await say("Note", "The carrier lost track of it in Ghent. I call them.", ANN);
  await say(
    "Representative",
    "Sorry, Jane! The carrier looks for it today. You hear from me before six.",
    ANN,
  );
  await say("EndUser", "Thank you. https://www.carrier.example/track/1042?of=" + "9".repeat(80));
  await call(
    "PATCH",
    `Tickets/${ticketID}`,
    { status: "Escalated", isImportant: true, escalated: true },
    ANN,
  );
  await call("PATCH", `Tickets/${ticketID}`, { subject: "Where is my parcel with the red shoes?" });
  return ticketID;
});

export const silent = once(async () => (await newTicket("Nothing was said")).ticketID);

export const recorded = once(async () => {
  const { items } = await call<{ items: Ticket[] }>("GET", "Tickets?channelType=Phone&pageSize=100");
  return items.find((ticket) => ticket.hasRecording)!.ticketID;
});

function once(make: () => Promise<number>): () => Promise<number> {
  let made: Promise<number> | undefined;
  return () => (made ??= make());
}
