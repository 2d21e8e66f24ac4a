"""Whether the representative and the channel that a ticket names exist."""

from collections.abc import Iterator
from dataclasses import dataclass

from ticketing.domain.directory import Channel, Rep, channel_key, rep_key
from ticketing.domain.ticket import Ticket, TicketDraft
from ticketing.errors import Fault, InvalidRequest
from ticketing.ports import Directory


@dataclass(frozen=True)
class References:
    """Checks a draft against the customer's directory."""

    directory: Directory

    def require(self, customerID: int, draft: TicketDraft, was: Ticket | None) -> None:
        """Raises InvalidRequest for an id that is no active rep or no channel, unless the ticket has it already."""
        faults = list(self._faults(customerID, draft, was))
        if faults:
            raise InvalidRequest("The ticket refers to what does not exist.", faults)

    def _faults(self, customerID: int, draft: TicketDraft, was: Ticket | None) -> Iterator[Fault]:
        rep = None if was and was.customerRepID == draft.customerRepID else draft.customerRepID
        channel = None if was and was.channelID == draft.channelID else draft.channelID
        keys = [rep_key(rep)] if rep else []
        keys += [channel_key(channel)] if channel else []
        entries = self.directory.entries(customerID, keys) if keys else {}
        if rep and not _is_active_rep(entries.get(rep_key(rep))):
            yield Fault("/customerRepID", "is no active representative of the customer")
        if channel and not isinstance(entries.get(channel_key(channel)), Channel):
            yield Fault("/channelID", "is no channel of the customer")


def _is_active_rep(entry: object) -> bool:
    return isinstance(entry, Rep) and entry.active
