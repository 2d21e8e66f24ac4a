import type { Ticket } from "../../api/types";
import type { Say } from "../text/text";
import { customer } from "../customer";

/** A representative's or a channel's id with its name, as far as tickets, messages and authors tell it. */
export type Known = Partial<
  Pick<Ticket, "customerRepID" | "channelID"> & { customerRepName: string | null; channelName: string | null }
>;

/**
 * Return the name of a representative or a channel, from the directory or from what is known besides; else what it is, with
 * its id: the API tells agents no names but those of whom they may assign.
 */
export function named(
  field: "customerRepID" | "channelID",
  id: string,
  known: readonly Known[],
  say: Say,
): string {
  const { assignable, channels } = customer.value;
  const names: Record<typeof field, readonly (readonly [unknown, string | null | undefined])[]> = {
    customerRepID: [
      ...assignable.map((rep) => [rep.customerRepID, rep.name] as const),
      ...known.map((ticket) => [ticket.customerRepID, ticket.customerRepName] as const),
    ],
    channelID: [
      ...channels.map((channel) => [channel.channelID, channel.name] as const),
      ...known.map((ticket) => [ticket.channelID, ticket.channelName] as const),
    ],
  };
  const kind = say(field === "channelID" ? "channel" : "author.rep");
  return names[field].find(([key, name]) => name && String(key) === id)?.[1] ?? `${kind} ${id}`;
}
