"""A follower of the feed as an app has it: a copy of all tickets that it may read, kept by following `next`."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.world import Answer, World

MERGE = "application/merge-patch+json"
DAY = 24 * 60 * 60


@dataclass
class Follower:
    """Asks the API as a representative, keeps what it is told, and begins again when it is told to."""

    world: World
    by: str = "rep-11"
    size: int = 100
    held: dict[int, dict[str, Any]] = field(default_factory=dict)
    since: str | None = None
    told: list[int] = field(default_factory=list)
    """Every ticketID that was told, in order."""
    last: list[int] = field(default_factory=list)
    """Those of the last page."""

    def ask(self, **headers: str) -> Answer:
        """Asks for the next page, without taking note of it."""
        asked = {"pageSize": self.size} | ({"since": self.since} if self.since else {})
        return self.world.call("GET", "/api/Changes", self.by, query=urlencode(asked), **headers)

    def step(self) -> bool:
        """Takes note of the next page; tells whether that is all for now."""
        answer = self.ask()
        if answer.status == 410:
            self.held, self.since, self.last = {}, None, []
            return False
        page = answer.as_expected(200).json
        items = page["items"]
        assert len({item["ticketID"] for item in items}) == len(items) <= self.size
        self.last = [item["ticketID"] for item in items]
        for item in items:
            self._take(item)
        self.since = page["next"]
        return bool(page["isUpToDate"])

    def catch_up(self) -> None:
        """Follows until that is all for now."""
        while not self.step():
            pass

    def _take(self, item: dict[str, Any]) -> None:
        ticketID, ticket = item["ticketID"], item["ticket"]
        self.told.append(ticketID)
        if ticket is None:
            self.held.pop(ticketID, None)
        else:
            assert ticket["ticketID"] == ticketID
            self.held[ticketID] = ticket


def patch(world: World, ticketID: int = 1, **fields: Any) -> None:
    """Changes a ticket."""
    world.call("PATCH", f"/api/Tickets/{ticketID}", body=fields, content_type=MERGE).as_expected(200)


def pass_time(world: World, seconds: float) -> None:
    """Lets time pass; tokens last as long."""
    world.clock.pass_(seconds)
    lasting = {"exp": world.clock.seconds() + DAY}
    world.tokens.known = {token: {**claims, **lasting} for token, claims in world.tokens.known.items()}
