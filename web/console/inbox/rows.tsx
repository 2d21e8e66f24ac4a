import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { useStore } from "../store";
import { useMinutes } from "../text/moments";
import { useText } from "../text/text";
import { Row, ROW_HEIGHT } from "./row";
import type { Selection } from "./selection";
import type { TicketList } from "./ticket-list";

/** Rows drawn above and below those in sight. */
const BEYOND = 6;
/** Rows before the end of what is read, at which the next page is asked for. */
const AHEAD = 20;

interface RowsProps {
  list: TicketList;
  selection: Selection;
  active: number | null;
  opened: number | null;
  open: (ticketID: number) => void;
}

/** The tickets of a list: only the rows in sight are in the document, however many are read. */
export function Rows(props: RowsProps) {
  const { list, active } = props;
  const { tickets, isComplete } = useStore(list);
  const element = useRef<HTMLDivElement>(null);
  const [first, last] = useWindow(element, tickets.length);
  useKeptPlace(element, tickets);
  useShown(element, tickets, active);
  useMore(list, last);
  const isDrawn = tickets.slice(first, last).some((ticket) => ticket.ticketID === active);
  const spoken = useSpoken(list, isDrawn ? active : null);
  const style = { "--row": `${ROW_HEIGHT}px` };
  return (
    <div ref={element} class="rows" role="grid" tabIndex={0} style={style} {...spoken}>
      <RowsInSight {...props} first={first} last={last} />
      {!isComplete && <Waiting key={tickets.length ? "below" : "alone"} />}
    </div>
  );
}

/** Holds the place of rows to come; once there are rows it is another one, below them. */
function Waiting() {
  return <div class="rows-waiting" aria-hidden="true" />;
}

/** Return what tells those who cannot see them of the rows. */
function useSpoken(list: TicketList, active: number | null) {
  const say = useText();
  const { totalCount, isLoading } = useStore(list);
  return {
    "aria-label": say("tickets"),
    "aria-multiselectable": true,
    "aria-rowcount": totalCount ?? -1,
    "aria-activedescendant": active ? `ticket-${active}` : undefined,
    "aria-busy": isLoading,
  };
}

/** Read on when the rows in sight come near the end of what is read. */
function useMore(list: TicketList, last: number): void {
  const { tickets, isComplete, isLoading } = useStore(list);
  useEffect(() => {
    if (last + AHEAD >= tickets.length && !isComplete && !isLoading) void list.more();
  }, [last, tickets.length, isComplete, isLoading, list]);
}

function RowsInSight(props: RowsProps & { first: number; last: number }) {
  const { list, selection, active, opened, open, first, last } = props;
  const { tickets } = useStore(list);
  const selected = useStore(selection);
  useMinutes();
  return (
    <div class="rows-height" role="rowgroup" style={{ height: `${tickets.length * ROW_HEIGHT}px` }}>
      {tickets.slice(first, last).map((ticket, offset) => (
        <Row
          key={ticket.ticketID}
          ticket={ticket}
          index={first + offset}
          isActive={ticket.ticketID === active}
          isOpen={ticket.ticketID === opened}
          isSelected={selected.has(ticket.ticketID)}
          open={() => open(ticket.ticketID)}
          toggle={() => selection.toggle(ticket.ticketID)}
        />
      ))}
    </div>
  );
}

/** Return which rows to draw, from the first up to but without the last. */
function useWindow(element: RefObject<HTMLDivElement | null>, count: number): [number, number] {
  const [place, setPlace] = useState({ top: 0, height: 900 });
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => setPlace({ top: box.scrollTop, height: box.clientHeight });
    const watcher = new ResizeObserver(measure);
    watcher.observe(box);
    box.addEventListener("scroll", measure, { passive: true });
    return () => {
      watcher.disconnect();
      box.removeEventListener("scroll", measure);
    };
  }, []);
  const first = Math.max(0, Math.floor(place.top / ROW_HEIGHT) - BEYOND);
  return [first, Math.min(count, Math.ceil((place.top + place.height) / ROW_HEIGHT) + BEYOND)];
}

/** Keep the first ticket in sight where it is when others come or go above it. */
function useKeptPlace(element: RefObject<HTMLDivElement | null>, tickets: readonly Ticket[]): void {
  const before = useRef(tickets);
  useLayoutEffect(() => {
    const box = element.current;
    const old = before.current;
    before.current = tickets;
    if (!box || box.scrollTop < ROW_HEIGHT || old === tickets) return;
    const place = Math.floor(box.scrollTop / ROW_HEIGHT);
    if (old[place]?.ticketID === tickets[place]?.ticketID) return;
    const now = new Map(tickets.map((ticket, index) => [ticket.ticketID, index]));
    const anchor = old.findIndex((ticket, index) => index >= place && now.has(ticket.ticketID));
    if (anchor >= 0) box.scrollTop += (now.get(old[anchor]!.ticketID)! - anchor) * ROW_HEIGHT;
  }, [tickets]);
}

/** Scroll as little as shows the active row, when another becomes active. */
function useShown(
  element: RefObject<HTMLDivElement | null>,
  tickets: readonly Ticket[],
  active: number | null,
): void {
  useLayoutEffect(() => {
    const box = element.current;
    const index = tickets.findIndex((ticket) => ticket.ticketID === active);
    if (!box || index < 0) return;
    const top = index * ROW_HEIGHT;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight)
      box.scrollTop = top + ROW_HEIGHT - box.clientHeight;
  }, [active]);
}
