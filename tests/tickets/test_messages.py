"""GET and POST /api/TicketMessages."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.builders import ANN, BOB, GLOBEX, HOTLINE, SALES
from tests.world import Answer, World
from ticketing.directory.model import Rep
from ticketing.kernel.ports import Contended
from ticketing.tickets.messages import Message, MessageDraft, MessageView, next_message, with_message

PATH = "/api/TicketMessages"
NOW = "2026-06-15T12:00:00.000Z"
LATER = "2026-06-15T12:01:00.000Z"


def add(world: World, by: str = "rep-11", **fields: Any) -> Answer:
    body = {"ticketID": 1, "body": "Where is it?", "direction": "EndUser"} | fields
    return world.call("POST", PATH, by, body)


def added(world: World, by: str = "rep-11", **fields: Any) -> dict[str, Any]:
    message: dict[str, Any] = add(world, by, **fields).as_expected(201).json
    return message


def page(world: World, query: str = "ticketId=1", by: str = "rep-11") -> dict[str, Any]:
    document: dict[str, Any] = world.call("GET", PATH, by, query=query).as_expected(200).json
    return document


def ticket(world: World, ticketID: int = 1) -> Any:
    return world.call("GET", f"/api/Tickets/{ticketID}").as_expected(200).json


def test_a_message_is_answered_as_it_is_read(world: World) -> None:
    world.keep()
    answer = add(world)
    assert "Location" not in answer.as_expected(201).headers
    expected = {"messageID": 1, "ticketID": 1, "direction": "EndUser", "body": "Where is it?", "dateCreated": NOW}
    unsaid = dict.fromkeys(["from", "to", "subject", "pageUrl", "lang", "feedbackOn"])
    writer = {"customerRepID": 11, "customerRepName": "Ada Admin"}
    assert answer.json == expected | unsaid | writer | {"isRead": False}
    assert page(world) == {
        "items": [answer.json],
        "totalCount": 1,
        "totalPages": 1,
        "pageNumber": 1,
        "pageSize": 10,
    }


def test_every_field_comes_back_as_it_was_sent(world: World) -> None:
    world.keep()
    fields = {"body": " \u202eÜ\r\n\t\N{GRINNING FACE} ", "from": "", "to": "t" * 254, "subject": "s" * 500}
    message = added(world, direction="AI", **fields)
    assert message | fields == message
    assert message["direction"] == "AI"
    assert page(world)["items"] == [message]


@pytest.mark.parametrize(
    ("by", "direction", "customerRepID", "customerRepName"),
    [
        ("rep-11", "Representative", 11, "Ada Admin"),
        ("rep-13", "Representative", 13, "Ann Agent"),
        ("channel-3", "EndUser", None, None),
    ],
)
def test_a_message_is_its_writers(
    world: World, by: str, direction: str, customerRepID: int | None, customerRepName: str | None
) -> None:
    world.keep(channelID=HOTLINE, status="Closed")
    body = {"ticketID": 1, "body": "Hello"}
    message = world.call("POST", PATH, by, body).as_expected(201).json
    assert message["direction"] == direction
    assert (message["customerRepID"], message["customerRepName"]) == (customerRepID, customerRepName)
    assert page(world)["items"] == [message]
    assert ticket(world)["isClosed"] is (direction == "Representative")


@pytest.mark.parametrize("direction", ["EndUser", "AI"])
def test_a_representative_who_notes_what_another_said_is_its_writer(world: World, direction: str) -> None:
    world.keep()
    message = added(world, "rep-13", direction=direction)
    assert (message["direction"], message["customerRepID"]) == (direction, ANN)


def test_a_writer_is_named_as_the_directory_names_them_now(world: World) -> None:
    world.keep()
    added(world, "rep-13")
    world.directory.kept[1, "rep#13"] = Rep(repID=ANN, name="Anna", role="Agent", active=False)
    world.clock.pass_(61)
    assert page(world)["items"][0]["customerRepName"] == "Anna"
    del world.directory.kept[1, "rep#13"]
    world.clock.pass_(61)
    (message,) = page(world)["items"]
    assert (message["customerRepID"], message["customerRepName"]) == (ANN, None)


def test_what_was_kept_before_writers_were_has_none(world: World) -> None:
    world.keep(lastMessageID=1)
    world.messages.keep(Message(customerID=1, ticketID=1, messageID=1, body="Hello", dateCreated=NOW))
    (message,) = page(world)["items"]
    assert (message["customerRepID"], message["customerRepName"]) == (None, None)


def test_messages_are_numbered_per_ticket_without_gaps(world: World) -> None:
    world.keep()
    world.keep()
    assert [added(world)["messageID"] for _ in range(3)] == [1, 2, 3]
    assert added(world, ticketID=2)["messageID"] == 1


def test_the_ticket_shows_what_a_message_changes_in_the_same_version(world: World) -> None:
    world.keep(preview="before")
    added(world, body="x" * 300)
    now = ticket(world)
    assert (now["lastMessageDate"], now["preview"], now["lastEndUserMessageID"]) == (NOW, "x" * 200, 1)
    assert world.call("GET", "/api/Tickets/1").headers["ETag"] == '"2"'
    world.clock.pass_(60)
    added(world, body="answer", direction="Representative")
    now = ticket(world)
    assert (now["lastMessageDate"], now["preview"], now["lastEndUserMessageID"]) == (LATER, "answer", 1)


def test_a_later_date_that_the_ticket_has_stays(world: World) -> None:
    world.keep(lastMessageDate=LATER)
    added(world)
    assert ticket(world)["lastMessageDate"] == LATER


@pytest.mark.parametrize(
    ("direction", "isSpam", "status"),
    [
        ("EndUser", False, "Open"),
        ("EndUser", True, "Closed"),
        ("Representative", False, "Closed"),
        ("AI", False, "Closed"),
    ],
)
def test_an_end_user_reopens_a_closed_ticket_unless_it_is_spam(
    world: World, direction: str, isSpam: bool, status: str
) -> None:
    world.keep(status="Closed", isSpam=isSpam)
    added(world, direction=direction)
    now = ticket(world)
    assert (now["status"], now["isClosed"], now["closeDate"] is None) == (status, status == "Closed", status == "Open")


def test_what_is_read_is_what_the_ticket_was_marked_read_at(world: World) -> None:
    world.keep()
    added(world)
    world.call("PUT", "/api/Tickets/bulk", body={"ticketIDs": [1], "action": "read"}).as_expected(200)
    added(world)
    assert [message["isRead"] for message in page(world)["items"]] == [True, False]


@pytest.mark.parametrize(
    ("query", "ids", "paging"),
    [
        ("", list(range(1, 11)), (1, 10, 3)),
        ("&pageNumber=3", [21, 22, 23], (3, 10, 3)),
        ("&pageNumber=4", [], (4, 10, 3)),
        ("&pageNumber=0&pageSize=0", [1], (1, 1, 23)),
        ("&pageNumber=2&pageSize=1000", [], (2, 100, 1)),
        ("&pageSize=100", list(range(1, 24)), (1, 100, 1)),
        ("&sortOrder=asc&pageSize=2", [1, 2], (1, 2, 12)),
        ("&sortOrder=desc", list(range(23, 13, -1)), (1, 10, 3)),
        ("&sortOrder=desc&pageNumber=3", [3, 2, 1], (3, 10, 3)),
        ("&sortOrder=desc&pageNumber=4", [], (4, 10, 3)),
        ("&pageSize=-5", [1], (1, 1, 23)),
        ("&pageNumber=500&pageSize=20", [], (500, 20, 2)),
    ],
)
def test_pages_are_those_of_lists_and_smaller(
    world: World, query: str, ids: list[int], paging: tuple[int, int, int]
) -> None:
    world.keep()
    for _ in range(23):
        added(world)
    found = page(world, f"ticketId=1{query}")
    assert [message["messageID"] for message in found["items"]] == ids
    assert (found["pageNumber"], found["pageSize"], found["totalPages"]) == paging
    assert found["totalCount"] == 23


@pytest.mark.parametrize(
    ("query", "ids", "total"),
    [
        ("after=20", [21, 22, 23], 3),
        ("after=20&sortOrder=desc&pageSize=2", [23, 22], 3),
        ("after=20&sortOrder=desc&pageSize=2&pageNumber=2", [21], 3),
        ("after=20&pageSize=2&pageNumber=2", [23], 3),
        ("after=22&sortOrder=desc", [23], 1),
        ("after=23", [], 0),
        ("after=23&sortOrder=desc", [], 0),
        ("after=9007199254740991", [], 0),
        ("after=0&pageSize=1", [1], 23),
        ("after=-1&pageSize=1", [1], 23),
    ],
)
def test_pages_and_totals_count_after_a_message(world: World, query: str, ids: list[int], total: int) -> None:
    world.keep()
    for _ in range(23):
        added(world)
    found = page(world, f"ticketId=1&{query}")
    assert ([message["messageID"] for message in found["items"]], found["totalCount"]) == (ids, total)


def test_a_ticket_without_messages_has_an_empty_page(world: World) -> None:
    world.keep()
    empty = page(world)
    assert (empty["items"], empty["totalCount"], empty["totalPages"]) == ([], 0, 0)


@pytest.mark.parametrize(
    ("query", "code", "pointers"),
    [
        ("", "InvalidRequest", ["ticketId"]),
        ("ticketId=", "InvalidRequest", ["ticketId"]),
        ("pageSize=x&after=y", "InvalidRequest", ["after", "pageSize", "ticketId"]),
        ("ticketID=1", "InvalidRequest", ["ticketId"]),
        ("ticketId=1&ticketId=2", "InvalidRequest", ["ticketId"]),
        ("ticketId=1&pageNumber=x&pageSize=y", "InvalidRequest", ["pageNumber", "pageSize"]),
        ("ticketId=1&sortOrder=up&after=x", "InvalidRequest", ["after", "sortOrder"]),
        ("ticketId=1&pageNumber=501&pageSize=20", "PageTooDeep", ["pageNumber"]),
    ],
)
def test_malformed_parameters(world: World, query: str, code: str, pointers: list[str]) -> None:
    world.keep()
    world.call("GET", PATH, query=query).refused(400, code, pointers)


@pytest.mark.parametrize("ticketID", ["2", "0", "-1", "one", "1.0", "9" * 17])
def test_what_is_no_ticket_has_no_messages(world: World, ticketID: str) -> None:
    world.keep()
    world.call("GET", PATH, query=f"ticketId={ticketID}").refused(404, "NotFound")


@pytest.mark.parametrize(
    ("fields", "pointers"),
    [
        ({"body": None}, ["/body"]),
        ({"body": "x" * 50_001}, ["/body"]),
        ({"ticketID": "1"}, ["/ticketID"]),
        ({"ticketID": 0}, ["/ticketID"]),
        ({"direction": "enduser"}, ["/direction"]),
        ({"direction": None}, ["/direction"]),
        ({"customerRepID": 11, "pageUrl": "https://shop.example"}, ["/customerRepID", "/pageUrl"]),
        ({"direction": 1, "to": 2, "subject": "s" * 501}, ["/direction", "/subject", "/to"]),
        ({"from": "f" * 255}, ["/from"]),
        ({"sender": "jane"}, ["/sender"]),
        ({"messageID": 1, "isRead": True, "a/b": 1}, ["/a~1b", "/isRead", "/messageID"]),
        ({"body": "\x00"}, None),
    ],
)
def test_a_malformed_message(world: World, fields: dict[str, Any], pointers: list[str] | None) -> None:
    world.keep()
    add(world, **fields).refused(400, "InvalidRequest", pointers)
    assert page(world)["totalCount"] == 0


def test_a_body_of_the_greatest_length_in_any_script(world: World) -> None:
    world.keep()
    text = "\N{GRINNING FACE}" * 50_000
    body = json.dumps({"ticketID": 1, "body": text}, ensure_ascii=False)
    assert world.call("POST", PATH, body=body).as_expected(201).json["body"] == text


@pytest.mark.parametrize(
    ("body", "fitting"),
    [("x" * 50_000, 83), ('"' * 50_000, 29), ("\N{GRINNING FACE}" * 50_000, 20), ("\n\u202e" * 25_000, 33)],
)
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_a_page_that_does_not_fit_into_a_reply_names_its_size(
    world: World, body: str, fitting: int, order: str
) -> None:
    ticket = world.keep()
    draft = MessageDraft.model_validate({"ticketID": 1, "body": body})
    for _ in range(fitting + 1):
        message = next_message(ticket, draft, NOW)
        ticket = with_message(ticket, message)
        world.store.kept[1, 1] = ticket
        world.messages.keep(message)
    answer = world.call("GET", PATH, query=f"ticketId=1&sortOrder={order}&pageSize={fitting}").as_expected(200)
    assert answer.text is not None
    assert len(answer.text.encode()) <= 4 * 1024 * 1024
    assert len(json.dumps(answer.text, ensure_ascii=False).encode()) < 6_000_000
    too_large = world.call("GET", PATH, query=f"ticketId=1&sortOrder={order}&pageSize={fitting + 1}")
    too_large.refused(400, "InvalidRequest", ["pageSize"])


@pytest.mark.parametrize(
    ("by", "status", "code"),
    [
        ("rep-11", 201, None),
        ("rep-14", 201, None),
        ("rep-13", 403, "Forbidden"),
        ("rep-15", 403, "Forbidden"),
        ("rep-21", 404, "NotFound"),
        ("channel-3", 201, None),
        ("channel-4", 403, "ChannelMismatch"),
        ("channel-9", 404, "NotFound"),
    ],
)
def test_who_may_add_a_message_to_bobs_call(world: World, by: str, status: int, code: str | None) -> None:
    world.keep(customerRepID=BOB, channelID=HOTLINE)
    answer = add(world, by)
    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize(("by", "status"), [("rep-13", 200), ("rep-14", 403), ("rep-15", 403), ("rep-21", 404)])
def test_who_may_read_the_messages_of_anns_ticket(world: World, by: str, status: int) -> None:
    world.keep(customerRepID=ANN)
    assert world.call("GET", PATH, by, query="ticketId=1").status == status


def test_a_phone_line_reads_no_messages(world: World) -> None:
    world.keep(channelID=SALES)
    world.call("GET", PATH, "channel-4", query="ticketId=1").refused(403, "Forbidden")


def test_another_customers_messages_are_their_own(world: World) -> None:
    world.keep()
    world.keep(customerID=GLOBEX)
    added(world)
    assert page(world, by="rep-21")["totalCount"] == 0


def test_a_message_with_a_key_is_added_once(world: World) -> None:
    world.keep()
    body = {"ticketID": 1, "body": "Where is it?"}
    first = world.call("POST", PATH, body=body, Idempotency_Key="k").as_expected(201)
    second = world.call("POST", PATH, body=body, Idempotency_Key="k").as_expected(201)
    assert second.json == first.json
    assert ("Idempotent-Replayed" in first.headers, second.headers["Idempotent-Replayed"]) == (False, "true")
    other = world.call("POST", PATH, body=body | {"body": "Where?"}, Idempotency_Key="k")
    other.refused(422, "KeyReused")
    assert page(world)["totalCount"] == 1


def test_a_replay_shows_the_message_as_it_is_now(world: World) -> None:
    world.keep()
    body = {"ticketID": 1, "body": "Where is it?"}
    world.call("POST", PATH, body=body, Idempotency_Key="k").as_expected(201)
    world.call("PUT", "/api/Tickets/bulk", body={"ticketIDs": [1], "action": "read"}).as_expected(200)
    assert world.call("POST", PATH, body=body, Idempotency_Key="k").json["isRead"] is True
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    world.call("POST", PATH, body=body, Idempotency_Key="k").refused(404, "NotFound")


def test_two_at_once_both_get_in(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: added(world, body="the other"))
    assert added(world, body="mine")["messageID"] == 2
    assert [message["body"] for message in page(world)["items"]] == ["the other", "mine"]
    assert ticket(world)["preview"] == "mine"


def test_a_ticket_that_is_deleted_meanwhile_takes_no_message(world: World) -> None:
    world.keep()
    world.store.before_next_write(lambda: world.call("DELETE", "/api/Tickets/1"))
    add(world).refused(404, "NotFound")
    assert not any(world.messages.kept.values())


def test_a_message_that_always_loses_is_a_conflict_or_of_a_key_in_use(world: World) -> None:
    world.keep()
    world.patience = 0

    def lose() -> None:
        raise Contended

    world.store.interfere = lose
    assert add(world).refused(409, "Conflict", []).headers["Retry-After"]
    body = {"ticketID": 1, "body": "Where is it?"}
    answer = world.call("POST", PATH, "rep-11", body, idempotency_key="one")
    assert answer.refused(409, "KeyInUse", []).headers["Retry-After"]


def test_a_message_is_found_by_its_words(world: World) -> None:
    world.keep(subject="Remboursement")
    added(world, body="Où est ma COMMANDE ?")
    for search, count in (("commande", 1), ("comm*+remboursement", 1), ("commande+parcel", 0)):
        found = world.call("GET", "/api/Tickets", query=f"search={search}").as_expected(200)
        assert found.json["totalCount"] == count


SENTENCE = "先週お店で注文した青い自転車用の雨よけがまだ届いていないのですが配送の状況を至急確認していただけますか"
FORTY = [f"word{n}" for n in range(40)]


@pytest.mark.parametrize(
    ("search", "count"),
    [
        (SENTENCE, 1),
        (SENTENCE * 10, 0),
        (SENTENCE + " " + SENTENCE, 1),
        (SENTENCE[:-1] + "も", 0),
        ("も" + SENTENCE[1:], 0),
        (SENTENCE[3:-3] + " ご連絡", 1),
        (" ".join(FORTY), 1),
        (" ".join([*FORTY, "word40"]), 0),
        (" ".join(["word40", *FORTY]), 0),
        (" ".join([*reversed(FORTY), "wor*"]), 1),
        ("parcel Parcel " * 500, 1),
        (" ".join(f"x{n}" for n in range(1_500)), 0),
    ],
)
def test_a_search_may_be_as_long_as_a_request(world: World, search: str, count: int) -> None:
    world.keep(subject="ご連絡 " + " ".join(FORTY[:20]))
    added(world, body=f"こんにちは、{SENTENCE}。")
    added(world, body=" ".join([*FORTY[20:], "parcel"]))
    world.keep(subject=SENTENCE[:-1])
    added(world, ticketID=2, body=" ".join(FORTY[:-1]))
    found = world.call("GET", "/api/Tickets", query=f"search={quote(search)}").as_expected(200)
    assert found.json["totalCount"] == count


def test_a_view_has_what_the_contract_names() -> None:
    names = [field.alias or name for name, field in MessageView.model_fields.items()]
    written = {"ticketID", "direction", "from", "to", "subject", "body"}
    ours = {"messageID", "dateCreated", "isRead", "customerRepID", "customerRepName", "pageUrl", "lang", "feedbackOn"}
    assert set(names) == written | ours
