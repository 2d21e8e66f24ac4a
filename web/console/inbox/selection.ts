import { Store } from "../store";

/** The tickets that are ticked. */
export class Selection extends Store<ReadonlySet<number>> {
  constructor() {
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

  clear(): void {
    this.set(new Set());
  }
}

const selections = new Map<string, Selection>();

/** Return the selection of a view: it is still there when the agent comes back. */
export function selectionIn(view: string): Selection {
  const selection = selections.get(view) ?? new Selection();
  selections.set(view, selection);
  return selection;
}
