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
import { OutgoingView } from "./outgoing-view";

interface ConversationProps {
  opened: OpenTicket;
  ticket: Ticket;
  takeBack: (entry: Outgoing) => void;
}

export function Conversation({ opened, ticket, takeBack }: ConversationProps) {
  const say = useText();
  const { messages } = useStore(opened);
  const outgoing = useStore(outbox).filter(
    (entry) => entry.message.ticketID === ticket.ticketID && entry.writer === writer(),
  );
  const element = useRef<HTMLDivElement>(null);
  useKeptAtEnd(element);
  return (
    <div class="conversation" ref={element} tabIndex={0} role="log" aria-label={say("conversation")}>
      <Beginning opened={opened} isEmpty={messages.length + outgoing.length === 0} />
      <Messages messages={messages} endUser={endUserOf(ticket)} />
      {outgoing.map((entry) => (
        <OutgoingView key={entry.key} entry={entry} takeBack={takeBack} />
      ))}
    </div>
  );
}

function Messages({ messages, endUser }: { messages: readonly Message[]; endUser: string }) {
  return (
    <>
      {messages.map((message, index) => (
        <Fragment key={message.messageID}>
          {isAnotherDay(messages[index - 1], message) && <h3 class="day">{day(message.dateCreated)}</h3>}
          <MessageView message={message} endUser={endUser} />
        </Fragment>
      ))}
    </>
  );
}

/** Leads to what was said before, or says that nothing was. */
function Beginning({ opened, isEmpty }: { opened: OpenTicket; isEmpty: boolean }) {
  const say = useText();
  const { messages, areMessagesRead } = useStore(opened);
  if (areMessagesRead && isEmpty) return <p class="empty">{say("messages.none")}</p>;
  if ((messages[0]?.messageID ?? 1) === 1) return null;
  return (
    <button type="button" class="plain earlier" onClick={() => void opened.readEarlier()}>
      {say("messages.earlier")}
    </button>
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
