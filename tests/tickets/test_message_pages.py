"""Messages as they are read: pages, totals, searches, and who may read them."""

import json
from urllib.parse import quote

import pytest

from tests.builders import ANN, GLOBEX, SALES
from tests.tickets.said import NOW, PATH, added, page
from tests.world import World
from ticketing.tickets.messages import MessageDraft, MessageView, next_message, with_message


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


def test_a_page_that_is_too_deep_names_what_goes_deeper(world: World) -> None:
    world.keep()
    refusal = world.call("GET", PATH, query="ticketId=1&pageNumber=1001&sortOrder=desc").refused(400, "PageTooDeep")
    assert "use after, with sortOrder=asc" in refusal.json["detail"]


@pytest.mark.parametrize("ticketID", ["2", "0", "-1", "one", "1.0", "9" * 17])
def test_what_is_no_ticket_has_no_messages(world: World, ticketID: str) -> None:
    world.keep()
    world.call("GET", PATH, query=f"ticketId={ticketID}").refused(404, "NotFound")


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
