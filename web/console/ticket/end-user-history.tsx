import type { HistorySummary, Ticket } from "../../api/types";
import { api, body } from "../api";
import { StatusChip } from "../parts/status-chip";
import { address, route } from "../route";
import { useStore } from "../store";
import { fullMoment, number, shortMoment } from "../text/moments";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { useAnswer } from "./use-answer";

/** What the customer knows of the end user from their other tickets. */
export function EndUserHistory({ ticket }: { ticket: Ticket }) {
  const say = useText();
  const params = { path: { id: ticket.ticketID } };
  const { data, problem } = useAnswer<HistorySummary>(
    (signal) => body(api.GET("/api/Tickets/{id}/history-summary", { params, signal })),
    [ticket.ticketID, ticket.uid],
  );
  if (problem) return <p class="problem-text">{refused(problem, say)}</p>;
  if (!data) return <p class="skeleton" aria-busy="true" />;
  if (!data.ticketCount) return <p class="quiet">{say("history.none")}</p>;
  return (
    <>
      <p lang="en">{data.summary}</p>
      <Totals history={data} />
      <RecentTickets history={data} />
    </>
  );
}

function Totals({ history: { ticketCount, openCount, firstContact } }: { history: HistorySummary }) {
  const say = useText();
  return (
    <dl class="facts">
      <div>
        <dt>{say("history.tickets")}</dt>
        <dd>{say("history.open", { count: number(ticketCount), open: number(openCount) })}</dd>
      </div>
      <div>
        <dt>{say("history.first")}</dt>
        <dd>{firstContact && fullMoment(firstContact)}</dd>
      </div>
    </dl>
  );
}

function RecentTickets({ history }: { history: HistorySummary }) {
  const { place } = useStore(route);
  return (
    <ul class="recent">
      {history.recentTickets.map((recent) => (
        <li key={recent.ticketID}>
          <a href={address(place, recent.ticketID)}>
            <span class="recent-subject" dir="auto">
              {recent.subject}
            </span>
            <span class="recent-facts">
              <StatusChip status={recent.status} /> {recent.channelType} · {shortMoment(recent.dateCreated)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
