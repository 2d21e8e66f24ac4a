"""Whatever a body holds, it is taken or refused: what is looked for beside the first fault meets no defect."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOTLINE
from tests.tickets.patching import JSON_PATCH, MERGE
from tests.world import World
from ticketing.tickets.model import TicketDraft

ANYTHING = st.sampled_from(
    [
        None,
        "",
        "Open",
        "Closed",
        "\0",
        "\ud800",
        0,
        1,
        11,
        999,
        1.5,
        2**60,
        True,
        [],
        [1.5],
        {},
        {"a": [1.5]},
        "x" * 600,
    ]
)
FIELDS = st.dictionaries(st.sampled_from([*TicketDraft.model_fields, "token", "a~b/c"]), ANYTHING, max_size=6)
OPERATIONS = st.lists(
    st.fixed_dictionaries(
        {"op": st.sampled_from(["add", "remove", "replace", "move", "copy", "test", "zap", None])},
        optional={"path": FIELDS.map(lambda fields: f"/{next(iter(fields), '')}"), "value": ANYTHING, "from": ANYTHING},
    ),
    max_size=5,
)
BULK = st.fixed_dictionaries(
    {"ticketIDs": ANYTHING | st.just([1]), "action": ANYTHING | st.sampled_from(["close", "updatetopics", "notspam"])},
    optional={"topicIds": ANYTHING | st.just([1, 99]), "customerRepID": ANYTHING, "hookName": ANYTHING, "x": ANYTHING},
)
REQUESTS = st.one_of(
    st.tuples(st.just(("POST", "/api/Tickets", "application/json")), FIELDS | ANYTHING),
    st.tuples(st.just(("PUT", "/api/Tickets/{}", "application/json")), FIELDS | ANYTHING),
    st.tuples(st.just(("PATCH", "/api/Tickets/{}", MERGE)), FIELDS | ANYTHING),
    st.tuples(st.just(("PATCH", "/api/Tickets/{}", JSON_PATCH)), OPERATIONS | ANYTHING),
    st.tuples(st.just(("PUT", "/api/Tickets/bulk", "application/json")), BULK | ANYTHING),
)


@settings(max_examples=1000)
@given(request=REQUESTS, by=st.sampled_from(["rep-11", "rep-13", "channel-3"]))
def test_no_body_is_a_defect(world: World, request: tuple[tuple[str, str, str], Any], by: str) -> None:
    (method, path, media_type), body = request
    world.store.kept.clear()
    ticket = world.keep(channelID=HOTLINE, uid="u")
    assert world.call(method, path.format(ticket.ticketID), by, json.dumps(body), content_type=media_type).status < 500
