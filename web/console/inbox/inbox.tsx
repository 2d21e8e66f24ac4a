import { useEffect, useMemo, useState } from "preact/hooks";
import { onChange } from "../feed";
import { Empty } from "../parts/empty";
import { go, route } from "../route";
import { Refusal, Unreachable } from "../refusal";
import { me } from "../session";
import { readAgain } from "../read-again";
import { useStore } from "../store";
import { number } from "../text/moments";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { TicketPane } from "../ticket/ticket-pane";
import { BulkBar } from "./bulk-bar";
import { FilterBar } from "./filter-bar";
import { asked, filters, narrowedBy, showAll, type Filters } from "./filters";
import { Rows } from "./rows";
import { focusSearch } from "./search-field";
import { selectionIn, type Selection } from "./selection";
import { TicketList } from "./ticket-list";
import { useListKeys } from "./use-list-keys";
import { viewNamed, type View } from "./views";

export function Inbox() {
  const { place, ticketID } = useStore(route);
  const view = viewNamed(place);
  const list = useTicketList(view, useStore(filters));
  const selection = selectionIn(view);
  const [active, setActive] = useState<number | null>(ticketID);
  const open = (id: number | null) => {
    setActive(id ?? active);
    go(view.name, id);
  };
  useListKeys({ list, selection, active, setActive, open, opened: ticketID });
  return (
    <>
      <ListPane {...{ view, list, selection, active, opened: ticketID, open }} />
      {ticketID ? <TicketPane key={ticketID} ticketID={ticketID} back={() => open(null)} /> : <NoTicket />}
    </>
  );
}

interface ListPaneProps {
  view: View;
  list: TicketList;
  selection: Selection;
  active: number | null;
  opened: number | null;
  open: (ticketID: number) => void;
}

function ListPane({ view, ...rows }: ListPaneProps) {
  const say = useText();
  const { totalCount } = useStore(rows.list);
  return (
    <section class="inbox" aria-label={say(view.title)}>
      <header class="inbox-head">
        <h1>
          {say(view.title)} <span class="count">{totalCount === null ? "" : number(totalCount)}</span>
        </h1>
        <FilterBar />
      </header>
      <BulkBar selection={rows.selection} list={rows.list} />
      <div class="no-rows" role="status">
        <NoRows list={rows.list} />
      </div>
      <Rows {...rows} />
    </section>
  );
}

/** Says why a list shows nothing. */
function NoRows({ list }: { list: TicketList }) {
  const say = useText();
  const { tickets, isComplete, isLoading, problem } = useStore(list);
  if (problem)
    return (
      <p class="problem-text">
        {refused(problem, say)}{" "}
        <button type="button" onClick={() => void list.tryAgain()}>
          {say("again")}
        </button>
      </p>
    );
  if (!isComplete || isLoading || tickets.length) return null;
  return <NoTickets />;
}

/** Says that a view is empty, or that filters and search leave nothing of it, and takes them away. */
function NoTickets() {
  const say = useText();
  const narrowed = narrowedBy(useStore(filters));
  if (!narrowed) return <Empty icon="closed">{say("list.empty")}</Empty>;
  const clear = () => {
    focusSearch(); // the button goes away
    showAll();
  };
  return (
    <Empty icon="search">
      {say(`noMatch.${narrowed}`)}
      <button type="button" onClick={clear}>
        {say(`clear.${narrowed}`)}
      </button>
    </Empty>
  );
}

function NoTicket() {
  const say = useText();
  return (
    <section class="ticket-pane nothing" aria-label={say("ticket")}>
      <Empty icon="open">{say("ticket.none")}</Empty>
    </section>
  );
}

/** Return the list of a view as it is narrowed: another list for another query, each following the feed. */
function useTicketList(view: View, chosen: Filters): TicketList {
  const list = useMemo(() => new TicketList(asked(view.query(me().customerRepID), chosen)), [view, chosen]);
  useEffect(() => {
    void list.more();
    const refresh = readAgain(() => void list.refresh().catch(unlessItPasses));
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
