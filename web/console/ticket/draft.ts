import { useState } from "preact/hooks";
import { writer } from "../session";

/** Return a text that is being written about a ticket, and how to change it; a reload does not lose it. */
export function useDraft(ticketID: number, kind: string): [string, (text: string) => void] {
  const place = `tickets.draft.${writer()}.${ticketID}.${kind}`;
  const [, render] = useState({});
  const write = (text: string) => {
    if (text) sessionStorage.setItem(place, text);
    else sessionStorage.removeItem(place);
    render({});
  };
  return [sessionStorage.getItem(place) ?? "", write];
}
