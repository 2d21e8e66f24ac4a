import type { Ticket } from "../../api/types";
import { Answer } from "./answer";
import { Conversation } from "./conversation";
import type { OpenTicket } from "./open-ticket";
import { Player } from "./player";
import { SidePanel } from "./side-panel";

interface TicketBodyProps {
  opened: OpenTicket;
  ticket: Ticket;
  isAbout: boolean;
}

export function TicketBody({ opened, ticket, isAbout }: TicketBodyProps) {
  return (
    <div class={isAbout ? "ticket-body with-about" : "ticket-body"}>
      <div class="talk">
        {ticket.hasRecording && <Player key={ticket.ticketID} ticketID={ticket.ticketID} />}
        <Conversation opened={opened} ticket={ticket} />
        <Answer ticket={ticket} />
      </div>
      <SidePanel ticket={ticket} />
    </div>
  );
}
