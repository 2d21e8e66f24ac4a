"""Checks that the representative and the channel which a ticket names exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.directory.lookup import NO_ACTIVE_REP, is_active
from ticketing.directory.model import Channel, channel_key, rep_key
from ticketing.errors import Fault, InvalidRequest
from ticketing.tickets.labels import label_keys
from ticketing.tickets.lifecycle import contradictions, settled

if TYPE_CHECKING:
    from ticketing.directory.model import Entry
    from ticketing.directory.ports import Directory
    from ticketing.tickets.model import Ticket, TicketDraft


@dataclass(frozen=True)
class References:
    """Checks a draft against the customer's directory."""

    directory: Directory

    def checked_and_settled(self, customerID: int, draft: TicketDraft, was: Ticket | None, now: str) -> TicketDraft:
        """Return `draft` with its status settled; raises InvalidRequest with every fault that the directory and the
        ticket show: an id that is no active rep or no channel, unless the ticket has it already, and a contradiction.

        All that the ticket will be labelled with is asked for in one call, which a change that names nothing new does
        not wait for: a cached directory has it at hand when the ticket is shown.
        """
        labels = self.directory.ask(customerID, label_keys(draft, was.topicIDs if was else ()))
        faults = [*contradictions(draft, was), *_faults(draft, was, labels)]
        if faults:
            raise InvalidRequest("The ticket does not take what is asked for.", faults)
        return settled(draft, was, now)


def _faults(draft: TicketDraft, was: Ticket | None, labels: Callable[[], Mapping[str, Entry]]) -> Iterator[Fault]:
    rep = None if was and was.customerRepID == draft.customerRepID else draft.customerRepID
    channel = None if was and was.channelID == draft.channelID else draft.channelID
    entries = labels() if rep or channel else {}
    if rep and not is_active(entries.get(rep_key(rep))):
        yield Fault("/customerRepID", NO_ACTIVE_REP)
    if channel and not isinstance(entries.get(channel_key(channel)), Channel):
        yield Fault("/channelID", "is no channel of the customer")
