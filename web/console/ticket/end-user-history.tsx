import type { HistorySummary, Ticket } from "../../api/types";
import { api, body } from "../api";
import { StatusChip } from "../parts/status-chip";
import { address, route } from "../route";
import { useStore } from "../store";
import { fullMoment, number, shortMoment } from "../text/moments";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { useAnswer } from "../use-answer";

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
      <Totals history={data} />
      <RecentTickets history={data} />
    </>
  );
}

function Totals({ history }: { history: HistorySummary }) {
  return (
    <dl class="facts">
      {useTotals(history).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Return what the end user's other tickets have in common, each under its name. */
function useTotals({ ticketCount, openCount, channels, topics, ...contact }: HistorySummary) {
  const say = useText();
  const { firstContact, lastContact } = contact;
  const totals: [string, string][] = [
    [say("history.tickets"), say("history.open", { count: number(ticketCount), open: number(openCount) })],
    [say("history.first"), firstContact ? fullMoment(firstContact) : ""],
    [say("history.last"), lastContact ? fullMoment(lastContact) : ""],
    [say("history.channels"), Object.entries(channels).map(counted).join(", ")],
    [say("topics"), topics.map((topic) => counted([topic.name, topic.count])).join(", ")],
  ];
  return totals.filter(([, value]) => value);
}

function counted([name, count]: [string, number]): string {
  return `${name} (${number(count)})`;
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
