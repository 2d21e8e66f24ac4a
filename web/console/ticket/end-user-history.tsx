import type { HistorySummary, Ticket } from "../../api/types";
import { api, body } from "../api";
import { StatusChip } from "../parts/status-chip";
import { address, route } from "../route";
import { useStore } from "../store";
import { fullMoment, number, shortMoment } from "../text/moments";
import { useText } from "../text/text";
import { useAnswer } from "./use-answer";

/** What the customer knows of the end user from their other tickets. */
export function EndUserHistory({ ticket }: { ticket: Ticket }) {
  const say = useText();
  const { data, problem } = useAnswer<HistorySummary>(
    (signal) =>
      body(
        api.GET("/api/Tickets/{id}/history-summary", { params: { path: { id: ticket.ticketID } }, signal }),
      ),
    [ticket.ticketID, ticket.uid],
  );
  if (problem) return <p class="problem-text">{problem}</p>;
  if (!data) return <p class="skeleton" aria-busy="true" />;
  if (!data.ticketCount) return <p class="quiet">{say("history.none")}</p>;
  return (
    <>
      <p>{data.summary}</p>
      <dl class="facts">
        <div>
          <dt>{say("history.tickets")}</dt>
          <dd>{say("history.open", { count: number(data.ticketCount), open: number(data.openCount) })}</dd>
        </div>
        <div>
          <dt>{say("history.first")}</dt>
          <dd>{data.firstContact && fullMoment(data.firstContact)}</dd>
        </div>
      </dl>
      <RecentTickets history={data} />
    </>
  );
}

function RecentTickets({ history }: { history: HistorySummary }) {
  const { place } = useStore(route);
  return (
    <ul class="recent">
      {history.recentTickets.map((recent) => (
        <li key={recent.ticketID}>
          <a href={address(place, recent.ticketID)}>
            <span class="recent-subject">{recent.subject}</span>
            <span class="recent-facts">
              <StatusChip status={recent.status} /> {recent.channelType} · {shortMoment(recent.dateCreated)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
