import type { Ticket } from "../../api/types";
import { useStore } from "../store";
import { number } from "../text/moments";
import { useText } from "../text/text";
import { BulkActions } from "./bulk-actions";
import { bulkOn, bulkRun } from "./bulk-run";
import type { Selection } from "./selection";
import type { TicketList } from "./ticket-list";

/** Offers what acts on the tickets that are ticked, one thing at a time. */
export function BulkBar({ selection, list }: { selection: Selection; list: TicketList }) {
  const say = useText();
  const selected = useStore(selection);
  const { tickets } = useStore(list);
  useStore(bulkRun);
  const chosen = tickets.filter((ticket) => selected.has(ticket.ticketID));
  if (!chosen.length) return null;
  return (
    <div class="bulk-bar" role="toolbar" aria-label={say("bulk.actions")} inert={bulkRun.isUnderWay}>
      <strong>{say("bulk.selected", { count: number(chosen.length) })}</strong>
      <SelectButtons selection={selection} tickets={tickets} />
      <BulkActions bulk={bulkOn(chosen, selection)} count={chosen.length} />
    </div>
  );
}

function SelectButtons({ selection, tickets }: { selection: Selection; tickets: readonly Ticket[] }) {
  const say = useText();
  const all = () => selection.add(tickets.map((ticket) => ticket.ticketID));
  return (
    <>
      <button type="button" class="plain" onClick={all}>
        {say("bulk.all", { count: number(tickets.length) })}
      </button>
      <button type="button" class="plain" onClick={() => selection.clear()}>
        {say("bulk.none")}
      </button>
    </>
  );
}
