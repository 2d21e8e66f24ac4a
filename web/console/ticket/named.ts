import { customer } from "../customer";
import type { Field } from "./edit";

/** Return a field's value as people read it: the name in the place of an id. */
export function named(field: Field, value: string): string {
  const { assignable, channels } = customer.value;
  if (field === "customerRepID")
    return assignable.find((rep) => String(rep.customerRepID) === value)?.name ?? value;
  if (field === "channelID")
    return channels.find((channel) => String(channel.channelID) === value)?.name ?? value;
  return value;
}
