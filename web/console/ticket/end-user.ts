import type { Ticket } from "../../api/types";

/** Return the best name of who contacted the customer; null where nothing is known of them. */
export function contactOf(ticket: Ticket): string | null {
  return ticket.endUsers[0]?.name ?? ticket.uid ?? ticket.fromNumber;
}

/** Return their name; null where nothing but an address or a number is known. */
export function personIn(ticket: Ticket): string | null {
  const name = contactOf(ticket);
  return name === ticket.uid || name === ticket.fromNumber ? null : name;
}

/** Return the best name, or else the ticket's number. */
export function endUserOf(ticket: Ticket): string {
  return contactOf(ticket) ?? `#${ticket.ticketID}`;
}
