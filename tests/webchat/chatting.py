"""A visitor and a representative who talk."""

from dataclasses import dataclass
from typing import Any

from tests.builders import CHAT_TOKEN
from tests.world import Answer, World

BEGIN = "/api/Tickets/createchatticket"
PATH = "/api/Tickets/chatmessages"
SITE = "https://shop.example"


@dataclass(frozen=True)
class AVisitor:
    """The visitor of a chat, with the key that they were given."""

    world: World
    key: str
    ticketID: int

    def read(self, query: str = "", **headers: str) -> Answer:
        return self.world.call("GET", PATH, self.key, query=query, **headers)

    def reads(self, query: str = "") -> Any:
        return self.read(query).as_expected(200).json

    def write(self, message: object = "Hello?", origin: str = SITE, **headers: str) -> Answer:
        return self.world.call("POST", PATH, self.key, {"message": message}, origin=origin, **headers)

    def sees(self) -> list[str]:
        """The bodies that the visitor reads."""
        return [message["body"] for message in self.reads()["items"]]


def begin(world: World, **fields: Any) -> Answer:
    """A visitor asks for a chat."""
    body = {"channelToken": CHAT_TOKEN, "message": "Hello", "name": "Jane"} | fields
    return world.call("POST", BEGIN, None, body, origin=SITE)


def begun(world: World, **fields: Any) -> AVisitor:
    """A chat that was begun."""
    reply = begin(world, **fields).as_expected(201).json
    return AVisitor(world, reply["visitorKey"], reply["ticketID"])


def say(world: World, body: str, by: str = "rep-13", **fields: Any) -> Answer:
    """A representative, or a phone line, writes to a ticket."""
    return world.call("POST", "/api/TicketMessages", by, {"ticketID": 1, "body": body} | fields)
