"""A refusal names all that shows at its stage: first on the body itself, then in the directory and on the ticket."""

from typing import Any

import pytest

from tests.builders import HOTLINE, INACTIVE, SALES, a_body
from tests.tickets.patching import JSON_PATCH, MERGE, PATH, patch, setting
from tests.world import World

UNREADABLE = '"preview": 1.5, "uid": "\\u0000", "toNumber": "\\ud800", "closeDate": NaN, "\\ud800": 1'
NAMED = ["/preview", "/uid", "/toNumber", "/closeDate", "/?"]
WRONG = f'"subject": 7, "x": 1, "customerRepID": 999, "channelID": 998, {UNREADABLE}'
ALL_NAMED = ["/subject", "/x", *NAMED]
MISSING = {"customerRepID": 999, "channelID": 998}
ALL_MISSING = ["/customerRepID", "/channelID"]


def test_every_fault_of_a_new_ticket_is_named(world: World) -> None:
    body = f'{{"status": "Open", "isClosed": true, "channelType": "Email", {WRONG}}}'
    world.call("POST", "/api/Tickets", body=body).refused(400, "InvalidRequest", [*ALL_NAMED, "/isClosed"])
    world.call("POST", "/api/Tickets", body=a_body(**MISSING)).refused(400, "InvalidRequest", ALL_MISSING)


@pytest.mark.parametrize("status", [None, 7, ""])
def test_without_a_sound_status_nothing_contradicts_it(world: World, status: Any) -> None:
    body = a_body(status=status, isClosed=True)
    world.call("POST", "/api/Tickets", body=body).refused(400, "InvalidRequest", ["/status"])


def test_every_fault_of_a_replacement_is_named(world: World) -> None:
    world.keep()
    body = f'{{"status": "Pending", "isClosed": true, "channelType": "Email", {WRONG}}}'
    world.call("PUT", PATH, body=body).refused(400, "InvalidRequest", ALL_NAMED)
    sound = a_body(status="Pending", isClosed=True, **MISSING)
    world.call("PUT", PATH, body=sound).refused(400, "InvalidRequest", [*ALL_MISSING, "/isClosed"])


def test_every_fault_of_a_merge_patch_is_named(world: World) -> None:
    world.keep()
    body = f'{{"status": "Pending", "isClosed": true, "token": "x", {WRONG}}}'
    answer = world.call("PATCH", PATH, body=body, content_type=MERGE)
    answer.refused(400, "InvalidRequest", [*ALL_NAMED, "/token"])
    contradiction = {"status": "Pending", "isClosed": True}
    patch(world, MISSING | contradiction).refused(400, "InvalidRequest", [*ALL_MISSING, "/isClosed"])


def test_every_fault_of_a_json_patch_is_named(world: World) -> None:
    world.keep()
    operations = [
        {"op": "x", "path": "/preview"},
        {"op": "add", "path": "/token", "value": 1},
        setting("summary", 7),
        setting("customerRepID", 999),
    ]
    patch(world, operations).refused(400, "InvalidRequest", ["/0/op", "/1/path", "/summary"])


def test_an_unreadable_value_of_an_operation_is_named_where_it_stands(world: World) -> None:
    world.keep()
    body = '[{"op": "add", "path": "/channelID", "value": 1.5}, {"op": "add", "path": "/subject", "value": 7}]'
    answer = world.call("PATCH", PATH, body=body, content_type=JSON_PATCH)
    answer.refused(400, "InvalidRequest", ["/0/value", "/subject"])


@pytest.mark.parametrize(("method", "body"), [("PUT", a_body()), ("PATCH", {})])
def test_what_the_ticket_has_already_is_no_fault(world: World, method: str, body: dict[str, Any]) -> None:
    world.keep(customerRepID=INACTIVE, channelID=999)
    body = body | {"customerRepID": INACTIVE, "channelID": 999}
    media_type = MERGE if method == "PATCH" else "application/json"
    world.call(method, PATH, body=body, content_type=media_type).as_expected(200)


