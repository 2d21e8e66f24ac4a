"""Ports made of adapters: the only place where AWS clients are made, each once and when first used."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from ticketing.bulk.updating import BulkUpdates
from ticketing.calls.assigning import Assigning
from ticketing.calls.dynamodb import DynamoCallStore
from ticketing.calls.recordings import Arrivals, Playback
from ticketing.calls.s3 import S3Recordings
from ticketing.calls.twilio import Account, Twilio
from ticketing.directory.authentication import Authentication
from ticketing.directory.dynamodb import DynamoChatChannels, DynamoDirectory, RememberedDirectory
from ticketing.directory.jwt import JwtVerifier, Keys, KeySet, SharedSecret, fetch_jwks, parse_jwks
from ticketing.events.eventbridge import EventBridgeBus
from ticketing.history.history import History
from ticketing.hooks.running import Hooks
from ticketing.hooks.webhooks import SignedWebhooks
from ticketing.jobs.sqs import SqsJobQueue
from ticketing.jobs.working import Working
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.dynamodb.claims import DynamoClaims
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.dynamodb.receipts import DynamoReceipts
from ticketing.kernel.idempotency import Once
from ticketing.kernel.remembered import Remembered
from ticketing.kernel.ssm import SsmSecrets
from ticketing.learning.bedrock import BedrockTopicDetector
from ticketing.learning.classifiers import LearningSpamFilter, LearningTopicDetector
from ticketing.learning.detecting import Detecting
from ticketing.learning.dynamodb.lessons import DynamoLessons
from ticketing.learning.ports import SpamFilter, TopicDetector
from ticketing.learning.reading import Reading
from ticketing.learning.teaching import Teaching
from ticketing.lists.dynamodb.counts import DynamoTallies
from ticketing.lists.dynamodb.index import DynamoTicketIndex
from ticketing.lists.dynamodb.planning import Planning
from ticketing.lists.dynamodb.postings import DynamoSearchIndex
from ticketing.lists.dynamodb.searching import Searching
from ticketing.lists.indexing import Indexing
from ticketing.lists.listing import Listing
from ticketing.settings import settings
from ticketing.telemetry import request_id, write_id
from ticketing.tickets.bodies import Bodies
from ticketing.tickets.conversations import Conversations
from ticketing.tickets.dynamodb.messages import DynamoMessageStore
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.editing import Tickets
from ticketing.tickets.references import References
from ticketing.tickets.views import Labels
from ticketing.webchat.dynamodb import DynamoBuckets
from ticketing.webchat.visits import Webchat

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_ssm import SSMClient

    from ticketing.lists.rebuilding import Rebuilding


KEYS_REMEMBERED_FOR = 600
"""Seconds after which a key set or a secret is read again; the old one counts while that fails."""
SHARED_SECRET = "HS256"
_CLIENT = Config(
    connect_timeout=1,
    read_timeout=2,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=32,
    parameter_validation=False,  # what we send is made by us; the check costs a third of a call
)

# ten jobs of a batch, each as long as this, end within the worker's 60 seconds; the queue is what tries again
_MODEL_CLIENT = Config(connect_timeout=1, read_timeout=4, retries={"mode": "standard", "total_max_attempts": 1})


def now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


@cache
def engine() -> Engine:
    """DynamoDB."""
    return Engine(boto3.client("dynamodb", config=_CLIENT))


@cache
def secrets() -> SsmSecrets:
    """The deployment's secrets."""
    client: Callable[[], SSMClient] = cache(lambda: boto3.client("ssm", config=_CLIENT))
    return SsmSecrets(client)


@cache
def executor() -> Executor:
    """Threads for what does not wait for each other."""
    return ThreadPoolExecutor(max_workers=16)


@cache
def current_directory() -> DynamoDirectory:
    """The directory as it is now."""
    return DynamoDirectory(engine(), settings().DIRECTORY_TABLE)


@cache
def directory() -> RememberedDirectory:
    """The directory as it was within the last minute."""
    return RememberedDirectory(current_directory(), time.time)


