import type { Ticket } from "../../api/types";

/** Return the best name of who contacted the customer. */
export function endUserOf(ticket: Ticket): string {
  return ticket.endUsers[0]?.name ?? ticket.uid ?? ticket.fromNumber ?? `#${ticket.ticketID}`;
}
