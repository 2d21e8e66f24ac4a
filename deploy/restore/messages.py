"""Messages and histories brought back to tickets that are there."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bundle.errors import CannotContinue
from deploy.restore.items import ItemRestore, Outcome
from deploy.restore.live import Key, LiveTickets, readable_message, ticket_of
from ticketing.kernel.dynamodb.engine import Item
from ticketing.lists.ports import TicketCounts
from ticketing.tickets.model import Ticket

PATIENCE = 600
"""Seconds for which the streams may be behind."""


@dataclass(frozen=True)
class TicketPartRestore:
    """Brings entries of histories, or messages, of tickets that are there back, once whoever indexes them knows that
    the tickets are there again."""

    items: ItemRestore
    tickets: LiveTickets
    ticket_counts: TicketCounts

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Bring a batch back, and return what became of each."""
        live = self.items.live(items)
        missing = [item for item in items if self.items.key_of(item) not in live]
        tickets = self._tickets(missing) if self.items.mode.writes else {}
        return [self._bring(item, live.get(self.items.key_of(item)), tickets.get(ticket_of(item))) for item in items]

    def _bring(self, item: Item, live: Item | None, ticket: Ticket | None) -> Outcome:
        """Bring one back; `ticket` is only of use for one that is missing, and where something is written."""
        if live is None and ticket is None and self.items.mode.writes:
            return Outcome.orphaned
        return self.items.bring(item, live)

    def _tickets(self, items: Sequence[Item]) -> Mapping[Key, Ticket]:
        """Return the tickets of these, as far as they are there and can be read."""
        live = self.tickets.read(map(ticket_of, items))
        there = {key: ticket for key, ticket in live.items() if ticket}
        for customerID in {customerID for customerID, _ in there}:
            self._wait_for(customerID, [ticketID for owner, ticketID in there if owner == customerID])
        return there

    def _wait_for(self, customerID: int, ticketIDs: Collection[int]) -> None:
        """Wait while tickets are known as removed: words of their messages would be taken out again."""
        for _ in range(PATIENCE):
            counted_tickets = self.ticket_counts.counted_tickets(customerID, ticketIDs)
            if not any(counted_ticket.isRemoved for counted_ticket in counted_tickets.values()):
                return
            time.sleep(1)
        raise CannotContinue(
            "Search and totals do not know the restored tickets yet: see that function `indexer` gets on, then run the "
            "same again. It goes on where it stopped."
        )


@dataclass(frozen=True)
class MessageRestore(TicketPartRestore):
    """Brings messages back but for damaged ones, with which nobody could read the others of their ticket."""

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Bring a batch back, and return what became of each."""
        sound = [item for item in items if readable_message(item, "copied message")]
        return [*super().__call__(sound), *[Outcome.unreadable] * (len(items) - len(sound))]

    def _bring(self, item: Item, live: Item | None, ticket: Ticket | None) -> Outcome:
        """Bring one back, but for one that its ticket does not count: the next message would find its place taken."""
        if live and not self.items.mode.overwrites and not readable_message(live, "live message"):
            return Outcome.unreadable
        if live is None and ticket and item["messageID"] > ticket.lastMessageID:
            return Outcome.ahead
        return super()._bring(item, live, ticket)
