import { useShortcuts } from "../keyboard/shortcuts";
import { focusSearch } from "./search-field";
import type { Selection } from "./selection";
import type { TicketList } from "./ticket-list";

interface Keyed {
  list: TicketList;
  selection: Selection;
  active: number | null;
  opened: number | null;
  setActive: (ticketID: number) => void;
  open: (ticketID: number | null) => void;
}

/** Let the keys move through a list, select in it, and open and leave its tickets. */
export function useListKeys({ list, selection, active, opened, setActive, open }: Keyed): void {
  const move = (step: number) => {
    const next = neighbour(list, active, step);
    if (next === undefined) return;
    setActive(next);
    if (opened) open(next);
  };
  useShortcuts({
    "list.next": () => move(1),
    "list.previous": () => move(-1),
    "list.open": () => active && open(active),
    "list.select": () => active && selection.toggle(active),
    "list.selectAll": () => selection.add(list.value.tickets.map((ticket) => ticket.ticketID)),
    "list.leave": () => (isTicked(list, selection) ? selection.clear() : open(null)),
    "list.search": focusSearch,
  });
}

/** Tell whether a ticket of the list is ticked: the bar shows none but those. */
function isTicked(list: TicketList, selection: Selection): boolean {
  return list.value.tickets.some((ticket) => selection.value.has(ticket.ticketID));
}

function neighbour(list: TicketList, active: number | null, step: number): number | undefined {
  const { tickets } = list.value;
  const index = tickets.findIndex((ticket) => ticket.ticketID === active);
  return tickets[Math.min(Math.max(index + step, 0), tickets.length - 1)]?.ticketID;
}
