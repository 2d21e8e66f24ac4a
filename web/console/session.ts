import type { Me } from "../api/types";
import { inTab } from "./kept";
import { Store } from "./store";

const KEY = "token";

/** Who works here. The token stands in sessionStorage: another tab, and tomorrow, need another. */
export interface Session {
  token: string;
  me: Me | null;
}

class SessionStore extends Store<Session | null> {
  /** The reason why the last session ended. */
  ending: "expired" | "left" | null = null;

  /** Names who was recognised last on this page. */
  private last: string | null = null;

  begin(token: string): void {
    inTab.set(KEY, token);
    this.ending = null;
    this.set({ token, me: null });
  }

  recognise(me: Me): void {
    if (!this.value) return;
    const isAnother = this.last !== null && this.last !== nameOf(me);
    if (isAnother) return location.reload(); // what the last one searched for and read is not theirs
    this.last = nameOf(me);
    this.set({ ...this.value, me });
  }

  end(ending: "expired" | "left"): void {
    inTab.remove(KEY);
    this.ending = ending;
    this.set(null);
  }
}

const kept = inTab.get(KEY);

export const session = new SessionStore(kept ? { token: kept, me: null } : null);

/** Whoever began a piece of work has left, or somebody else is here. */
export class Left extends Error {}

/** Return a name for who is signed in, under which their unfinished work is kept. */
export function writer(): string {
  return nameOf(me());
}

function nameOf({ customerID, customerRepID }: Me): string {
  return `${customerID}.${customerRepID}`;
}

/** Return the token in what was pasted, without blanks, line ends, and marks that nobody sees: no header takes them. */
export function tokenIn(pasted: string): string {
  return pasted.replace(/[^\x21-\x7e]/g, "");
}

/** Return who is signed in; call it only where somebody is. */
export function me(): Me {
  const known = session.value?.me;
  if (!known) throw new Error("Nobody is signed in");
  return known;
}
