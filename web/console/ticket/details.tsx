import type { Ticket } from "../../api/types";
import { fullMoment } from "../text/moments";
import { useText } from "../text/text";
import { personIn } from "./end-user";

export function Details({ ticket }: { ticket: Ticket }) {
  return (
    <>
      <Facts ticket={ticket} />
      <Feedback comments={ticket.aiFeedbackComments} />
    </>
  );
}

function Facts({ ticket }: { ticket: Ticket }) {
  return (
    <dl class="facts">
      {useFacts(ticket).map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
      <Topics topics={ticket.topics} />
    </dl>
  );
}

function useFacts(ticket: Ticket): [string, string | null][] {
  const say = useText();
  return [
    [say("enduser"), personIn(ticket)],
    [say("uid"), ticket.uid],
    [say("from"), ticket.fromNumber],
    [say("to"), ticket.toNumber],
    [say("holder"), ticket.customerRepName ?? say("nobody")],
    [say("channel"), ticket.channelName ?? ticket.channelType],
    [say("created"), fullMoment(ticket.dateCreated)],
    [say("last.message"), moment(ticket.lastMessageDate)],
    [say("followup"), moment(ticket.followUpDate)],
    [say("field.endDate"), moment(ticket.endDate)],
    [say("closed.at"), moment(ticket.closeDate)],
    [say("summary"), ticket.summary],
  ];
}

function Topics({ topics }: { topics: readonly string[] }) {
  const say = useText();
  if (!topics.length) return null;
  return (
    <div>
      <dt>{say("topics")}</dt>
      <dd class="topics">
        {topics.map((topic) => (
          <span key={topic} class="tag">
            {topic}
          </span>
        ))}
      </dd>
    </div>
  );
}

/** What representatives noted on messages of the assistant. */
function Feedback({ comments }: { comments: readonly string[] }) {
  const say = useText();
  if (!comments.length) return null;
  return (
    <>
      <h3>{say("ai.feedback")}</h3>
      <ul>
        {comments.map((comment, index) => (
          <li key={index} dir="auto">
            {comment}
          </li>
        ))}
      </ul>
    </>
  );
}

function moment(instant: string | null): string | null {
  return instant && fullMoment(instant);
}