def test_a_body_comes_before_the_channel(world: World) -> None:
    world.keep(channelID=HOTLINE)
    patch(world, {"channelID": SALES, "subject": ""}, "channel-3").refused(400, "InvalidRequest", ["/subject"])


def test_too_many_operations_come_before_what_is_wrong_with_them(world: World) -> None:
    body = "[" + ",".join(['{"op": "add", "path": "/channelID", "value": 1.5}'] * 101) + "]"
    world.call("PATCH", PATH, body=body, content_type=JSON_PATCH).refused(413, "PayloadTooLarge")


@pytest.mark.parametrize("ambiguous", ['"subject": 1, "subject": 2', '"subject": ' + "[" * 33 + "]" * 33])
def test_a_document_that_is_not_one_is_told_of_alone(world: World, ambiguous: str) -> None:
    answer = world.call("POST", "/api/Tickets", body=f'{{"channelID": "x", {ambiguous}}}').refused(
        400, "InvalidRequest"
    )
    assert len(answer.json["errors"]) == 1


def test_names_and_values_of_no_use_at_all_are_refused(world: World) -> None:
    body = '{"\\ud800": {"\\u0000": 1e9}, "status": {"\\ud800": 1}, "subject": ["\\ud800"], "endUsers": 1.5}'
    world.call("POST", "/api/Tickets", body=body).refused(
        400,
        "InvalidRequest",
        ["/?", "/?/\0", "/?/\0", "/status/?", "/subject/0", "/endUsers", "/status", "/subject", "/channelType"],
    )


def test_every_fault_of_a_bulk_request_is_named(world: World) -> None:
    body = (
        '{"ticketIDs": [1, 1.5, "2"], "action": "updatetopics", "topicIds": [0, 9, 1, 1e9, {}],'
        ' "customerRepID": -1, "hookName": "\\u0000", "x": 1}'
    )
    pointers = ["/ticketIDs/1", "/ticketIDs/2", *(f"/topicIds/{place}" for place in (0, 3, 4))]
    answer = world.call("PUT", "/api/Tickets/bulk", body=body)
    answer.refused(400, "InvalidRequest", [*pointers, "/customerRepID", "/hookName", "/x"])
    sound = {"ticketIDs": [1], "action": "updatetopics", "topicIds": [9, 1, 5], "customerRepID": 999}
    answer = world.call("PUT", "/api/Tickets/bulk", body=sound)
    answer.refused(400, "InvalidRequest", ["/customerRepID", "/topicIds/0", "/topicIds/2"])


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({"action": "x", "topicIds": None}, ["/action"]),
        ({"action": "updatetopics"}, ["/topicIds"]),
        ({"action": "updatetopics", "topicIds": None}, ["/topicIds"]),
        ({"action": "updatetopics", "topicIds": "x"}, ["/topicIds"]),
        ({"action": "close", "customerRepID": -1}, ["/customerRepID"]),
        ({"action": "close", "customerRepID": INACTIVE}, []),
    ],
)
def test_each_fault_of_many_tickets_is_named_once(world: World, fields: dict[str, Any], pointers: list[str]) -> None:
    body = {"ticketIDs": []} | fields
    world.call("PUT", "/api/Tickets/bulk", body=body).refused(400, "InvalidRequest", ["/ticketIDs", *pointers])


@pytest.mark.parametrize(
    ("path", "body", "pointers"),
    [
        ("/api/TicketMessages", '{"ticketID": 1.5, "x": 1}', ["/ticketID", "/body", "/x"]),
        ("/api/Tickets/createchatticket", '{"lang": "\\u0000", "name": 7}', ["/lang", "/name", "/channelToken"]),
    ],
)
def test_every_fault_of_messages_and_chats_is_named(world: World, path: str, body: str, pointers: list[str]) -> None:
    world.call("POST", path, body=body).refused(400, "InvalidRequest", pointers)


def test_every_fault_of_an_assignment_is_named(world: World) -> None:
    world.keep()
    world.call("PUT", PATH + "/assign", body='{"x": 1.5, "y": 1}').refused(400, "InvalidRequest", ["/x", "/y"])
