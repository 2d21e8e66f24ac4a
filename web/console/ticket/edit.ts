import type { Ticket, TicketPatch } from "../../api/types";

/** The fields that the form edits, in its order. */
export const EDITABLE = ["subject", "status", "customerRepID", "channelID", "uid", "summary"] as const;

export type Field = (typeof EDITABLE)[number];
/** What stands in the form's fields. */
export type Typed = Record<Field, string>;

const NUMBERS: readonly Field[] = ["customerRepID", "channelID"];

export function typedFrom(ticket: Ticket): Typed {
  return Object.fromEntries(EDITABLE.map((field) => [field, String(ticket[field] ?? "")])) as Typed;
}

/** Return a patch of what was typed where it differs from a version; only of the fields of `among`, if given. */
export function written(typed: Typed, version: Ticket, among?: TicketPatch): TicketPatch {
  const before = typedFrom(version);
  const changed = EDITABLE.filter((field) => typed[field] !== before[field] && (!among || field in among));
  return Object.fromEntries(changed.map((field) => [field, parsed(field, typed[field])]));
}

/** Return the fields that both changed since `base`, and differently. */
export function contested(base: Ticket, typed: Typed, theirs: Ticket): Field[] {
  const [before, after] = [typedFrom(base), typedFrom(theirs)];
  return EDITABLE.filter(
    (field) =>
      typed[field] !== before[field] && after[field] !== before[field] && typed[field] !== after[field],
  );
}

/** Return what was typed, with their changes where nothing was typed. */
export function reconciled(base: Ticket, typed: Typed, theirs: Ticket): Typed {
  const [before, after] = [typedFrom(base), typedFrom(theirs)];
  const field = (name: Field) => [name, typed[name] === before[name] ? after[name] : typed[name]];
  return Object.fromEntries(EDITABLE.map(field)) as Typed;
}

function parsed(field: Field, text: string): string | number | null {
  if (text === "") return null;
  return NUMBERS.includes(field) ? Number(text) : text;
}
