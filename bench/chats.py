"""Measures the cost of a chat and the directory in DynamoDB: `python -m bench.chats`.

Prints requests, round trips and units per step, on an engine that counts units as DynamoDB does. A poll is asked with
everything remembered that may be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bench.command import command_line
from bench.meter import Meter
from tests.backends import application_on, directory_on
from tests.builders import CHAT_TOKEN, acme
from tests.engines import dynoxide, tables_at
from ticketing.application import Application
from ticketing.directory.model import Channel, Customer, EndUser, Rep, Topic
from ticketing.directory.principal import Representative, Role
from ticketing.directory.reading import PageOfNames
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.idempotency import IdempotencyKey
from ticketing.tickets.messages import MessageDraft
from ticketing.webchat.admission import Visit
from ticketing.webchat.chat import ChatDraft, chat_view

VISIT = Visit("https://shop.example", None, "192.0.2.1")
ADA = Representative(1, 11, Role.Administrator)
TEXT = "Where is my parcel? It should have been here on Monday, and nobody answers the phone."
KEY = "5ac7d9d3-4a2f-4d60-a7f5-111111111111"
DRAFT = ChatDraft(channelToken=CHAT_TOKEN, message=TEXT, name="Jane")
PAGE = PageOfNames(1, 100)


@dataclass(frozen=True)
class Chat:
    """A chat that has begun, and the visitor's bearer."""

    application: Application
    ticketID: int
    bearer: str

    @staticmethod
    def begun(application: Application) -> "Chat":
        """Begin one."""
        channel = application.webchat.channel(CHAT_TOKEN, VISIT)
        ticket = application.webchat.begin(channel, DRAFT, VISIT, None, Deadline(0)).ticket
        return Chat(application, ticket.ticketID, f"Bearer {chat_view(channel, ticket).visitorKey}")

    def read(self, after: int) -> int:
        """Return the number of messages after one."""
        return len(self.application.chats.messages(self.application.visitors.visitor(self.bearer), after).items)

    def send(self, uuid: str | None = None) -> int:
        """Add a message of the visitor's."""
        visitor = self.application.visitors.visitor(self.bearer)
        key = IdempotencyKey.of(visitor, "/api/Tickets/chatmessages", uuid, TEXT) if uuid else None
        return self.application.chats.send(visitor, TEXT, VISIT, key, Deadline(0)).message.messageID

    def answer(self, direction: str) -> int:
        """Add a message of a representative's."""
        said = MessageDraft.model_validate({"ticketID": self.ticketID, "body": TEXT, "direction": direction})
        return self.application.conversations.add(ADA, said, None, Deadline(0)).message.messageID


def chatting(application: Application) -> Iterator[tuple[str, Callable[[], object]]]:
    """Return the steps of one chat by name, in the order in which they belong."""
    channel, chat = application.webchat.channel(CHAT_TOKEN, VISIT), Chat.begun(application)
    yield "begin a chat", lambda: application.webchat.begin(channel, DRAFT, VISIT, None, Deadline(0)).ticket.ticketID
    yield "first poll: the channel, one message", partial(chat.read, 0)
    yield "poll that finds nothing newer", partial(chat.read, 1)
    yield "visitor's message", chat.send
    yield "visitor's message with a key", partial(chat.send, KEY)
    yield "its replay", partial(chat.send, KEY)
    yield "representative's answer", partial(chat.answer, "Representative")
    yield "Note", partial(chat.answer, "Note")
    yield "poll that finds the answer", partial(chat.read, 3)


def looking_up(application: Application) -> Iterator[tuple[str, Callable[[], object]]]:
    """Return lists of the directory by name, each asked for twice within a minute."""
    reading = application.directory_reading
    lists: dict[str, Callable[[], object]] = {
        "me": lambda: reading.me(ADA).name,
        "100 representatives": lambda: reading.assignable(ADA, PAGE).totalCount,
        "50 channels": lambda: reading.channels(ADA, PAGE).totalCount,
        "50 topics": lambda: reading.topics(ADA, PAGE).totalCount,
        "end users: search that finds 1 of 5,000": lambda: reading.end_users(ADA, None, "jan4999", PAGE).totalCount,
        "end users: search that finds 111 of 5,000": lambda: reading.end_users(ADA, None, "jan41", PAGE).totalCount,
        "end users: one uid": lambda: reading.end_users(ADA, "u7@doe.example", None, PAGE).totalCount,
    }
    for name, ask in lists.items():
        yield name, ask
        yield f"{name}, again", ask


def customer() -> Customer:
    """Return a customer with a large directory."""
    return acme(
        reps=[Rep(repID=n, name=f"Rep {n}", role="Administrator") for n in range(11, 111)],
        channels=[*acme().channels, *(Channel(channelID=n, name=f"C {n}", type="Email") for n in range(8, 51))],
        topics=[Topic(topicID=n, name=f"Topic {n}") for n in range(1, 51)],
        endUsers=[EndUser(endUserID=n, name=f"Jan{n} Doe", uids=[f"u{n}@doe.example"]) for n in range(5000)[1:]],
    )


def main() -> None:
    """Print a line per step."""
    command_line(__doc__).parse_args()
    with dynoxide() as url:
        tables, meter = tables_at(url), Meter(0)
        directory_on(tables).load(customer())
        meter.attach(tables.client)
        application = application_on(tables)
        print(f"{'':46}{'found':>7}{'requests':>9}{'trips':>6}{'read':>8}{'written':>9}")
        for name, step in (*chatting(application), *looking_up(application)):
            meter.reset()
            found = step()
            print(f"{name:46}{found!s:>7}{meter.requests:9}{meter.stages:6}{meter.read:8.1f}{meter.written:9.1f}")


if __name__ == "__main__":
    main()
