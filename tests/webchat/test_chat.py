"""Checks that what a visitor writes becomes a ticket and its first message."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.described import validator
from ticketing.directory.model import Channel, ChatChannel
from ticketing.errors import InvalidRequest
from ticketing.kernel.identifiers import canonical_uuid
from ticketing.kernel.validation import validated
from ticketing.tickets.chat import Chat
from ticketing.tickets.messages import Direction
from ticketing.webchat.chat import ChatDraft, Tokens, chat_view, new_chat_ticket
from ticketing.webchat.visitor_key import VisitorKey

NOW = "2026-06-15T12:00:00.000Z"
TOKEN = "0b8f6f0e-9c57-4f0e-8c52-111111111111"
TOKENS = Tokens(TOKEN, "0123456789abcdef" * 2)
CHAT = ChatChannel(1, Channel(channelID=2, name="Webshop", type="Chat"))


def a_draft(**fields: Any) -> ChatDraft:
    return validated(ChatDraft, {"channelToken": "x"} | fields)


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "Webchat"),
        ({"message": ""}, "Webchat"),
        ({"message": " \n\t\r\n"}, "Webchat"),
        ({"message": "Hello"}, "Hello"),
        ({"message": "\n \r\nWhere is it?\nI wait."}, "Where is it?"),
        ({"message": "x" * 501}, "x" * 500),
        ({"message": "Hello", "subject": "Mine"}, "Mine"),
        ({"message": "Hello", "subject": ""}, "Hello"),
    ],
)
def test_the_subject_is_the_visitors_or_what_they_say_first(fields: dict[str, str], title: str) -> None:
    assert a_draft(**fields).title == title


@given(st.text(max_size=2000))
def test_a_subject_is_never_empty_nor_too_long(message: str) -> None:
    assert 1 <= len(a_draft(message=message).title) <= 500


@pytest.mark.parametrize(
    "fields",
    [
        {"channelToken": 1},
        {"channelToken": None},
        {"subject": "x" * 501},
        {"message": "x" * 10_001},
        {"message": ["x"]},
        {"name": "x" * 201},
        {"uid": "x" * 255},
        {"lang": "x" * 36},
        {"pageUrl": "https://shop.example/" + "x" * 1980},
        {"pageUrl": "javascript:alert(1)"},
        {"pageUrl": "ftp://shop.example/"},
        {"pageUrl": "//shop.example/"},
        {"pageUrl": "https:///path"},
        {"pageUrl": "https://"},
        {"pageUrl": "https://shop.example/a b"},
        {"pageUrl": "https://shop.example/\n"},
        {"ticketID": 1},
        {"ticketID": ""},
        {"status": "Closed"},
    ],
)
def test_anything_else_is_refused_by_name(fields: dict[str, object]) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        a_draft(**fields)
    assert [fault.pointer for fault in refusal.value.faults] == [f"/{name}" for name in fields]


def test_fields_that_nobody_filled_in_are_absent() -> None:
    empty = dict.fromkeys(("subject", "message", "name", "uid", "pageUrl", "lang"), "")
    assert a_draft(**empty) == a_draft()
    schema = '{"$ref": "#/components/schemas/ChatWriteDTO"}'
    assert validator(schema).is_valid(empty | {"channelToken": TOKEN})
    assert not validator(schema).is_valid({"channelToken": TOKEN, "pageUrl": "ftp://shop.example/"})


def test_the_longest_of_everything_is_taken() -> None:
    longest = {"subject": "s" * 500, "message": "m" * 10_000, "name": "n" * 200, "uid": "u" * 254, "lang": "l" * 35}
    a_draft(**longest, pageUrl="HTTP://shop.example/" + "x" * 1980)


def test_a_ticket_is_as_after_its_first_message() -> None:
    draft = a_draft(
        message="Hello\nthere", name="Jane", uid="jane@doe.example", pageUrl="https://x.example/", lang="en"
    )
    ticket, message = new_chat_ticket(CHAT, draft, 7, TOKENS, NOW)
    assert (ticket.status, ticket.channelType, ticket.channelID, ticket.uid) == ("Open", "Chat", 2, "jane@doe.example")
    assert (ticket.lastMessageDate, ticket.preview) == (NOW, "Hello\nthere")
    assert (ticket.lastMessageID, ticket.lastEndUserMessageID, ticket.version) == (1, 1, 1)
    assert message is not None
    assert (message.messageID, message.direction, message.body) == (1, Direction.EndUser, "Hello\nthere")
    assert (message.sender, message.pageUrl, message.lang) == ("Jane", "https://x.example/", "en")
    assert ticket.chat == Chat(channelID=2, secret=TOKENS.secret, visitor="Jane")


@pytest.mark.parametrize(
    ("fields", "sender"),
    [({"uid": "u"}, "u"), ({"name": "n"}, "n"), ({"name": "", "uid": "u"}, "u"), ({}, None), ({"uid": ""}, None)],
)
def test_a_message_is_from_the_name_or_else_the_uid(fields: dict[str, str], sender: str | None) -> None:
    ticket, message = new_chat_ticket(CHAT, a_draft(message="m", **fields), 7, TOKENS, NOW)
    assert message is not None
    assert message.sender == sender
    assert ticket.uid == (fields.get("uid") or None)


def test_without_a_message_there_is_none() -> None:
    ticket, message = new_chat_ticket(CHAT, a_draft(), 7, TOKENS, NOW)
    assert message is None
    assert (ticket.lastMessageID, ticket.lastMessageDate, ticket.preview) == (0, None, None)


def test_a_visitor_reads_seven_fields() -> None:
    ticket, _ = new_chat_ticket(CHAT, a_draft(message="m"), 7, TOKENS, NOW)
    moved = ticket.model_copy(update={"channelID": 4, "status": "Pending"})
    assert chat_view(CHAT, moved).model_dump() == {
        "ticketID": 7,
        "token": TOKEN,
        "dateCreated": NOW,
        "channelID": 2,
        "channelName": "Webshop",
        "status": "Pending",
        "visitorKey": str(VisitorKey(1, 7, TOKENS.secret)),
    }


def test_a_uuid_has_one_form_and_any_case() -> None:
    assert canonical_uuid("AAAAAAAA-bbbb-4ccc-8ddd-EEEEEEEEEEEE") == "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
    for text in ("", "x", TOKEN.replace("-", ""), f"{{{TOKEN}}}", f"urn:uuid:{TOKEN}", f" {TOKEN}", f"{TOKEN}\n"):
        assert canonical_uuid(text) is None
    assert canonical_uuid(TOKEN.replace("0b", "\u0660b")) is None
