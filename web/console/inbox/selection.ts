import { Store } from "../store";
import type { View, ViewName } from "./views";

/** The tickets that are ticked in a view. */
export class Selection extends Store<ReadonlySet<number>> {
  constructor(readonly view: View) {
    super(new Set());
  }

  toggle(ticketID: number): void {
    const next = new Set(this.value);
    if (!next.delete(ticketID)) next.add(ticketID);
    this.set(next);
  }

  add(ticketIDs: readonly number[]): void {
    this.set(new Set([...this.value, ...ticketIDs]));
  }

  remove(ticketIDs: readonly number[]): void {
    const removed = new Set(ticketIDs);
    this.set(new Set([...this.value].filter((ticketID) => !removed.has(ticketID))));
  }

  clear(): void {
    this.set(new Set());
  }
}

const selections = new Map<ViewName, Selection>();

/** Return the selection of a view: it is still there when the agent comes back. */
export function selectionIn(view: View): Selection {
  const selection = selections.get(view.name) ?? new Selection(view);
  selections.set(view.name, selection);
  return selection;
}
