import { useEffect, useMemo, useState } from "preact/hooks";
import { onChange } from "../feed";
import { useShortcuts } from "../keyboard/shortcuts";
import { Empty } from "../parts/empty";
import { go, route } from "../route";
import { Refusal, Unreachable } from "../refusal";
import { me } from "../session";
import { afterwards } from "../settling";
import { useStore } from "../store";
import { number } from "../text/moments";
import { useText } from "../text/text";
import { TicketPane } from "../ticket/ticket-pane";
import { BulkBar } from "./bulk-bar";
import { FilterBar } from "./filter-bar";
import { asked, filters, type Filters } from "./filters";
import { Rows } from "./rows";
import { Selection } from "./selection";
import { TicketList } from "./ticket-list";
import { viewNamed, type View } from "./views";

export function Inbox() {
  const say = useText();
  const { place, ticketID } = useStore(route);
  const view = viewNamed(place);
  const list = useTicketList(view, useStore(filters));
  const selection = useMemo(() => new Selection(), [view]);
  const [active, setActive] = useState<number | null>(ticketID);
  const { tickets, totalCount, isComplete, isLoading, problem } = useStore(list);
  const open = (id: number | null) => {
    setActive(id ?? active);
    go(view.name, id);
  };
  useListKeys(list, selection, active, setActive, open, ticketID);
  return (
    <>
      <section class="inbox" aria-label={say(view.title)}>
        <header class="inbox-head">
          <h1>
            {say(view.title)} <span class="count">{totalCount === null ? "" : number(totalCount)}</span>
          </h1>
          <FilterBar />
        </header>
        <BulkBar selection={selection} list={list} />
        {problem && <p class="problem-text">{problem}</p>}
        {isComplete && !isLoading && !problem && tickets.length === 0 && (
          <Empty icon={view.name}>{say("list.empty")}</Empty>
        )}
        <Rows list={list} selection={selection} active={active} opened={ticketID} open={open} />
      </section>
      {ticketID ? (
        <TicketPane key={ticketID} ticketID={ticketID} back={() => open(null)} />
      ) : (
        <section class="ticket-pane nothing" aria-label={say("ticket")}>
          <Empty icon="open">{say("ticket.none")}</Empty>
        </section>
      )}
    </>
  );
}

/** Return the list of a view as it is narrowed: another list for another query, each following the feed. */
function useTicketList(view: View, chosen: Filters): TicketList {
  const list = useMemo(() => new TicketList(asked(view.query(me().customerRepID), chosen)), [view, chosen]);
  useEffect(() => {
    void list.more();
    const refresh = afterwards(() => void list.refresh().catch(unlessItPasses));
    const leave = onChange((items) => {
      list.apply(items);
      refresh();
    });
    return () => {
      leave();
      list.end();
    };
  }, [list]);
  return list;
}

/** Leave the last total standing: the next change asks again. */
function unlessItPasses(problem: unknown): void {
  const isEnded = problem instanceof DOMException && problem.name === "AbortError";
  if (!(isEnded || problem instanceof Unreachable || problem instanceof Refusal)) throw problem;
}

function useListKeys(
  list: TicketList,
  selection: Selection,
  active: number | null,
  setActive: (ticketID: number) => void,
  open: (ticketID: number | null) => void,
  opened: number | null,
): void {
  const move = (step: number) => {
    const { tickets } = list.value;
    const index = tickets.findIndex((ticket) => ticket.ticketID === active);
    const next = tickets[Math.min(Math.max(index + step, 0), tickets.length - 1)];
    if (!next) return;
    setActive(next.ticketID);
    if (opened) open(next.ticketID);
  };
  useShortcuts({
    "list.next": () => move(1),
    "list.previous": () => move(-1),
    "list.open": () => active && open(active),
    "list.select": () => active && selection.toggle(active),
    "list.selectAll": () => selection.add(list.value.tickets.map((ticket) => ticket.ticketID)),
    "list.leave": () => (selection.value.size ? selection.clear() : open(null)),
    "list.search": () => document.getElementById("search")?.focus(),
  });
}
