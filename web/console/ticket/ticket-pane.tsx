import { useEffect, useMemo, useState } from "preact/hooks";
import { onChange } from "../feed";
import { Empty } from "../parts/empty";
import { ChannelIcon, Icon } from "../parts/icon";
import { StatusChip } from "../parts/status-chip";
import { useStore } from "../store";
import { useText } from "../text/text";
import { Actions } from "./actions";
import { Answer } from "./answer";
import { Conversation } from "./conversation";
import { EditForm } from "./edit-form";
import { endUserOf } from "./end-user";
import { OpenTicket } from "./open-ticket";
import { outbox } from "./outbox";
import { Player } from "./player";
import { SidePanel } from "./side-panel";

/** A ticket: what was said, what can be done, and what is known of it. */
export function TicketPane({ ticketID, back }: { ticketID: number; back: () => void }) {
  const say = useText();
  const opened = useMemo(() => new OpenTicket(ticketID), [ticketID]);
  const { ticket, problem } = useStore(opened);
  const [isAbout, setAbout] = useState(false);
  const [isEdited, setEdited] = useState(false);
  useEffect(() => {
    void opened.read();
    const leaveFeed = onChange((items) => opened.apply(items));
    const leaveOutbox = outbox.delivered.watch((message) => message && opened.add(message));
    return () => {
      leaveFeed();
      leaveOutbox();
    };
  }, [opened]);
  const title = ticket ? ticket.subject : `#${ticketID}`;
  return (
    <section class="ticket-pane" aria-label={say("ticket")}>
      <header class="ticket-head">
        <button class="plain back" type="button" aria-label={say("back")} title={say("back")} onClick={back}>
          <Icon name="back" />
        </button>
        <div class="ticket-title">
          <h2 title={title}>{title}</h2>
          {ticket && (
            <p class="ticket-facts">
              <StatusChip status={ticket.status} />
              <span>#{ticket.ticketID}</span>
              <span class="fact">
                <ChannelIcon type={ticket.channelType} /> {ticket.channelName ?? ticket.channelType}
              </span>
              <span>{endUserOf(ticket)}</span>
              <span>
                {ticket.customerRepName
                  ? say("held.by", { name: ticket.customerRepName })
                  : say("held.nobody")}
              </span>
            </p>
          )}
        </div>
        {ticket && (
          <Actions opened={opened} ticket={ticket} edit={() => setEdited(true)}>
            <button
              class="about"
              type="button"
              aria-pressed={isAbout}
              aria-label={say("about")}
              title={say("about")}
              onClick={() => setAbout(!isAbout)}
            >
              <Icon name="about" />
            </button>
          </Actions>
        )}
      </header>
      {problem && <Empty icon="spam">{problem}</Empty>}
      {!ticket && !problem && <Waiting />}
      {ticket && (
        <div class={isAbout ? "ticket-body with-about" : "ticket-body"}>
          <div class="talk">
            {ticket.hasRecording && <Player key={ticketID} ticketID={ticketID} />}
            <Conversation opened={opened} ticket={ticket} />
            <Answer ticket={ticket} />
          </div>
          <SidePanel ticket={ticket} />
        </div>
      )}
      {ticket && isEdited && <EditForm opened={opened} close={() => setEdited(false)} />}
    </section>
  );
}

/** Holds the place of what is said while it is read. */
function Waiting() {
  return (
    <div class="talk talk-waiting" aria-busy="true">
      <p class="skeleton" />
      <p class="skeleton" />
      <p class="skeleton" />
    </div>
  );
}
