import type { Ticket } from "../../api/types";
import { ChannelIcon, Icon } from "../parts/icon";
import { StatusChip } from "../parts/status-chip";
import { useStore } from "../store";
import { useText } from "../text/text";
import { Actions } from "./actions";
import { contactOf } from "./end-user";
import type { OpenTicket } from "./open-ticket";

interface TicketHeadProps {
  opened: OpenTicket;
  about: { isAbout: boolean; toggle: () => void };
  edit: () => void;
  back: () => void;
}

export function TicketHead({ opened, about, edit, back }: TicketHeadProps) {
  const { ticket } = useStore(opened);
  const title = ticket ? ticket.subject : `#${opened.ticketID}`;
  return (
    <header class="ticket-head">
      <BackButton back={back} />
      <div class="ticket-title">
        <h2 title={title} dir="auto">
          {title}
        </h2>
        {ticket && <Facts ticket={ticket} />}
      </div>
      {ticket && (
        <Actions opened={opened} ticket={ticket} edit={edit} leave={back}>
          <AboutButton {...about} />
        </Actions>
      )}
    </header>
  );
}

function BackButton({ back }: { back: () => void }) {
  const say = useText();
  return (
    <button class="plain back" type="button" aria-label={say("back")} title={say("back")} onClick={back}>
      <Icon name="back" />
    </button>
  );
}

function Facts({ ticket }: { ticket: Ticket }) {
  const say = useText();
  const { customerRepName: name } = ticket;
  const contact = contactOf(ticket);
  const channel = ticket.channelName ?? ticket.channelType;
  const holder = name ? say("held.by", { name }) : say("held.nobody");
  return (
    <p class="ticket-facts">
      <StatusChip status={ticket.status} />
      <span>#{ticket.ticketID}</span>
      <span title={channel}>
        <ChannelIcon type={ticket.channelType} /> {channel}
      </span>
      {contact && <span title={contact}>{contact}</span>}
      <span title={holder}>{holder}</span>
    </p>
  );
}

function AboutButton({ isAbout, toggle }: TicketHeadProps["about"]) {
  const say = useText();
  const name = { "aria-label": say("about"), title: say("about") };
  return (
    <button class="about" type="button" aria-pressed={isAbout} onClick={toggle} {...name}>
      <Icon name="about" />
    </button>
  );
}
