"""A client of the running API: the demo data's people by name, and replies that are checked as they come in."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.described import require_described
from tests.local_stack import wait_until

PEOPLE: dict[str, dict[str, int]] = {
    "Ada": {"customer": 1, "rep": 11},
    "Sam": {"customer": 1, "rep": 12},
    "Ann": {"customer": 1, "rep": 13},
    "Bob": {"customer": 1, "rep": 14},
    "Rik": {"customer": 1, "rep": 15},
    "Ina": {"customer": 1, "rep": 16},
    "Gia": {"customer": 2, "rep": 21},
    "Gus": {"customer": 2, "rep": 22},
    "Hotline": {"customer": 1, "channel": 3},
    "Sales": {"customer": 1, "channel": 4},
}
JSON_PATCH = "application/json-patch+json"
MERGE_PATCH = "application/merge-patch+json"


@dataclass(frozen=True)
class Client:
    """A client that speaks as one of the demo data's people."""

    http: httpx.Client
    make_token: Callable[..., str]
    _tokens: dict[str, str] = field(default_factory=dict)

    def token(self, who: str) -> str:
        """Return a person's token."""
        if who not in self._tokens:
            self._tokens[who] = self.make_token(**PEOPLE[who])
        return self._tokens[who]

    def ask(
        self, method: str, path: str, status: int, who: str | None = "Ada", body: Any = None, **headers: str
    ) -> httpx.Response:
        """Send a request, which must be answered with `status`; a body of bytes goes as it is, any other as JSON."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            sent["Authorization"] = f"Bearer {self.token(who)}"
        content = None
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        reply = self.http.request(method, path, content=content, headers=sent)
        assert reply.status_code == status, f"{method} {path}: {reply.status_code} {reply.text[:500]}"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        require_described(method, reply.url.path, reply.status_code, reply.headers, reply.text)
        if status >= 400:
            assert reply.headers["Content-Type"] == "application/problem+json"
            assert reply.json()["requestId"] == reply.headers["X-Request-Id"]
        return reply

    def refused(self, method: str, path: str, code: str, status: int, **more: Any) -> Any:
        """Send a request, which must be refused with this code and status; return the problem."""
        problem = self.ask(method, path, status, **more).json()
        assert problem["code"] == code
        return problem

    def ticket(self, who: str = "Ada", **fields: Any) -> Any:
        """Create a ticket."""
        body = {"status": "Open", "subject": "A parcel that never came", "channelType": "Email"} | fields
        return self.ask("POST", "/api/Tickets", 201, who, body).json()

    def total(self, query: str, who: str = "Ada") -> int:
        """Return how many tickets a list counts."""
        return int(self.ask("GET", f"/api/Tickets?pageSize=1&{query}", 200, who).json()["totalCount"])

    def until_total(self, query: str, total: int) -> None:
        """Wait until a list counts so many tickets."""
        wait_until(lambda: self.total(query) == total)

    def all_ids(self, query: str, who: str = "Ada") -> list[int]:
        """Return every ticket of a list, followed by its cursors."""
        found: list[int] = []
        cursor = ""
        while True:
            page = self.ask("GET", f"/api/Tickets?pageSize=100&{query}{cursor}", 200, who).json()
            found += [ticket["ticketID"] for ticket in page["items"]]
            if page["nextCursor"] is None:
                assert page["totalCount"] == len(found)
                return found
            cursor = f"&cursor={page['nextCursor']}"
