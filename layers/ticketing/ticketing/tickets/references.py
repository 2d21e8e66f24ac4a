"""Whether the representatives, channels and topics that a request names exist."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ticketing.bulk.request import Action, BulkUpdateRequest
from ticketing.directory.hooks import HookAction
from ticketing.directory.model import TOPICS, Channel, CustomerSettings, Rep, Topic, channel_key, rep_key
from ticketing.directory.ports import Directory
from ticketing.directory.principal import NOBODY
from ticketing.errors import MAX_FAULTS, Fault, InvalidRequest
from ticketing.kernel.strict_json import pointer
from ticketing.tickets.lifecycle import contradictions, settled
from ticketing.tickets.model import Ticket, TicketDraft

_NO_REP = "is no active representative of the customer"


@dataclass(frozen=True)
class References:
    """Checks a draft against the customer's directory."""

    directory: Directory

    def sound(self, customerID: int, draft: TicketDraft, was: Ticket | None, now: str) -> TicketDraft:
        """Return `draft` with its status settled; raises InvalidRequest with every fault that the directory and the
        ticket show: an id that is no active rep or no channel, unless the ticket has it already, and a contradiction.
        """
        faults = [*contradictions(draft, was), *self._faults(customerID, draft, was)]
        if faults:
            raise InvalidRequest("The ticket does not take what is asked for.", faults)
        return settled(draft, was, now)

    def require_for_all(self, customerID: int, update: BulkUpdateRequest) -> None:
        """Raises InvalidRequest for an id that is no active rep or no topic, whatever the tickets have already."""
        faults = [
            *self._holder_faults(customerID, update),
            *islice(self._topic_faults(customerID, update), MAX_FAULTS + 1),
        ]
        if faults:
            raise InvalidRequest("The request refers to what does not exist.", faults)

    def require_for_action(self, customerID: int, action: HookAction) -> None:
        """Raises InvalidRequest for an action that names what is no active rep or no topic."""
        rep = rep_key(action.customerRepID or NOBODY)
        if action.customerRepID and not _is_active_rep(self.directory.entries(customerID, [rep]).get(rep)):
            raise InvalidRequest(f"{action.key}: {rep} {_NO_REP}")
        if action.topicIDs and not self.topics(customerID).keys() >= set(action.topicIDs):
            raise InvalidRequest(f"{action.key} names a topic that does not exist")

    def settings(self, customerID: int) -> CustomerSettings:
        """The customer's settings, the defaults where the directory has none."""
        found = self.directory.entries(customerID, [CustomerSettings.KEY]).get(CustomerSettings.KEY)
        return found if isinstance(found, CustomerSettings) else CustomerSettings()

    def topics(self, customerID: int) -> Mapping[int, Topic]:
        """The customer's topics by id."""
        entries = self.directory.beginning(customerID, TOPICS).values()
        return {entry.topicID: entry for entry in entries if isinstance(entry, Topic)}

    def _faults(self, customerID: int, draft: TicketDraft, was: Ticket | None) -> Iterator[Fault]:
        rep = None if was and was.customerRepID == draft.customerRepID else draft.customerRepID
        channel = None if was and was.channelID == draft.channelID else draft.channelID
        keys = [rep_key(rep)] if rep else []
        keys += [channel_key(channel)] if channel else []
        entries = self.directory.entries(customerID, keys) if keys else {}
        if rep and not _is_active_rep(entries.get(rep_key(rep))):
            yield Fault("/customerRepID", _NO_REP)
        if channel and not isinstance(entries.get(channel_key(channel)), Channel):
            yield Fault("/channelID", "is no channel of the customer")

    def _holder_faults(self, customerID: int, update: BulkUpdateRequest) -> Iterator[Fault]:
        if update.customerRepID:
            key = rep_key(update.customerRepID)
            if not _is_active_rep(self.directory.entries(customerID, [key]).get(key)):
                yield Fault("/customerRepID", _NO_REP)

    def _topic_faults(self, customerID: int, update: BulkUpdateRequest) -> Iterator[Fault]:
        if update.action is not Action.updatetopics:
            return
        known = self.topics(customerID)
        for place, topicID in enumerate(update.topicIds or ()):
            if topicID not in known:
                yield Fault(pointer("topicIds", place), "is no topic of the customer")


def _is_active_rep(entry: object) -> bool:
    return isinstance(entry, Rep) and entry.active
