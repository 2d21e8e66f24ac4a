import type { Ticket } from "../../api/types";
import { customer } from "../customer";

/** A representative's or a channel's id with its name, as far as tickets and authors tell it. */
export type Known = Partial<
  Pick<Ticket, "customerRepID" | "channelID"> & { customerRepName: string | null; channelName: string | null }
>;

/** Return the name of a representative or a channel, from the directory or from what is known besides; else its id. */
export function named(field: string, id: string, known: readonly Known[]): string {
  const { assignable, channels } = customer.value;
  const names: Record<string, readonly (readonly [unknown, string | null | undefined])[]> = {
    customerRepID: [
      ...assignable.map((rep) => [rep.customerRepID, rep.name] as const),
      ...known.map((ticket) => [ticket.customerRepID, ticket.customerRepName] as const),
    ],
    channelID: [
      ...channels.map((channel) => [channel.channelID, channel.name] as const),
      ...known.map((ticket) => [ticket.channelID, ticket.channelName] as const),
    ],
  };
  return names[field]?.find(([key]) => String(key) === id)?.[1] ?? `#${id}`;
}
