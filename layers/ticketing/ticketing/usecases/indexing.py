"""Keeps search and tallies in step with tickets and messages. Everything may be repeated, in any split: what is entered
follows from where a ticket was last counted and where it stands now, not from the change that is reported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, groupby

from ticketing.domain.jobs import CleanUp
from ticketing.domain.message import Message
from ticketing.domain.tally import Move, Standing, removed, standing_of
from ticketing.domain.ticket import Ticket
from ticketing.domain.words import indexed
from ticketing.ports import Contended, JobQueue, SearchIndex, Tallies
from ticketing.usecases.deadline import Deadline

BATCH = 33
"""Tickets counted in one transaction: a row each and two cells each stay within its 100 actions (an AWS limit)."""
SUBJECT = "s"


@dataclass(frozen=True)
class TicketChange:
    """A ticket as it is after a change, or (`isRemoved`) as it was when it was removed."""

    ticket: Ticket
    isRemoved: bool = False

    @property
    def standing(self) -> Standing:
        """Where the ticket stands after the change."""
        return removed(self.ticket) if self.isRemoved else standing_of(self.ticket)


@dataclass(frozen=True)
class MessageChange:
    """A message that was added, or removed."""

    message: Message
    isRemoved: bool = False


@dataclass(frozen=True)
class Indexing:
    """Enters changes of tickets and messages."""

    tallies: Tallies
    search: SearchIndex
    jobs: JobQueue

    def enter_tickets(self, changes: Iterable[TicketChange], deadline: Deadline) -> None:
        """Counts tickets and enters their subjects; has removed ones cleaned up. Raises Contended, Unavailable."""
        changes = list(changes)
        for customerID, standings in _newest_by_customer(changes):
            for batch in batched(standings, BATCH, strict=False):
                self._enter(customerID, {standing.ticketID: standing for standing in batch}, deadline)
        gone = [change.ticket for change in changes if change.isRemoved]
        if gone:
            # after the tickets are known to be removed: no message of theirs is entered from here on
            self.jobs.send(
                [CleanUp(customerID=t.customerID, ticketID=t.ticketID, callSid=t.twilio_CallSid) for t in gone]
            )

    def enter_messages(self, changes: Iterable[MessageChange]) -> None:
        """Enters and takes out the words of messages; those of a removed ticket are not entered any more."""
        by_customer = groupby(sorted(changes, key=_customer), key=_customer)
        for customerID, of_customer in by_customer:
            self._enter_messages(customerID, list(of_customer))

    def _enter(self, customerID: int, now: Mapping[int, Standing], deadline: Deadline) -> None:
        entered: dict[int, str] = {}
        for _ in deadline.attempts():
            counted = self.tallies.standings(customerID, now.keys())
            moves = [
                Move(counted.get(ticketID), standing)
                for ticketID, standing in now.items()
                if ticketID not in counted or counted[ticketID].version < standing.version
            ]
            target = {**counted, **{move.after.ticketID: move.after for move in moves}}
            self._enter_subjects(counted, target, entered)
            try:
                return self.tallies.move(moves) if moves else None
            except Contended:
                continue  # another has counted one of them: look again, and mend the subjects that were entered
        raise Contended

    def _enter_subjects(
        self, counted: Mapping[int, Standing], target: Mapping[int, Standing], entered: dict[int, str]
    ) -> None:
        for ticketID, standing in target.items():
            before = entered.get(ticketID, counted[ticketID].subject if ticketID in counted else "")
            if before != standing.subject:
                self._replace_words(standing, before)
                entered[ticketID] = standing.subject

    def _replace_words(self, standing: Standing, before: str) -> None:
        old, new = indexed(before), indexed(standing.subject)
        self.search.put(standing.customerID, standing.ticketID, SUBJECT, new - old)
        self.search.remove(standing.customerID, standing.ticketID, SUBJECT, old - new)

    def _enter_messages(self, customerID: int, changes: Sequence[MessageChange]) -> None:
        counted = self.tallies.standings(customerID, {change.message.ticketID for change in changes})
        gone = {ticketID for ticketID, standing in counted.items() if standing.isRemoved}
        for change in changes:
            message, source = change.message, f"m{change.message.messageID:016d}"
            if change.isRemoved:
                self.search.remove(customerID, message.ticketID, source, indexed(message.body))
            elif message.ticketID not in gone:
                self.search.put(customerID, message.ticketID, source, indexed(message.body))


def _newest_by_customer(changes: Iterable[TicketChange]) -> Iterable[tuple[int, list[Standing]]]:
    newest: dict[tuple[int, int], Standing] = {}
    for change in changes:
        standing = change.standing
        key = (standing.customerID, standing.ticketID)
        if key not in newest or newest[key].version < standing.version:
            newest[key] = standing
    ordered = sorted(newest.values(), key=lambda standing: standing.customerID)
    for customerID, standings in groupby(ordered, key=lambda standing: standing.customerID):
        yield customerID, list(standings)


def _customer(change: MessageChange) -> int:
    return change.message.customerID
