import { useState } from "preact/hooks";
import { writer } from "../session";

/** A text of the one who is signed in, kept until it is sent: neither a reload nor a lost token loses it. */
export class Draft {
  private readonly place: string;

  constructor(ticketID: number, kind: "answer" | "note" | "edit") {
    this.place = `tickets.draft.${writer()}.${ticketID}.${kind}`;
  }

  get text(): string {
    return sessionStorage.getItem(this.place) ?? "";
  }

  set text(text: string) {
    if (text) sessionStorage.setItem(this.place, text);
    else sessionStorage.removeItem(this.place);
  }
}

/** Return a text that is being written about a ticket, and how to change it. */
export function useDraft(ticketID: number, kind: "answer" | "note"): [string, (text: string) => void] {
  const draft = new Draft(ticketID, kind);
  const [, render] = useState({});
  const write = (text: string) => {
    draft.text = text;
    render({});
  };
  return [draft.text, write];
}
