"""New tickets for tests of the pipeline, and what its filter and detector find in them."""

from typing import Any

from tests.builders import CHAT_TOKEN, a_body
from tests.hooks.test_hooks import URL
from tests.world import World
from ticketing.learning.verdict import SpamVerdict

CALLS: tuple[dict[str, Any], ...] = tuple(
    {"type": "ApiCall", "url": URL, "hookName": hook} for hook in ("PreSpam", "PostSpam", "PostTopicDetection")
)
ARRIVALS = {
    "visitor": ("/api/Tickets/createchatticket", None, {"channelToken": CHAT_TOKEN, "message": "My parcel"}),
    "phone": ("/api/Tickets", "channel-3", a_body(channelType="Phone")),
    "rep": ("/api/Tickets", "rep-11", a_body(channelType="Chat")),
}


def script(world: World) -> None:
    """Have a lottery be spam, and a parcel not; each is a topic."""
    world.spam.script = {"lottery": SpamVerdict(isSpam=True, score=990), "parcel": SpamVerdict(isSpam=False, score=12)}
    world.topics.script = {"parcel": {2: 700}, "lottery": {1: 600}}


def create(world: World, **fields: Any) -> None:
    """Create a ticket that is to run through."""
    world.call("POST", "/api/Tickets", body=a_body(isProcessed=False, **fields)).as_expected(201)


def change(world: World, **fields: Any) -> None:
    """Patch the first ticket as a representative."""
    patch = {"Content_Type": "application/merge-patch+json"}
    world.call("PATCH", "/api/Tickets/1", body=fields, **patch).as_expected(200)
