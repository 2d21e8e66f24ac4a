import type { Ticket } from "../../api/types";
import { Avatar } from "../parts/avatar";
import { ChannelIcon, Icon } from "../parts/icon";
import { StatusChip } from "../parts/status-chip";
import { fullMoment, shortMoment } from "../text/moments";
import { useText } from "../text/text";
import { endUserOf } from "../ticket/end-user";

export const ROW_HEIGHT = 84;

interface RowProps {
  ticket: Ticket;
  index: number;
  isActive: boolean;
  isOpen: boolean;
  isSelected: boolean;
  open: () => void;
  toggle: () => void;
}

export function Row({ ticket, index, isActive, isOpen, isSelected, open, toggle }: RowProps) {
  const states = { active: isActive, opened: isOpen, selected: isSelected, unread: ticket.unread };
  const classes = Object.entries(states).map(([name, holds]) => (holds ? ` ${name}` : ""));
  return (
    <div
      role="row"
      id={`ticket-${ticket.ticketID}`}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      class={`row${classes.join("")}`}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
      onClick={open}
    >
      <RowTick ticket={ticket} isSelected={isSelected} toggle={toggle} />
      <RowText ticket={ticket} />
    </div>
  );
}

function RowTick({ ticket, isSelected, toggle }: Pick<RowProps, "ticket" | "isSelected" | "toggle">) {
  const say = useText();
  return (
    <span role="gridcell" class="row-tick" onClick={(event) => event.stopPropagation()}>
      <label>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isSelected}
          aria-label={say("select.ticket", { id: ticket.ticketID })}
          onChange={toggle}
        />
        <Avatar name={endUserOf(ticket)} />
      </label>
    </span>
  );
}

function RowText({ ticket }: { ticket: Ticket }) {
  return (
    <span role="gridcell" class="row-text">
      <RowHead ticket={ticket} />
      <span class="row-subject" dir="auto">
        {ticket.subject}
      </span>
      <span class="row-line">
        <span class="row-preview" dir="auto">
          {ticket.preview ?? ""}
        </span>
        <Marks ticket={ticket} />
      </span>
    </span>
  );
}

function RowHead({ ticket }: { ticket: Ticket }) {
  const latest = ticket.lastMessageDate ?? ticket.dateCreated;
  return (
    <span class="row-line">
      <span class="row-who">{endUserOf(ticket)}</span>
      <time dateTime={latest} title={fullMoment(latest)}>
        {shortMoment(latest)}
      </time>
    </span>
  );
}

function Marks({ ticket }: { ticket: Ticket }) {
  const say = useText();
  return (
    <span class="row-marks">
      {ticket.isImportant && <Mark name="important" label={say("important")} />}
      {ticket.escalated && <Mark name="escalated" label={say("escalated")} />}
      {ticket.hasRecording && <Mark name="recording" label={say("recording")} />}
      <span title={ticket.channelName ?? ticket.channelType}>
        <ChannelIcon type={ticket.channelType} />
      </span>
      <StatusChip status={ticket.status} />
    </span>
  );
}

function Mark({ name, label }: { name: "important" | "escalated" | "recording"; label: string }) {
  return (
    <span class={`mark ${name}`} role="img" aria-label={label} title={label}>
      <Icon name={name} />
    </span>
  );
}
