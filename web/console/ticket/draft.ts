import { inTab } from "../kept";
import { writer } from "../session";
import { Store, useStore } from "../store";
import { outbox, type Outgoing } from "./outbox";

export const KINDS = ["answer", "note"] as const;
export type Kind = (typeof KINDS)[number];

/** A text of the one who is signed in, kept until it is sent: neither a reload nor a lost token loses it. */
class Draft extends Store<string> {
  constructor(private readonly place: string) {
    super(inTab.get(place) ?? "");
  }

  override set(text: string): void {
    if (text) inTab.set(this.place, text);
    else inTab.remove(this.place);
    super.set(text);
  }
}

const drafts = new Map<string, Draft>();

/** Return the one draft of a kind about a ticket: whoever shows it sees what others write there. */
export function draftOf(ticketID: number, kind: Kind | "edit"): Draft {
  const place = `draft.${writer()}.${ticketID}.${kind}`;
  const draft = drafts.get(place) ?? new Draft(place);
  drafts.set(place, draft);
  return draft;
}

/** Return a text that is being written about a ticket, and how to change it. */
export function useDraft(ticketID: number, kind: Kind): [string, (text: string) => void] {
  const draft = draftOf(ticketID, kind);
  return [useStore(draft), (text) => draft.set(text)];
}

/** Put a message back in the box where it was written, after what stands there; return which box that is. */
export function takeBack({ key, message }: Outgoing): Kind {
  const kind = message.direction === "Note" ? "note" : "answer";
  const draft = draftOf(message.ticketID, kind);
  draft.set([draft.value, message.body].filter(Boolean).join("\n\n"));
  outbox.remove(key);
  return kind;
}
