import type { Me, Ticket } from "../../api/types";

/** Tell whether the API lets a representative take a ticket; who may not is not offered it. */
export function mayTake({ role, customerRepID }: Me, ticket: Ticket): boolean {
  if (ticket.customerRepID === customerRepID || role === "Restricted") return false;
  return role !== "Agent" || ticket.customerRepID === null;
}

/** Tell whether they may make it nobody's. */
export function mayGiveBack({ role, customerRepID }: Me, ticket: Ticket): boolean {
  if (ticket.customerRepID === null || role === "Restricted") return false;
  return role !== "Agent" || ticket.customerRepID === customerRepID;
}