@cache
def store() -> DynamoTicketStore:
    """The tickets."""
    now = settings()
    tables = (now.TICKETS_TABLE, now.MESSAGES_TABLE, now.CALLS_TABLE, now.EPHEMERA_TABLE)
    return DynamoTicketStore(engine(), *tables, nonce=write_id)


@cache
def index() -> DynamoTicketIndex:
    """The tickets by their facets."""
    return DynamoTicketIndex(engine(), settings().TICKETS_TABLE, executor)


@cache
def receipts() -> DynamoReceipts:
    """What requests with an idempotency key have done."""
    return DynamoReceipts(engine(), settings().EPHEMERA_TABLE)


@cache
def claims() -> DynamoClaims:
    """Which requests of many changes are under way or done."""
    return DynamoClaims(engine(), settings().EPHEMERA_TABLE)


@cache
def verifier() -> JwtVerifier:
    """Bearer tokens."""
    current = settings()
    return JwtVerifier(_keys(), current.TOKEN_ALGORITHM, current.TOKEN_ISSUER, current.TOKEN_AUDIENCE)


@cache
def authentication() -> Authentication:
    """Who a token speaks for."""
    return Authentication(verifier(), current_directory(), time.time)


@cache
def tickets() -> Tickets:
    """What can be done with one ticket."""
    return Tickets(store(), receipts(), References(directory()), now)


@cache
def bodies() -> Bodies:
    """What clients write of tickets."""
    return Bodies(tickets())


@cache
def messages() -> DynamoMessageStore:
    """The messages of tickets, as they are kept."""
    return DynamoMessageStore(engine(), settings().MESSAGES_TABLE)


@cache
def conversations() -> Conversations:
    """The messages of tickets."""
    return Conversations(tickets(), messages(), receipts(), now)


@cache
def calls() -> DynamoCallStore:
    """The calls that tickets hold."""
    return DynamoCallStore(engine(), settings().CALLS_TABLE)


@cache
def recordings() -> S3Recordings:
    """The recordings of calls, as sound; boto3 would sign with SigV2 by itself."""
    signing = _CLIENT.merge(Config(signature_version="s3v4"))
    client: Callable[[], S3Client] = cache(lambda: boto3.client("s3", config=signing))
    return S3Recordings(client, settings().RECORDINGS_BUCKET)


@cache
def telephony() -> Twilio:
    """Live calls."""
    accounts = Remembered(_accounts, KEYS_REMEMBERED_FOR, time.time)
    return Twilio(settings().TWILIO_API_URL, lambda: next(iter(accounts()), None), executor)


@cache
def assigning() -> Assigning:
    """Tickets, taken."""
    return Assigning(tickets(), receipts(), calls(), current_directory(), telephony(), now)


@cache
def playback() -> Playback:
    """Recordings, played."""
    return Playback(tickets(), calls(), recordings(), now)


@cache
def arrivals() -> Arrivals:
    """Recordings, as they arrive."""
    return Arrivals(store(), calls())


@cache
def chat_channels() -> DynamoChatChannels:
    """Webchat channels by their tokens."""
    return DynamoChatChannels(engine(), settings().DIRECTORY_TABLE)


@cache
def buckets() -> DynamoBuckets:
    """Token buckets."""
    return DynamoBuckets(engine(), settings().EPHEMERA_TABLE)


@cache
def webchat() -> Webchat:
    """Tickets that visitors begin."""
    return Webchat(tickets(), receipts(), chat_channels(), buckets(), now)


@cache
def tallies() -> DynamoTallies:
    """Counts of tickets."""
    return DynamoTallies(engine(), settings().TALLIES_TABLE, executor, now)


@cache
def search() -> DynamoSearchIndex:
    """Which tickets words stand in."""
    return DynamoSearchIndex(engine(), settings().SEARCH_TABLE, executor)


@cache
def jobs() -> SqsJobQueue:
    """What is to be done later."""
    client: Callable[[], SQSClient] = cache(lambda: boto3.client("sqs", config=_CLIENT))
    return SqsJobQueue(client, settings().JOBS_QUEUE, request_id)


@cache
def event_bus() -> EventBridgeBus:
    """Where others listen."""
    client: Callable[[], EventBridgeClient] = cache(lambda: boto3.client("events", config=_CLIENT))
    return EventBridgeBus(client, settings().EVENT_BUS)


