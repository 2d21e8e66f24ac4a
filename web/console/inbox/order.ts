import type { ListQuery, Ticket } from "../../api/types";

type Key = string | number | null;

const KEYS: Record<NonNullable<ListQuery["sortBy"]>, (ticket: Ticket) => Key> = {
  lastMessageDate: (ticket) => ticket.lastMessageDate ?? ticket.dateCreated,
  dateCreated: (ticket) => ticket.ticketID,
  ticketID: (ticket) => ticket.ticketID,
  subject: (ticket) => ticket.subject.toLowerCase(),
  status: (ticket) => ticket.status.toLowerCase(),
  closeDate: (ticket) => ticket.closeDate,
  followUpDate: (ticket) => ticket.followUpDate,
};

/** Return a comparison that puts tickets in a list's order: nulls last, ties by ticketID in the sort's direction. */
export function inOrder(query: ListQuery): (left: Ticket, right: Ticket) => number {
  const key = KEYS[query.sortBy ?? "lastMessageDate"];
  const direction = query.sortOrder === "asc" ? 1 : -1;
  return (left, right) => {
    const [a, b] = [key(left), key(right)];
    if (a === b) return direction * (left.ticketID - right.ticketID);
    if (a === null) return 1;
    if (b === null) return -1;
    return direction * (a < b ? -1 : 1);
  };
}
