import type { Ticket } from "../../api/types";
import { fullMoment } from "../text/moments";
import { useText } from "../text/text";
import { endUserOf } from "./end-user";

export function Details({ ticket }: { ticket: Ticket }) {
  const say = useText();
  const facts: [string, string | null][] = [
    [say("enduser"), endUserOf(ticket)],
    [say("uid"), ticket.uid],
    [say("from"), ticket.fromNumber],
    [say("to"), ticket.toNumber],
    [say("holder"), ticket.customerRepName ?? say("nobody")],
    [say("channel"), ticket.channelName ?? ticket.channelType],
    [say("created"), fullMoment(ticket.dateCreated)],
    [say("last.message"), moment(ticket.lastMessageDate)],
    [say("followup"), moment(ticket.followUpDate)],
    [say("closed.at"), moment(ticket.closeDate)],
    [say("summary"), ticket.summary],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {ticket.topics.length > 0 && (
        <p class="topics" aria-label={say("topics")}>
          {ticket.topics.map((topic) => (
            <span key={topic} class="tag">
              {topic}
            </span>
          ))}
        </p>
      )}
      {ticket.aiFeedbackComments.length > 0 && (
        <>
          <h3>{say("ai.feedback")}</h3>
          <ul>
            {ticket.aiFeedbackComments.map((comment, index) => (
              <li key={index}>{comment}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function moment(instant: string | null): string | null {
  return instant && fullMoment(instant);
}
