"""A customer's tickets, the stream of their changes, and followers that are killed: all that can go wrong with a feed.

The stream has two shards, which are delivered apart, in batches of any size, again, and only in part where appending
fails. Replicas of the log lag and have holes. A follower may die after it was answered, and goes on from what it had.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.builders import ADMIN, ANN, BOB, RIK, a_ticket, acme
from tests.feed.fakes import InMemoryFeedLog
from tests.feed.follower import Follower
from tests.world import World
from ticketing.directory.principal import Representative, Role
from ticketing.errors import Forbidden, Unavailable
from ticketing.feed.ports import LogEntry
from ticketing.feed.telling import FeedTelling
from ticketing.kernel.deadline import Deadline
from ticketing.lists.indexing import MessageChange
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.permissions import require_ticket

SHARDS = 2
DAY = 24 * 60 * 60
FOLLOWERS = (ADMIN, ANN, RIK)
HOLDERS = (None, ANN, BOB, RIK)


@dataclass
class TroubledFeedLog(InMemoryFeedLog):
    """A log whose replicas lag by some entries and lack one, and that fails before or after it has appended."""

    lags: int = 0
    lacks: int | None = None
    fails: str | None = None

    def append(self, customerID: int, versions: Mapping[int, int], deadline: Deadline) -> None:
        fails, self.fails = self.fails, None
        if fails == "before":
            raise Unavailable("It does not answer.")
        super().append(customerID, versions, deadline)
        if fails == "after":
            raise Unavailable("Its answer was lost.")

    def after(self, customerID: int, number: int, limit: int, fresh: bool = False) -> Sequence[LogEntry]:
        entries = super().after(customerID, number, 10_000)
        if not fresh:
            entries = entries[: max(0, len(entries) - self.lags)]
            entries = [entry for place, entry in enumerate(entries) if place != self.lacks]
        return entries[:limit]


@dataclass
class Desk:
    """The API with a store whose changes wait in a stream, and followers with copies that outlive them."""

    world: World = field(default_factory=lambda: World(is_described=False))
    shards: list[list[TicketChange]] = field(default_factory=lambda: [[] for _ in range(SHARDS)])
    read: list[int] = field(default_factory=lambda: [0] * SHARDS)
    agentScope: str = "Own"

    def __post_init__(self) -> None:
        self.log = TroubledFeedLog(self.world.clock)
        self.world.application.adapters.feed_log = self.log
        self.world.store.report = self._record
        self.roles = {rep.repID: rep.role for rep in acme().reps}
        self.followers = {repID: Follower(self.world, f"rep-{repID}") for repID in FOLLOWERS}

    def create(self, holder: int | None) -> None:
        ticketID = self.world.store.next_id(1)
        self.world.store.create(a_ticket(ticketID=ticketID, customerRepID=holder))

    def change(self, which: int, **fields: Any) -> None:
        kept = list(self.world.store.kept.values())
        if kept:
            ticket = kept[which % len(kept)]
            self.world.store.replace(ticket, ticket.model_copy(update=fields | {"version": ticket.version + 1}))

    def delete(self, which: int) -> None:
        kept = list(self.world.store.kept.values())
        if kept:
            self.world.store.delete(kept[which % len(kept)])

    def deliver(self, shard: int, size: int, back: int, fails: str | None) -> None:
        """Hands over the next batch of a shard, with some that were handed over before; again when that fails."""
        start = max(0, self.read[shard] - back)
        batch = self.shards[shard][start : self.read[shard] + size]
        self.log.fails = fails
        try:
            FeedTelling(self.log).enter(batch, Deadline(at=0))
        except Unavailable:
            return
        finally:
            self.log.fails = None
        self.read[shard] = max(self.read[shard], start + len(batch))

    def follow(self, repID: int, size: int, lags: int, lacks: int | None, is_killed: bool) -> None:
        """Has a follower take a page from a replica; one that is killed has seen it in vain."""
        follower = self.followers[repID]
        held, since = deepcopy(follower.held), follower.since
        follower.size, self.log.lags, self.log.lacks = size, lags, lacks
        follower.step()
        self.log.lags, self.log.lacks = 0, None
        self.require_within_reach(repID)
        if is_killed:
            follower.held, follower.since = held, since

    def wait(self, days: float, is_cleaned: bool) -> None:
        """Lets time pass; what has ended may stay in the log for a while."""
        self.world.clock.pass_(days * DAY)
        self._renew_tokens()
        if is_cleaned:
            entries = self.log.kept.get(1, {})
            for number in [each for each, entry in entries.items() if entry.expiresAt <= self.world.clock.moment]:
                del entries[number]

    def become(self, repID: int, role: str) -> None:
        """Gives a follower another role, and the minute that this takes."""
        self.roles[repID] = role
        self._load()

    def set_scope(self, agentScope: str) -> None:
        self.agentScope = agentScope
        self._load()

    def settle(self) -> None:
        """Delivers everything, and lets everyone catch up."""
        for shard in range(SHARDS):
            while self.read[shard] < len(self.shards[shard]):
                self.deliver(shard, 5, 0, None)
        for follower in self.followers.values():
            follower.catch_up()

    def expected(self, repID: int) -> dict[int, str]:
        """The replica by brute force: the tickets that a representative may read, by looking at each."""
        rep = Representative(1, repID, Role(self.roles[repID]), self.agentScope == "All")
        tickets = [ticket for ticket in self.world.store.kept.values() if _sees(rep, ticket)]
        return {ticket.ticketID: ticket.subject for ticket in tickets}

    def held(self, repID: int) -> dict[int, str]:
        return {ticketID: ticket["subject"] for ticketID, ticket in self.followers[repID].held.items()}

    def require_within_reach(self, repID: int) -> None:
        """Fails if a follower was told what it may not read, or what never was: the last page is as of now."""
        follower = self.followers[repID]
        expected = self.expected(repID)
        for ticketID in follower.last:
            if ticketID in follower.held:
                assert follower.held[ticketID]["subject"] == expected[ticketID]

    def _record(self, change: TicketChange | MessageChange) -> None:
        if isinstance(change, TicketChange):
            self.shards[change.ticket.ticketID % SHARDS].append(change)

    def _load(self) -> None:
        reps = [rep.model_copy(update={"role": self.roles[rep.repID]}) for rep in acme().reps]
        self.world.directory.load(acme(reps=reps, agentScope=self.agentScope))
        self.world.clock.pass_(60)
        self._renew_tokens()

    def _renew_tokens(self) -> None:
        exp = self.world.clock.seconds() + DAY
        for repID, role in self.roles.items():
            self.world.tokens.known[f"rep-{repID}"] = {"customerID": 1, "repID": repID, "role": role, "exp": exp}


type Step = Callable[[Desk], object]


def _sees(rep: Representative, ticket: Any) -> bool:
    try:
        require_ticket(rep, ticket)
    except Forbidden:
        return False
    return True


def writing(chance: Random) -> list[Step]:
    """Return what writers do, and the stream that tells of it."""
    which, holder = chance.randrange(10), chance.choice(HOLDERS)
    fails = chance.choice([None, None, "before", "after"])
    return [
        lambda desk: desk.create(holder),
        lambda desk: desk.change(which, subject=str(chance.random())),
        lambda desk: desk.delete(which),
        *[lambda desk: desk.deliver(chance.randrange(SHARDS), chance.randint(1, 6), chance.randrange(6), fails)] * 3,
    ]


def following(chance: Random) -> list[Step]:
    """Return what followers do; some are killed."""
    lacks = chance.choice([None, 0, 1, 2])
    page = (chance.choice(FOLLOWERS), chance.randint(1, 5), chance.randrange(3), lacks, chance.random() < 1 / 4)
    return [lambda desk: desk.follow(*page)] * 4


def waiting(chance: Random) -> list[Step]:
    """Time that passes."""
    return [lambda desk: desk.wait(chance.choice([0.1, 8, 12, 20, 31]), is_cleaned=chance.random() < 1 / 2)]


def reaching(chance: Random) -> list[Step]:
    """Return what brings tickets into reach, and out of it."""
    role = chance.choice(["Agent", "Restricted", "Supervisor"])
    return [
        *[lambda desk: desk.change(chance.randrange(10), customerRepID=chance.choice(HOLDERS))] * 3,
        lambda desk: desk.become(chance.choice([ANN, RIK]), role),
        lambda desk: desk.set_scope(chance.choice(["Own", "All"])),
    ]


def run(desk: Desk, chance: Random, *kinds: Callable[[Random], list[Step]], steps: int = 60) -> None:
    """Does one thing after the other, as chance will have it."""
    for _ in range(steps):
        chance.choice([step for kind in kinds for step in kind(chance)])(desk)
