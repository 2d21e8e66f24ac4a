import type { Ticket, TicketPatch } from "../../api/types";

/** The fields that the form edits, in its order, and how. The status says whether a ticket is closed. */
export const FIELDS = {
  subject: "line",
  status: "line",
  customerRepID: "choice",
  channelID: "choice",
  channelType: "line",
  uid: "line",
  summary: "text",
  isImportant: "mark",
  escalated: "mark",
  isSpam: "mark",
  isProcessed: "mark",
  fromNumber: "line",
  toNumber: "line",
  twilio_CallSid: "line",
  followUpDate: "moment",
  lastMessageDate: "moment",
  endDate: "moment",
  closeDate: "moment",
  preview: "text",
} as const satisfies Partial<Record<keyof Ticket, "line" | "text" | "choice" | "mark" | "moment">>;

export type Field = keyof typeof FIELDS;
/** What stands in the form's fields: ids and marks as text, moments as the API writes them, nothing as "". */
export type Typed = Record<Field, string>;

export const EDITABLE = Object.keys(FIELDS) as Field[];

export function typedFrom(ticket: Ticket): Typed {
  return Object.fromEntries(EDITABLE.map((field) => [field, String(ticket[field] ?? "")])) as Typed;
}

/** Return a patch of what was typed where it differs from a version. */
export function written(typed: Typed, version: Ticket): TicketPatch {
  const changed = changedSince(version, typed);
  return Object.fromEntries(changed.map((field) => [field, parsed(field, typed[field])]));
}

/** Return the fields that both changed since `base`, and differently. */
export function contested(base: Ticket, typed: Typed, theirs: Ticket): Field[] {
  const after = typedFrom(theirs);
  const both = changedSince(base, typed).filter((field) => typed[field] !== after[field]);
  return changedSince(base, after).filter((field) => both.includes(field));
}

/** Return what was typed, with their changes where nothing was typed. */
export function reconciled(base: Ticket, typed: Typed, theirs: Ticket): Typed {
  const mine = changedSince(base, typed).map((field) => [field, typed[field]]);
  return { ...typedFrom(theirs), ...Object.fromEntries(mine) };
}

export function changedSince(base: Ticket, typed: Typed): Field[] {
  const before = typedFrom(base);
  return EDITABLE.filter((field) => typed[field] !== before[field]);
}

function parsed(field: Field, text: string): string | number | boolean | null {
  if (FIELDS[field] === "mark") return text === "true";
  if (text === "") return null;
  return FIELDS[field] === "choice" ? Number(text) : text;
}
