"""A visitor and representatives who write to one chat at once, on an engine that is atomic."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

import pytest

from tests.backends import application_on, directory_on
from tests.builders import ADMIN, ANN, acme
from tests.engines import Tables
from tests.tickets.test_races_on_an_engine import at_once, deadline, kinds
from ticketing.application import Application
from ticketing.directory.model import Channel
from ticketing.directory.principal import Representative, Role
from ticketing.errors import TicketingError
from ticketing.kernel.idempotency import IdempotencyKey
from ticketing.tickets.conversations import Added
from ticketing.tickets.messages import MessageDraft
from ticketing.webchat.admission import Visit
from ticketing.webchat.chat import ChatDraft, ChatMessages, chat_view
from ticketing.webchat.conversation import PER_CHAT, Sent

PATH = "/api/Tickets/chatmessages"
VISIT = Visit("https://shop.example", None, "192.0.2.1")


@dataclass(frozen=True)
class Chatting:
    """A chat that was begun."""

    application: Application
    customerID: int
    ticketID: int
    key: str

    def send(self, text: str, uuid: str | None = None) -> Sent:
        visitor = self.application.visitors.visitor(f"Bearer {self.key}")
        key = IdempotencyKey.of(visitor, PATH, uuid, text) if uuid else None
        return self.application.chats.send(visitor, text, VISIT, key, deadline())

    def answer(self, text: str, repID: int, direction: str = "Representative") -> Added:
        draft = MessageDraft.model_validate({"ticketID": self.ticketID, "body": text, "direction": direction})
        caller = Representative(self.customerID, repID, Role.Administrator)
        return self.application.conversations.add(caller, draft, None, deadline())

    def read(self, after: int = 0) -> ChatMessages:
        return self.application.chats.messages(self.application.visitors.visitor(f"Bearer {self.key}"), after)


@pytest.fixture
def chatting(tables: Tables, customerID: int) -> Chatting:
    application, token = application_on(tables), str(uuid4())
    channel = Channel(channelID=2, name="Webshop", type="Chat", token=token, hostnames=["shop.example"])
    directory_on(tables).load(acme(customerID=customerID, channels=[channel]))
    chat = application.webchat.channel(token, VISIT)
    draft = ChatDraft(channelToken=token, message="Hello", name="Jane")
    begun = application.webchat.begin(chat, draft, VISIT, None, deadline())
    return Chatting(application, customerID, begun.ticket.ticketID, chat_view(chat, begun.ticket).visitorKey)


def test_of_all_who_write_at_once_no_message_is_lost_and_no_note_is_seen(chatting: Chatting) -> None:
    def write(number: int) -> Sent | Added:
        match number % 3:
            case 0:
                return chatting.send(f"visitor {number}")
            case 1:
                return chatting.answer(f"agent {number}", ANN)
        return chatting.answer(f"note {number}", ADMIN, "Note")

    outcomes = at_once(write, 9)
    assert kinds(outcomes) == {"Sent": 3, "Added": 6}
    said = chatting.read()
    assert sorted(item.body for item in said.items) == sorted(
        ["Hello", *(f"visitor {n}" for n in (0, 3, 6)), *(f"agent {n}" for n in (1, 4, 7))]
    )
    assert [item.messageID for item in said.items] == sorted(item.messageID for item in said.items)
    assert said.lastMessageID == said.items[-1].messageID
    ticket = chatting.application.tickets.existing(chatting.customerID, chatting.ticketID)
    assert (ticket.lastMessageID, ticket.version, ticket.lastSpokenMessageID) == (10, 10, said.lastMessageID)


def test_one_key_writes_one_message(chatting: Chatting) -> None:
    uuid = str(uuid4())
    outcomes = at_once(lambda _: chatting.send("Once", uuid), 8)
    sent = [outcome for outcome in outcomes if isinstance(outcome, Sent)]
    assert (len(sent), sum(outcome.replayed for outcome in sent)) == (8, 7)
    assert {outcome.message.messageID for outcome in sent} == {2}
    assert [item.body for item in chatting.read().items] == ["Hello", "Once"]


def test_a_chat_takes_sixty_messages_at_once_and_no_more(chatting: Chatting) -> None:
    def send(number: int) -> Sent | TicketingError:
        try:
            return chatting.send(f"{number}")
        except TicketingError as refusal:
            return refusal

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(send, range(PER_CHAT + 10)))
    assert kinds(outcomes) == {"Sent": 60, "TooManyRequests": 10}


def test_what_follows_a_message_is_read_from_the_store(chatting: Chatting) -> None:
    chatting.answer("Yes?", ANN)
    chatting.answer("Careful", ANN, "Note")
    assert [(item.messageID, item.body) for item in chatting.read(after=1).items] == [(2, "Yes?")]
    assert chatting.read(after=2).items == []
