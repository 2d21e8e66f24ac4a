import type { Ticket } from "../../api/types";
import { useStore } from "../store";
import { useText } from "../text/text";
import { BulkActions } from "./bulk-actions";
import { BulkProgress } from "./bulk-progress";
import type { Selection } from "./selection";
import type { TicketList } from "./ticket-list";
import { useBulk } from "./use-bulk";

/** Offers what acts on the tickets that are ticked, and shows how far it has come. */
export function BulkBar({ selection, list }: { selection: Selection; list: TicketList }) {
  const say = useText();
  const selected = useStore(selection);
  const { tickets } = useStore(list);
  const chosen = tickets.filter((ticket) => selected.has(ticket.ticketID)).map((ticket) => ticket.ticketID);
  const { progress, bulk, putAway } = useBulk(chosen, selection);
  if (progress) return <BulkProgress progress={progress} close={putAway} />;
  if (!chosen.length) return null;
  return (
    <div class="bulk-bar" role="toolbar" aria-label={say("bulk.actions")}>
      <strong>{say("bulk.selected", { count: chosen.length })}</strong>
      <SelectButtons selection={selection} tickets={tickets} />
      <BulkActions bulk={bulk} count={chosen.length} />
    </div>
  );
}

function SelectButtons({ selection, tickets }: { selection: Selection; tickets: readonly Ticket[] }) {
  const say = useText();
  const all = () => selection.add(tickets.map((ticket) => ticket.ticketID));
  return (
    <>
      <button type="button" class="plain" onClick={all}>
        {say("bulk.all", { count: tickets.length })}
      </button>
      <button type="button" class="plain" onClick={() => selection.clear()}>
        {say("bulk.none")}
      </button>
    </>
  );
}
