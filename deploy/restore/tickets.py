"""Tickets brought back, with their counters, so that whoever follows them takes them for a change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from deploy.restore.items import Mode, Outcome
from deploy.restore.live import Key, LiveMessages, LiveTickets, readable_ticket
from ticketing.directory.author import SYSTEM
from ticketing.errors import DuplicateCall
from ticketing.kernel.dynamodb.engine import Item, Refused
from ticketing.kernel.instant import canonical
from ticketing.kernel.ports import Contended
from ticketing.lists.ports import TicketCounts
from ticketing.tickets.dynamodb.stored import COUNTER
from ticketing.tickets.messages import FOLLOWS_MESSAGES, with_message
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import Outdated, TicketStore

LEAP = 10_000
"""The rise of a lost ticket's version, or of a lost counter: beyond whatever was given between the moment and the
loss, so that counts, listeners and clients that remember it see something new, and no ticketID is given twice."""


@dataclass(frozen=True)
class TicketRestore:
    """Brings tickets back. `now` is in epoch seconds."""

    store: TicketStore
    live: LiveTickets
    messages: LiveMessages
    ticket_counts: TicketCounts
    mode: Mode
    now: int

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Bring a batch of tickets and counters back, and return what became of each."""
        counters = [item for item in items if item["ticketID"] == COUNTER]
        copies = [item for item in items if item["ticketID"] != COUNTER]
        tickets = [ticket for item in copies if (ticket := readable_ticket(item, "copied ticket"))]
        outcomes = [self._raise(counter["customerID"], counter["lastTicketID"]) for counter in counters]
        outcomes += [Outcome.unreadable] * (len(copies) - len(tickets))
        live = self.live.read(map(_key, tickets))
        damaged = {key for key, ticket in live.items() if ticket is None}
        outcomes += [
            Outcome.unreadable if _key(ticket) in damaged else self._bring(ticket, live.get(_key(ticket)))
            for ticket in tickets
        ]
        return outcomes

    def _bring(self, ticket: Ticket, live: Ticket | None) -> Outcome:
        if live and not self.mode.overwrites:
            return Outcome.there
        if ticket.removeAt is not None and ticket.removeAt <= self.now:
            return Outcome.due
        return self._set_back(ticket, live) if live else self._bring_back(ticket)

    @property
    def _moment(self) -> str:
        return canonical(datetime.fromtimestamp(self.now, UTC))

    def _bring_back(self, ticket: Ticket) -> Outcome:
        last = max(ticket.version, self._counted_version(ticket))
        after, outcome = self._with_newer_messages(ticket)
        after = after.model_copy(update={"version": last + LEAP - 1}).next_version(SYSTEM, self._moment)
        return self._written(self.store.create, self._with_recording(after), None, outcome)

    def _counted_version(self, ticket: Ticket) -> int:
        """Return the version at which the ticket was counted last: far above the copy's where it has been brought back
        and lost before."""
        counted = self.ticket_counts.counted_tickets(ticket.customerID, [ticket.ticketID])
        return counted[ticket.ticketID].version if counted else 0

    def _set_back(self, ticket: Ticket, live: Ticket) -> Outcome:
        kept = FOLLOWS_MESSAGES if live.lastMessageID > ticket.lastMessageID else ()
        if ticket.twilio_CallSid == live.twilio_CallSid:
            kept = (*kept, "hasRecording")
        after = ticket.model_copy(update={"version": live.version} | {name: getattr(live, name) for name in kept})
        if after == live:
            return Outcome.there
        after = after.next_version(SYSTEM, self._moment).model_copy(update={"writers": live.writers})
        if "hasRecording" not in kept:
            after = self._with_recording(after)
        return self._written(lambda now: self.store.replace(live, now), after, live, Outcome.overwritten)

    def _written(
        self, write: Callable[[Ticket], None], ticket: Ticket, live: Ticket | None, outcome: Outcome
    ) -> Outcome:
        """Write a ticket; where another has its call, with the call that it has now, if any. The outcome is that alone,
        even of one without a message too."""
        if not self.mode.writes:
            return outcome
        try:
            write(ticket)
        except DuplicateCall:
            mine = {
                "twilio_CallSid": live.twilio_CallSid if live else None,
                "hasRecording": live.hasRecording if live else False,
            }
            changed = self._written(write, ticket.model_copy(update=mine), live, outcome)
            return Outcome.without_call if changed is outcome else changed
        except (Outdated, Contended):
            return Outcome.changing
        return outcome

    def _with_recording(self, ticket: Ticket) -> Ticket:
        call = ticket.twilio_CallSid
        recorded = call is not None and self.store.is_recorded(ticket.customerID, call)
        return ticket.model_copy(update={"hasRecording": recorded})

    def _with_newer_messages(self, ticket: Ticket) -> tuple[Ticket, Outcome]:
        """Return the ticket after the messages that it has left behind since, and what that makes of it: none may be
        passed over, nor its place be taken by the next. A damaged one keeps its place and shows nothing."""
        outcome = Outcome.restored
        for messageID, message in self.messages.after(ticket):
            if message:
                ticket = with_message(ticket, message)
            else:
                ticket = ticket.model_copy(update={"lastMessageID": messageID})
                outcome = Outcome.without_message
        return ticket, outcome

    def _raise(self, customerID: int, last: int) -> Outcome:
        """Raise a counter that was lost, or is behind; never set one back."""
        engine, key = self.live.engine, {"customerID": customerID, "ticketID": COUNTER}
        if not self.mode.writes:
            live = next(engine.batch_get(self.live.table, [key]), {})
            return Outcome.there if live.get("lastTicketID", -1) >= last else Outcome.restored
        try:
            engine.call(
                "update_item",
                TableName=self.live.table,
                Key=engine.typed(key),
                UpdateExpression="SET lastTicketID = :raised",
                ConditionExpression="attribute_not_exists(lastTicketID) OR lastTicketID < :last",
                ExpressionAttributeValues=engine.typed({":raised": last + LEAP, ":last": last}),
            )
        except Refused:
            return Outcome.there
        return Outcome.restored


def _key(ticket: Ticket) -> Key:
    return ticket.customerID, ticket.ticketID
