import type { Message } from "../../api/types";
import { Avatar } from "../parts/avatar";
import { fullMoment, timeOfDay } from "../text/moments";
import { useText, type Say } from "../text/text";

export function MessageView({ message, endUser }: { message: Message; endUser: string }) {
  const say = useText();
  const writer = writerOf(message, endUser, say);
  return (
    <article class={`message ${message.direction}`} aria-label={writer}>
      <Avatar name={writer} />
      <div class="bubble">
        <header>
          <strong>{writer}</strong>
          {message.direction === "Note" && <span class="tag">{say("note")}</span>}
          {message.direction === "AI" && <span class="tag">AI</span>}
          <time dateTime={message.dateCreated} title={fullMoment(message.dateCreated)}>
            {timeOfDay(message.dateCreated)}
          </time>
        </header>
        {message.feedbackOn !== null && (
          <p class="quiet">{say("message.feedbackOn", { id: message.feedbackOn })}</p>
        )}
        <p class="message-body">{message.body}</p>
        {message.pageUrl && <footer>{message.pageUrl}</footer>}
      </div>
    </article>
  );
}

function writerOf(message: Message, endUser: string, say: Say): string {
  if (message.direction === "AI") return say("assistant");
  if (message.direction === "EndUser") return message.from ?? endUser;
  return message.customerRepName ?? message.from ?? say("author.rep");
}
