import { useState } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { useStore } from "../store";
import { Answer } from "./answer";
import { Conversation } from "./conversation";
import { takeBack, type Kind } from "./draft";
import type { OpenTicket } from "./open-ticket";
import { Player } from "./player";
import { SidePanel } from "./side-panel";

interface TicketBodyProps {
  opened: OpenTicket;
  ticket: Ticket;
  isAbout: boolean;
}

export function TicketBody({ opened, ticket, isAbout }: TicketBodyProps) {
  const { messages } = useStore(opened);
  const [kind, setKind] = useState<Kind>("answer");
  return (
    <div class={isAbout ? "ticket-body with-about" : "ticket-body"}>
      <div class="talk">
        {ticket.hasRecording && <Player key={ticket.ticketID} ticketID={ticket.ticketID} />}
        <Conversation opened={opened} ticket={ticket} takeBack={(entry) => setKind(takeBack(entry))} />
        <Answer ticket={ticket} kind={kind} setKind={setKind} />
      </div>
      <SidePanel ticket={ticket} messages={messages} />
    </div>
  );
}
