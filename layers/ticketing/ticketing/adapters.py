"""The adapters of a deployment: each is made when it is first asked for, and imports its libraries only then.

Tests put fakes in their places: `adapters.tickets = InMemoryTickets()`.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from ticketing.calls.ports import CallStore, RecordingStore, Telephony
    from ticketing.calls.twilio import Account
    from ticketing.directory.dynamodb import CachedDirectory
    from ticketing.directory.ports import ChatChannels, Directory, TokenVerifier
    from ticketing.events.ports import EventBus
    from ticketing.feed.ports import FeedLog, TicketWalk
    from ticketing.history.ports import TicketHistories
    from ticketing.hooks.ports import Webhooks
    from ticketing.jobs.ports import JobQueue
    from ticketing.kernel.cached import Cached
    from ticketing.kernel.dynamodb.engine import Engine
    from ticketing.kernel.ports import Claims, Receipts
    from ticketing.kernel.ssm import SsmSecrets
    from ticketing.learning.ports import Lessons, SpamFilter, TopicDetector
    from ticketing.lists.dynamodb.counts import DynamoTicketCounts
    from ticketing.lists.dynamodb.index_scan import Scans
    from ticketing.lists.ports import Pages, Recount, SearchIndex, TextSearch, TicketCounts, TicketIndex, WholeTables
    from ticketing.settings import Settings
    from ticketing.tickets.ports import MessageStore, TicketStore
    from ticketing.webchat.ports import TokenBuckets

REMEMBERED_FOR = 600
"""Seconds after which a key set or a secret is read again; the old one counts while that fails."""
MODEL_PATIENCE = 15
"""Seconds that a language model may take: a batch is one job, which asks once, and the queue is what tries again."""


class Adapters:
    """Makes an adapter for each port of the application, by the settings of one deployment."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)

    # kernel

    @cached_property
    def executor(self) -> Executor:
        """Return threads for what does not wait for each other."""
        from ticketing.kernel.retries import AT_ONCE
        from ticketing.kernel.timelimit import Threads

        return Threads(max_workers=AT_ONCE)

    @cached_property
    def dynamodb(self) -> Engine:
        from ticketing.kernel.aws.client import configured_client
        from ticketing.kernel.aws.services import DYNAMODB
        from ticketing.kernel.dynamodb.engine import Engine

        return Engine(configured_client(DYNAMODB))

    @cached_property
    def receipts(self) -> Receipts:
        from ticketing.kernel.dynamodb.receipts import DynamoReceipts

        return DynamoReceipts(self.dynamodb, self.settings.EPHEMERA_TABLE)

    @cached_property
    def claims(self) -> Claims:
        from ticketing.kernel.dynamodb.claims import DynamoClaims

        return DynamoClaims(self.dynamodb, self.settings.EPHEMERA_TABLE)

    @cached_property
    def secrets(self) -> SsmSecrets:
        from ticketing.kernel.aws.client import configured_client
        from ticketing.kernel.aws.services import SSM
        from ticketing.kernel.ssm import SsmSecrets

        return SsmSecrets(cache(lambda: configured_client(SSM)))

    # directory

    @cached_property
    def current_directory(self) -> Directory:
        """Return the directory as it is now."""
        from ticketing.directory.dynamodb import DynamoDirectory

        return DynamoDirectory(self.dynamodb, self.settings.DIRECTORY_TABLE)

    @cached_property
    def recent_directory(self) -> Directory:
        """Return the directory as it was a moment ago, which costs half as much."""
        from ticketing.directory.dynamodb import DynamoDirectory

        return DynamoDirectory(self.dynamodb, self.settings.DIRECTORY_TABLE, fresh=False)

    @cached_property
    def directory(self) -> CachedDirectory:
        """Return the directory as it was within the last minute."""
        from ticketing.directory.dynamodb import CachedDirectory

        return CachedDirectory(self.recent_directory, lambda: self.now().timestamp())

    @cached_property
    def chat_channels(self) -> ChatChannels:
        from ticketing.directory.dynamodb import DynamoChatChannels

        return DynamoChatChannels(self.dynamodb, self.settings.DIRECTORY_TABLE)

    @cached_property
    def tokens(self) -> TokenVerifier:
        from ticketing.directory.jwt import JwtVerifier, trusted_keys

        named = self.settings
        secret = self._remembered(lambda: self.secrets.value(named.TOKEN_SECRET_PARAMETER))
        keys = trusted_keys(named.TOKEN_ALGORITHM, named.TOKEN_JWKS, secret, self._remembered)
        return JwtVerifier(keys, named.TOKEN_ALGORITHM, named.TOKEN_ISSUER, named.TOKEN_AUDIENCE)

    # tickets

    @cached_property
    def tickets(self) -> TicketStore:
        from ticketing.telemetry import write_id
        from ticketing.tickets.dynamodb.tickets import DynamoTicketStore

        names = self.settings
        tables = (names.TICKETS_TABLE, names.MESSAGES_TABLE, names.CALLS_TABLE, names.EPHEMERA_TABLE)
        return DynamoTicketStore(self.dynamodb, *tables, nonce=write_id)

    @cached_property
    def messages(self) -> MessageStore:
        from ticketing.tickets.dynamodb.messages import DynamoMessageStore

        return DynamoMessageStore(self.dynamodb, self.settings.MESSAGES_TABLE)

    # lists

    @cached_property
    def index(self) -> TicketIndex:
        from ticketing.lists.dynamodb.index import PlannedIndex

        return PlannedIndex(lambda: self.scans, lambda: self.ticket_counts)

    @cached_property
    def scans(self) -> Scans:
        from ticketing.lists.dynamodb.scans import DynamoScans

        return DynamoScans(self.dynamodb, self.settings.TICKETS_TABLE, lambda: self.executor)

    @cached_property
    def pages(self) -> Pages:
        from ticketing.lists.dynamodb.pages import DynamoPages

        names = self.settings
        return DynamoPages(self.dynamodb, names.TICKETS_TABLE, names.DIRECTORY_TABLE, self.directory)

    @cached_property
    def text_search(self) -> TextSearch:
        from ticketing.lists.dynamodb.search import PostingSearch

        return PostingSearch(self.search, lambda: self.messages, self.ticket_counts, lambda: self.executor)

    @cached_property
    def ticket_counts(self) -> TicketCounts:
        return self._counts()

    @cached_property
    def recount(self) -> Recount:
        return self._counts()

    @cached_property
    def search(self) -> SearchIndex:
        from ticketing.lists.dynamodb.postings import DynamoSearchIndex

        return DynamoSearchIndex(self.dynamodb, self.settings.SEARCH_TABLE, lambda: self.executor)

    @cached_property
    def whole_tables(self) -> WholeTables:
        from ticketing.lists.dynamodb.whole_tables import DynamoWholeTables

        names = self.settings
        tables = (names.TICKETS_TABLE, names.MESSAGES_TABLE, names.SEARCH_TABLE, names.CALLS_TABLE)
        return DynamoWholeTables(self.dynamodb, *tables)

    # history, feed

    @cached_property
    def histories(self) -> TicketHistories:
        from ticketing.history.dynamodb import DynamoTicketHistories

        return DynamoTicketHistories(self.dynamodb, self.settings.HISTORY_TABLE)

    @cached_property
    def feed_log(self) -> FeedLog:
        from ticketing.feed.dynamodb import DynamoFeedLog

        return DynamoFeedLog(self.dynamodb, self.settings.FEED_TABLE, self.now)

    @cached_property
    def ticket_walk(self) -> TicketWalk:
        from ticketing.feed.dynamodb import DynamoTicketWalk

        return DynamoTicketWalk(self.dynamodb, self.settings.TICKETS_TABLE)

    # jobs, events

    @cached_property
    def jobs(self) -> JobQueue:
        from ticketing.jobs.sqs import SqsJobQueue
        from ticketing.kernel.aws.client import configured_client
        from ticketing.kernel.aws.services import SQS
        from ticketing.telemetry import request_id

        return SqsJobQueue(cache(lambda: configured_client(SQS)), self.settings.JOBS_QUEUE, request_id)

    @cached_property
    def event_bus(self) -> EventBus:
        from ticketing.events.eventbridge import EventBridgeBus
        from ticketing.kernel.aws.client import configured_client
        from ticketing.kernel.aws.services import EVENTBRIDGE

        return EventBridgeBus(cache(lambda: configured_client(EVENTBRIDGE)), self.settings.EVENT_BUS)

    # hooks, calls, webchat

    @cached_property
    def webhooks(self) -> Webhooks:
        from ticketing.hooks.https import SignedWebhooks

        named = self.settings
        secret = cache(lambda name: self._remembered(lambda: self.secrets.value(f"{named.HOOK_SECRETS}/{name}")))
        may_call_loopback = named.STAGE == "local" and named.HOOKS_MAY_CALL_LOOPBACK == "on"
        return SignedWebhooks(lambda name: secret(name)(), time.time, may_call_loopback)

    @cached_property
    def calls(self) -> CallStore:
        from ticketing.calls.dynamodb import DynamoCallStore

        return DynamoCallStore(self.dynamodb, self.settings.CALLS_TABLE, self.settings.TICKETS_TABLE)

    @cached_property
    def recordings(self) -> RecordingStore:
        from ticketing.calls.s3 import S3Recordings
        from ticketing.kernel.aws.bucket import configured_bucket

        has_host = self.settings.STAGE != "local"  # the emulator has no host per bucket
        return S3Recordings(cache(lambda: configured_bucket(self.settings.RECORDINGS_BUCKET, has_host)))

    @cached_property
    def telephony(self) -> Telephony:
        from ticketing.calls.twilio import Twilio

        accounts = self._remembered(self._accounts)
        return Twilio(self.settings.TWILIO_API_URL, lambda: next(iter(accounts()), None), lambda: self.executor)

    @cached_property
    def buckets(self) -> TokenBuckets:
        from ticketing.webchat.dynamodb import DynamoTokenBuckets

        return DynamoTokenBuckets(self.dynamodb, self.settings.EPHEMERA_TABLE)

    # learning

    @cached_property
    def lessons(self) -> Lessons:
        from ticketing.learning.dynamodb.lessons import DynamoLessons

        return DynamoLessons(self.dynamodb, self.settings.LESSONS_TABLE, time.time)

    @cached_property
    def spam_filter(self) -> SpamFilter:
        from ticketing.learning.classifiers import LearningSpamFilter

        return LearningSpamFilter(self.lessons)

    @cached_property
    def topic_detector(self) -> TopicDetector:
        """Return a language model where the template names one, else lessons alone."""
        from ticketing.learning.classifiers import LearningTopicDetector

        learning, model = LearningTopicDetector(self.lessons), self.settings.TOPIC_MODEL
        if not model:
            return learning
        from ticketing.learning.bedrock import BedrockTopicDetector

        return BedrockTopicDetector(botocore_client("bedrock-runtime", read_timeout=MODEL_PATIENCE), model, learning)

    def _counts(self) -> DynamoTicketCounts:
        from ticketing.lists.dynamodb.counts import DynamoTicketCounts

        return DynamoTicketCounts(self.dynamodb, self.settings.TALLIES_TABLE, lambda: self.executor, self.now)

    def _remembered[Value](self, load: Callable[[], Value]) -> Cached[Value]:
        from ticketing.kernel.cached import Cached

        return Cached(load, REMEMBERED_FOR, time.time)

    def _accounts(self) -> list[Account]:
        """Return the deployment's telephony account, if it has one."""
        from ticketing.calls.twilio import Account

        credentials = self.secrets.value_if_any(self.settings.TWILIO_CREDENTIALS_PARAMETER)
        return [] if credentials is None else [Account.parsed(credentials)]


def botocore_client(service: str, **options: Any) -> Any:
    """Return a client of botocore's that tries once within the time limit; `options` as its Config has them."""
    from botocore.config import Config

    from ticketing.kernel.aws.session import ONCE, guarded, session

    defaults = Config(
        connect_timeout=1,
        read_timeout=2,
        max_pool_connections=32,
        parameter_validation=False,  # what we send is made by us; the check costs a third of a call
    )
    return guarded(session().create_client(service, config=ONCE.merge(defaults).merge(Config(**options))))
