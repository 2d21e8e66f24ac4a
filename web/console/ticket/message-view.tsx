import type { Message } from "../../api/types";
import { Avatar } from "../parts/avatar";
import { fullMoment, timeOfDay } from "../text/moments";
import { useText, type Say } from "../text/text";

export function MessageView({ message, endUser }: { message: Message; endUser: string }) {
  const say = useText();
  const writer = writerOf(message, endUser, say);
  const { direction, feedbackOn, body, pageUrl } = message;
  return (
    <article class={`message ${direction}`} aria-label={writer}>
      <Avatar name={writer} />
      <div class="bubble">
        <MessageHead message={message} writer={writer} />
        {feedbackOn !== null && <p class="quiet">{say("message.feedbackOn", { id: feedbackOn })}</p>}
        <p class="message-body" dir="auto">
          {body}
        </p>
        {pageUrl && <footer>{pageUrl}</footer>}
      </div>
    </article>
  );
}

function MessageHead({ message: { direction, dateCreated }, writer }: { message: Message; writer: string }) {
  const say = useText();
  return (
    <header>
      <strong>{writer}</strong>
      {direction === "Note" && <span class="tag">{say("note")}</span>}
      {direction === "AI" && <span class="tag">{say("assistant.tag")}</span>}
      <time dateTime={dateCreated} title={fullMoment(dateCreated)}>
        {timeOfDay(dateCreated)}
      </time>
    </header>
  );
}

function writerOf(message: Message, endUser: string, say: Say): string {
  if (message.direction === "AI") return say("assistant");
  if (message.direction === "EndUser") return message.from ?? endUser;
  return message.customerRepName ?? message.from ?? say("author.rep");
}
