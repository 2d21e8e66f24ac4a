import { Fragment } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Message, Ticket } from "../../api/types";
import { writer } from "../session";
import { useStore } from "../store";
import { day } from "../text/moments";
import { useText } from "../text/text";
import { endUserOf } from "./end-user";
import { MessageView } from "./message-view";
import type { OpenTicket } from "./open-ticket";
import { outbox, type Outgoing } from "./outbox";
import { useDraft } from "./draft";

export function Conversation({ opened, ticket }: { opened: OpenTicket; ticket: Ticket }) {
  const say = useText();
  const { messages, areMessagesRead } = useStore(opened);
  const outgoing = useStore(outbox).filter(
    (entry) => entry.message.ticketID === ticket.ticketID && entry.writer === writer(),
  );
  const element = useRef<HTMLDivElement>(null);
  useKeptAtEnd(element);
  const first = messages[0];
  return (
    <div class="conversation" ref={element} tabIndex={0} role="log" aria-label={say("conversation")}>
      {first && first.messageID > 1 && (
        <button type="button" class="plain earlier" onClick={() => void opened.readEarlier()}>
          {say("messages.earlier")}
        </button>
      )}
      {areMessagesRead && messages.length === 0 && outgoing.length === 0 && (
        <p class="quiet empty">{say("messages.none")}</p>
      )}
      {messages.map((message, index) => (
        <Fragment key={message.messageID}>
          {isAnotherDay(messages[index - 1], message) && <h3 class="day">{day(message.dateCreated)}</h3>}
          <MessageView message={message} endUser={endUserOf(ticket)} />
        </Fragment>
      ))}
      {outgoing.map((entry) => (
        <OutgoingView key={entry.key} entry={entry} />
      ))}
    </div>
  );
}

function OutgoingView({ entry }: { entry: Outgoing }) {
  const say = useText();
  const kind = entry.message.direction === "Note" ? "note" : "answer";
  const [draft, write] = useDraft(entry.message.ticketID, kind);
  const takeBack = () => {
    write([draft, entry.message.body].filter(Boolean).join("\n\n"));
    outbox.remove(entry.key);
  };
  return (
    <article class={`message ${entry.message.direction} ${entry.refusal ? "refused" : "outgoing"}`}>
      <div class="bubble">
        <p class="message-body">{entry.message.body}</p>
        <footer>
          {entry.refusal ? say("message.refused", { reason: entry.refusal }) : say("message.sending")}
        </footer>
        {entry.refusal && (
          <button type="button" class="plain" onClick={takeBack}>
            {say("message.takeBack")}
          </button>
        )}
      </div>
    </article>
  );
}

function isAnotherDay(before: Message | undefined, message: Message): boolean {
  const dayOf = (of: Message) => new Date(of.dateCreated).toDateString();
  return !before || dayOf(before) !== dayOf(message);
}

/** Show the end of the conversation, and stay there when more is said or room is lost, unless the reader has scrolled away. */
function useKeptAtEnd(element: { current: HTMLDivElement | null }): void {
  const wasAtEnd = useRef(true);
  const keep = () => {
    if (element.current && wasAtEnd.current) element.current.scrollTop = element.current.scrollHeight;
  };
  useLayoutEffect(keep);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const note = () => (wasAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 60);
    const watcher = new ResizeObserver(keep);
    watcher.observe(box);
    box.addEventListener("scroll", note, { passive: true });
    return () => {
      watcher.disconnect();
      box.removeEventListener("scroll", note);
    };
  }, []);
}