@cache
def lessons() -> DynamoLessons:
    """What representatives taught."""
    return DynamoLessons(engine(), settings().LESSONS_TABLE, time.time)


@cache
def spam_filter() -> SpamFilter:
    """What tells spam from what is none."""
    return LearningSpamFilter(lessons())


@cache
def topic_detector() -> TopicDetector:
    """What tells what tickets are about: a language model where the template names one, else lessons alone."""
    learning, model = LearningTopicDetector(lessons()), settings().TOPIC_MODEL
    if not model:
        return learning
    return BedrockTopicDetector(boto3.client("bedrock-runtime", config=_MODEL_CLIENT), model, learning)


@cache
def indexing() -> Indexing:
    """Search and tallies, kept in step."""
    return Indexing(tallies(), search(), jobs(), now)


@cache
def rebuilding() -> "Rebuilding":
    """Search and tallies, made again; an operator's, so that no function has to load it."""
    from ticketing.lists.dynamodb.whole import DynamoWhole
    from ticketing.lists.rebuilding import Rebuilding

    names = settings()
    whole = DynamoWhole(engine(), names.TICKETS_TABLE, names.MESSAGES_TABLE, names.SEARCH_TABLE)
    return Rebuilding(
        whole, store(), indexing(), tallies(), tallies(), search(), jobs(), lambda: Deadline(time.monotonic() + 60)
    )


@cache
def working() -> Working:
    """Jobs, done."""
    return Working(tickets(), messages(), calls(), recordings(), jobs(), teaching, detecting, hooks)


@cache
def reading() -> Reading:
    """What the spam filter and the topic detector see of tickets."""
    return Reading(messages())


@cache
def teaching() -> Teaching:
    """What the spam filter and the topic detector learn."""
    return Teaching(store(), reading(), spam_filter(), topic_detector())


@cache
def detecting() -> Detecting:
    """What the spam filter and the topic detector are asked."""
    return Detecting(reading(), spam_filter(), topic_detector(), hooks())


@cache
def hooks() -> Hooks:
    """The actions of hooks."""
    return Hooks(current_directory(), labels(), webhooks())


@cache
def webhooks() -> SignedWebhooks:
    """Calls to customers' own services."""
    current = settings()
    prefix, is_local = current.HOOK_SECRETS, current.STAGE == "local"
    secret = cache(lambda name: Remembered(lambda: secrets().value(f"{prefix}/{name}"), KEYS_REMEMBERED_FOR, time.time))
    return SignedWebhooks(lambda name: secret(name)(), time.time, is_local and current.HOOKS_MAY_CALL_LOOPBACK == "on")


@cache
def bulk() -> BulkUpdates:
    """One action over many tickets."""
    return BulkUpdates(tickets(), Once(claims(), now), jobs(), executor)


@cache
def history() -> History:
    """What is known of end users."""
    return History(tickets(), store(), index(), directory(), labels(), executor)


@cache
def listing() -> Listing:
    """Lists of tickets."""
    planning = Planning(index(), tallies(), Searching(search(), messages(), tallies(), executor), executor)
    return Listing(planning, store(), directory(), labels())


@cache
def labels() -> Labels:
    """Names for ids."""
    return Labels(directory())


def _keys() -> Keys:
    current = settings()
    if current.TOKEN_ALGORITHM == SHARED_SECRET:
        return SharedSecret(
            Remembered(lambda: secrets().value(current.TOKEN_SECRET_PARAMETER), KEYS_REMEMBERED_FOR, time.time)
        )
    inline = current.TOKEN_JWKS.lstrip().startswith("{")
    return KeySet(
        Remembered(
            lambda: parse_jwks(
                current.TOKEN_JWKS if inline else fetch_jwks(current.TOKEN_JWKS), current.TOKEN_ALGORITHM
            ),
            KEYS_REMEMBERED_FOR,
            time.time,
        )
    )


def _accounts() -> list[Account]:
    """The deployment's telephony account, if it has one."""
    credentials = secrets().value_if_any(settings().TWILIO_CREDENTIALS_PARAMETER)
    return [] if credentials is None else [Account.parsed(credentials)]
