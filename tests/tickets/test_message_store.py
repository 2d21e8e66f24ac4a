"""The contract of MessageStore, on every engine; messages are written with their tickets."""

from typing import Any

import pytest

from tests.builders import A_MOMENT, a_ticket
from tests.lists.followed import Followed
from ticketing.tickets.dynamodb.messages import message_in
from ticketing.tickets.messages import Direction, Message, MessageDraft, next_message, with_message
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import Outdated

FULL = {"direction": Direction.AI, "from": "jane@doe.example", "to": "support@acme.example", "subject": "Parcel"}


def add(followed: Followed, ticket: Ticket, body: str, **fields: Any) -> tuple[Ticket, Message]:
    draft = MessageDraft.model_validate({"ticketID": ticket.ticketID, "body": body} | fields)
    message = next_message(ticket, draft, A_MOMENT)
    after = with_message(ticket, message).model_copy(update={"version": ticket.version + 1})
    followed.store.replace(ticket, after, message)
    return after, message


def conversation(followed: Followed, customerID: int, length: int) -> list[Message]:
    ticket = a_ticket(customerID=customerID, ticketID=1)
    followed.store.create(ticket)
    messages = []
    for n in range(length):
        ticket, message = add(followed, ticket, f"message {n}")
        messages.append(message)
    return messages


def test_a_message_is_kept_as_it_was_written(followed: Followed, customerID: int) -> None:
    ticket = a_ticket(customerID=customerID, ticketID=1)
    followed.store.create(ticket)
    ticket, bare = add(followed, ticket, "")
    ticket, full = add(followed, ticket, "\N{GRINNING FACE}\r\n\ttext", **FULL)
    assert [*followed.messages.between(customerID, 1, 1, 2)] == [bare, full]
    assert followed.store.get(customerID, 1) == ticket
    pages = [message for page in followed.whole_tables.messages() for message in page]
    assert [each for each in pages if each.customerID == customerID] == [bare, full]
    assert ticket in [each for page in followed.whole_tables.tickets() for each in page]


def test_messages_are_read_by_their_ids_oldest_first(followed: Followed, customerID: int) -> None:
    messages = conversation(followed, customerID, 12)
    assert [*followed.messages.between(customerID, 1, 1, 100)] == messages
    assert [*followed.messages.between(customerID, 1, 3, 5)] == messages[2:5]
    assert [*followed.messages.between(customerID, 1, 13, 20)] == []
    assert [*followed.messages.between(customerID, 2, 1, 20)] == []


def test_messages_are_read_as_they_are_asked_for(followed: Followed, customerID: int) -> None:
    messages = conversation(followed, customerID, 3)
    read = followed.messages.between(customerID, 1, 1, 3)
    assert [next(read), next(read), next(read), next(read, None)] == [*messages, None]
    assert list(followed.messages.between(customerID, 1, 4, 9)) == []


def test_more_than_a_megabyte_is_read_too(followed: Followed, customerID: int) -> None:
    ticket = a_ticket(customerID=customerID, ticketID=1)
    followed.store.create(ticket)
    for _ in range(8):
        ticket, _ = add(followed, ticket, "\N{GRINNING FACE}" * 50_000)
    assert [message.messageID for message in followed.messages.between(customerID, 1, 1, 8)] == list(range(1, 9))


def test_a_message_of_a_ticket_that_changed_meanwhile_is_not_kept(followed: Followed, customerID: int) -> None:
    ticket = a_ticket(customerID=customerID, ticketID=1)
    followed.store.create(ticket)
    add(followed, ticket, "first")
    with pytest.raises(Outdated):
        add(followed, ticket, "second")
    assert [message.body for message in followed.messages.between(customerID, 1, 1, 9)] == ["first"]


def test_messages_are_deleted_by_their_ids_and_again(followed: Followed, customerID: int) -> None:
    messages = conversation(followed, customerID, 40)
    followed.messages.delete(customerID, 1, 1, 30)
    assert [*followed.messages.between(customerID, 1, 1, 40)] == messages[30:]
    followed.messages.delete(customerID, 1, 1, 40)
    followed.messages.delete(customerID, 1, 1, 40)
    assert [*followed.messages.between(customerID, 1, 1, 40)] == []


def test_what_a_later_version_keeps_with_a_message_is_passed_over() -> None:
    message = next_message(a_ticket(), MessageDraft(ticketID=1, body="Hello"), A_MOMENT)
    item = message.model_dump() | {"customerTicket": "1#1", "nonce": "n", "attachments": ["a.pdf"]}
    assert message_in(item) == message
