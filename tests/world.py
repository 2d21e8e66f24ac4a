"""The whole API over ports in memory: requests go in as the gateway's events, answers come out as the gateway's."""

import importlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.builders import a_ticket, acme, globex
from tests.calls.fakes import FakeTelephony, InMemoryCalls, InMemoryRecordings
from tests.described import require_described
from tests.fakes import (
    FakeClock,
    InlineExecutor,
    InMemoryClaims,
    InMemoryDirectory,
    InMemoryEventBus,
    InMemoryMessages,
    InMemoryReceipts,
    InMemoryTickets,
    InMemoryTokens,
)
from tests.feed.fakes import InMemoryFeedLog, InMemoryTicketWalk
from tests.gateway import REQUEST_ID, a_record, an_event
from tests.history.fakes import InMemoryHistories
from tests.learning.fakes import InMemoryWebhooks, ScriptedSpamFilter, ScriptedTopicDetector
from tests.lists.fakes import InMemoryJobs, InMemoryPages, InMemoryScans, InMemorySearch, InMemoryTicketCounts
from tests.webchat.fakes import InMemoryChatChannels, InMemoryTokenBuckets
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.directory.model import Customer
from ticketing.errors import TicketingError
from ticketing.feed.telling import FeedTelling
from ticketing.http.routes import matched
from ticketing.jobs.job import Job
from ticketing.kernel.deadline import Deadline
from ticketing.lists.indexing import MessageChange
from ticketing.settings import Settings
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.model import Ticket

PROBLEM = {"type", "title", "status", "detail", "code", "errors", "requestId"}


@dataclass(frozen=True)
class Context:
    """The Lambda context of a request that has this long."""

    seconds: float = 20
    aws_request_id: str = "5f0c8a9e-0000-4000-8000-000000000000"

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds * 1000)


@dataclass(frozen=True)
class Answer:
    """A reply of the API."""

    status: int
    headers: Mapping[str, str]
    text: str | None

    @property
    def json(self) -> Any:
        assert self.text is not None
        return json.loads(self.text)

    @property
    def code(self) -> str | None:
        return self.json["code"] if self.status >= 400 else None

    def as_expected(self, status: int) -> "Answer":
        """This answer, which has this status and what every reply has."""
        assert self.status == status, self.text
        assert self.headers["X-Request-Id"] == REQUEST_ID
        assert self.headers["X-Content-Type-Options"] == "nosniff"
        return self

    def refused(self, status: int, code: str, pointers: Collection[str] | None = None) -> "Answer":
        """This answer, which is a refusal as RFC 9457 has it; `pointers` are all of its faults."""
        self.as_expected(status)
        assert self.headers["Content-Type"] == "application/problem+json"
        assert self.headers["Cache-Control"] == "no-store"
        problem = self.json
        assert problem.keys() == PROBLEM
        assert (problem["status"], problem["code"], problem["requestId"]) == (status, code, REQUEST_ID)
        assert all(fault.keys() == {"pointer", "detail"} and fault["detail"] for fault in problem["errors"])
        if pointers is not None:
            assert sorted(fault["pointer"] for fault in problem["errors"]) == sorted(pointers)
        return self


