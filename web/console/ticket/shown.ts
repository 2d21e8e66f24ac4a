import { fullMoment } from "../text/moments";
import type { Say } from "../text/text";
import { FIELDS, type Field } from "./edit";
import { named, type Known } from "./named";

const MOMENT = /^\d{4}-\d\d-\d\dT.*Z$/;

/** Return a field's value as people read it: names for ids, the clock's time for moments, the kind of a message. */
export function shown(field: string, value: unknown, known: readonly Known[], say: Say): string {
  if (value === null || value === "" || (Array.isArray(value) && !value.length)) return "—";
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (field === "customerRepID" || field === "channelID") return named(field, String(value), known, say);
  if (typeof value === "string" && MOMENT.test(value)) return fullMoment(value);
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object" && "direction" in value)
    return say(`direction.${(value.direction ?? "unknown") as "AI" | "unknown"}`);
  return String(value);
}

/** Return what stands in a field of the form, likewise. */
export function shownTyped(field: Field, text: string, known: readonly Known[], say: Say): string {
  return shown(field, FIELDS[field] === "mark" ? text === "true" : text, known, say);
}