@dataclass
class World:
    """Two customers, whose members and phone lines have tokens such as `rep-13` and `channel-3`."""

    clock: FakeClock = field(default_factory=FakeClock)
    receipts: InMemoryReceipts = field(default_factory=InMemoryReceipts)
    claims: InMemoryClaims = field(default_factory=InMemoryClaims)
    messages: InMemoryMessages = field(default_factory=InMemoryMessages)
    directory: InMemoryDirectory = field(default_factory=InMemoryDirectory)
    tokens: InMemoryTokens = field(default_factory=InMemoryTokens)
    ticket_counts: InMemoryTicketCounts = field(default_factory=InMemoryTicketCounts)
    search: InMemorySearch = field(default_factory=InMemorySearch)
    event_bus: InMemoryEventBus = field(default_factory=InMemoryEventBus)
    jobs: InMemoryJobs = field(default_factory=InMemoryJobs)
    spam: ScriptedSpamFilter = field(default_factory=ScriptedSpamFilter)
    topics: ScriptedTopicDetector = field(default_factory=ScriptedTopicDetector)
    webhooks: InMemoryWebhooks = field(default_factory=InMemoryWebhooks)
    recordings: InMemoryRecordings = field(default_factory=InMemoryRecordings)
    telephony: FakeTelephony = field(default_factory=FakeTelephony)
    buckets: InMemoryTokenBuckets = field(default_factory=InMemoryTokenBuckets)
    histories: InMemoryHistories = field(default_factory=InMemoryHistories)
    patience: float = 20
    """Seconds that a function has."""
    is_described: bool = True
    """Whether answers must be such as the API's description tells of."""

    def __post_init__(self) -> None:
        self.store = InMemoryTickets(self.receipts, self.messages, report=self.follow)
        self.scans = InMemoryScans(self.store)
        self.feed_log = InMemoryFeedLog(self.clock)
        self.calls = InMemoryCalls(self.store)
        self.channels = InMemoryChatChannels(self.directory)
        self.application = Application(self._adapters())
        for customer in (acme(), globex()):
            self.directory.load(customer)
            self.tokens.known.update(_tokens(customer, self.clock.seconds() + 3600))

    def _adapters(self) -> Adapters:
        """The fakes, each in the place of an adapter."""
        adapters = Adapters(Settings())
        adapters.now, adapters.executor = self.clock.now, InlineExecutor()
        adapters.receipts, adapters.claims = self.receipts, self.claims
        adapters.tokens, adapters.chat_channels = self.tokens, self.channels
        adapters.current_directory = adapters.recent_directory = self.directory
        adapters.tickets, adapters.messages, adapters.pages = self.store, self.messages, InMemoryPages(self.store)
        adapters.scans, adapters.ticket_counts, adapters.search = self.scans, self.ticket_counts, self.search
        adapters.jobs, adapters.event_bus = self.jobs, self.event_bus
        adapters.spam_filter, adapters.topic_detector, adapters.webhooks = self.spam, self.topics, self.webhooks
        adapters.calls, adapters.recordings, adapters.telephony = self.calls, self.recordings, self.telephony
        adapters.buckets, adapters.histories = self.buckets, self.histories
        adapters.feed_log, adapters.ticket_walk = self.feed_log, InMemoryTicketWalk(self.store)
        return adapters

    def follow(self, change: TicketChange | MessageChange) -> None:
        """Do what the streams' consumer does, at once."""
        if isinstance(change, TicketChange):
            FeedTelling(self.feed_log).enter([change], Deadline(at=0))
            self.application.new_tickets.after([change])
            self.application.firing.after([change])
            self.application.history_keeping.enter([change])
            self.application.indexing.enter_tickets([change], Deadline(at=0))
        else:
            self.application.indexing.enter_messages([change])

    def keep(self, **fields: Any) -> Ticket:
        """A ticket that is there already."""
        customerID = fields.get("customerID", 1)
        ticket = a_ticket(**{"ticketID": self.store.next_id(customerID)} | fields)
        self.store.create(ticket)
        return ticket

    def call(
        self,
        method: str,
        path: str,
        by: str | None = "rep-11",
        body: Any = None,
        query: str = "",
        **headers: str,
    ) -> Answer:
        """Asks the function that the gateway would ask; a header's name is written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if by:
            named["Authorization"] = f"Bearer {by}"
        return self.invoke(function_of(method, path), an_event(method, path, query, named, body))

    def run(self, function: str, event: dict[str, Any], context: Context | None = None) -> Any:
        """Hands an event to a function as Lambda does."""
        app = importlib.import_module(f"functions.{function}.app")
        return app.lambda_handler.handle(self.application, event, context or Context(self.patience))

    def work(self, delivery: int = 1) -> list[Job]:
        """Has the worker do what is queued; gives the jobs that failed, which stay queued."""
        queued, self.jobs.sent = self.jobs.sent, []
        event = {"Records": [a_record(str(number), job, delivery) for number, job in enumerate(queued)]}
        answer = self.run("worker", event)
        failed = [queued[int(failure["itemIdentifier"])] for failure in answer["batchItemFailures"]]
        self.jobs.sent += failed
        return failed

    def invoke(self, function: str, event: dict[str, Any]) -> Answer:
        """Asks a function."""
        reply = self.run(function, event)
        json.dumps(reply).encode()  # the gateway must be able to take it
        assert reply["isBase64Encoded"] is False
        http = event["requestContext"]["http"]
        if self.is_described:
            require_described(
                http["method"], event["rawPath"], reply["statusCode"], reply["headers"], reply.get("body")
            )
        return Answer(reply["statusCode"], reply["headers"], reply.get("body"))


def function_of(method: str, path: str) -> str:
    """The function that the gateway's routes send a request to."""
    try:
        return matched(method, path)[0].function
    except TicketingError:
        return "docs"  # the gateway's $default


def _tokens(customer: Customer, exp: float) -> Iterable[tuple[str, dict[str, Any]]]:
    claims = {"customerID": customer.customerID, "exp": exp}
    for rep in customer.reps:
        yield f"rep-{rep.repID}", claims | {"repID": rep.repID, "role": rep.role}
    for channel in customer.channels:
        yield f"channel-{channel.channelID}", claims | {"auth": "phone", "channelID": channel.channelID}
