"""The functions as the template wires them, on moto; what each of them calls of AWS is noted.

moto is neither atomic nor quick, and neither matters here: one thing happens after the other.
"""

import importlib
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import boto3
import jwt
import pytest
from botocore.client import BaseClient

from tests.backends import expire
from tests.builders import acme, globex
from tests.engines import client_of, mocked_aws
from tests.fakes import InlineExecutor
from tests.gateway import an_event
from tests.stream_records import a_batch, a_message_record, a_record
from tests.tables import create_tables, resources, template
from tests.template.grants import Grant, functions
from tests.world import Context, function_of
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.calls.twilio import Twilio
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.directory.hooks import ActionType, Hook, HookAction
from ticketing.hooks.https import SignedWebhooks
from ticketing.kernel.aws.bucket import Bucket
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.settings import Settings
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket

PARAMETERS = {
    "TokenIssuer": "urn:tickets:test",
    "TokenAudience": "tickets",
    "TokenAlgorithm": "HS256",
    "TokenSecretParameter": "TokenSecretParameter",
    "HookSecrets": "HookSecrets",
    "TwilioCredentialsParameter": "TwilioCredentialsParameter",
}
ACTIONS = [
    HookAction(actionID=1, hookName=Hook.UserTriggered, type=ActionType.ApiCall, url="https://crm.example/"),
    HookAction(actionID=2, hookName=Hook.UserTriggered, type=ActionType.SetImportant),
    HookAction(actionID=3, hookName=Hook.OnEndUserDelete, type=ActionType.Delete),
    HookAction(actionID=4, hookName=Hook.OnClose, type=ActionType.SetImportant),
    HookAction(actionID=5, hookName=Hook.OnPhonePickup, type=ActionType.SetImportant),
]
TWILIO = json.dumps({"accountSid": "AC", "authToken": "token"})
SECRET = "a secret of the tests, as long as HS256 wants it to be"
TRANSACTED = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


class Deployed:
    """Calls each function as the template describes it, and notes what it calls of AWS."""

    def __init__(self) -> None:
        self.used: defaultdict[str, set[Grant]] = defaultdict(set)
        self._at_work: str | None = None
        self._names = {name: name for name in template()["Resources"]} | PARAMETERS
        self._engine = Engine(client_of("https://dynamodb.us-east-1.amazonaws.com"))
        self._make_resources()
        for customer in (
            acme(actions=ACTIONS, reps=[rep.model_copy(update={"phone": "+3225550111"}) for rep in acme().reps]),
            globex(),
        ):
            DynamoDirectory(self._engine, "DirectoryTable").load(customer)

    def request(self, method: str, path: str, body: Any = None, query: str = "", **headers: str) -> Any:
        """Have the function answer that the gateway would ask, as an Administrator; return the reply's JSON."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Authorization", f"Bearer {_token()}")
        event = an_event(method, path, query, named, body)
        reply = self._run(function_of(method, path), event)
        assert reply["statusCode"] < 400, (method, path, query, reply)
        return json.loads(reply["body"]) if "body" in reply else None

    def tickets_changed(self, *changes: tuple[Ticket | None, Ticket | None]) -> None:
        """Hand changes of tickets to the functions that read their stream."""
        batch = a_batch(*(a_record(before, after) for before, after in changes))
        for function in ("indexer", "publisher"):
            assert self._run(function, batch) == {"batchItemFailures": []}

    def message_changed(self, message: Message, is_removed: bool) -> None:
        """Hand a message that was added or removed to the indexer."""
        batch = a_batch(a_message_record(message, is_removed))
        assert self._run("indexer", batch) == {"batchItemFailures": []}

    def do_jobs(self) -> None:
        """Hand everything that is queued to the worker."""
        sqs = boto3.client("sqs")
        url = self._names["JobsQueue"]
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                self._do_job(message["Body"])

    def recording_arrives(self, key: str) -> None:
        """Put a recording into the bucket and tell the function that listens."""
        boto3.client("s3").put_object(Bucket=self._names["RecordingsBucket"], Key=key, Body=b"ID3")
        self._run("recordings", {"Records": [{"s3": {"object": {"key": key}}}]})

    def ticket(self, ticketID: int) -> Ticket:
        """Return a ticket as it is kept."""
        ticket = self._store.get(1, ticketID)
        assert ticket
        return ticket

    def expire(self, ticket: Ticket) -> None:
        """End a ticket's time to live, and tell the functions that read the stream."""
        expire(self._store, ticket)
        self.tickets_changed((ticket, None))

    @property
    def _store(self) -> DynamoTicketStore:
        return DynamoTicketStore(self._engine, "TicketsTable", "MessagesTable", "CallsTable", "EphemeraTable")

    def note(self, service: str, operation: str, parameters: Mapping[str, Any]) -> None:
        """Note a call, if a function is at work."""
        if self._at_work:
            grants = _grants(service, operation, parameters)
            self.used[self._at_work] |= {(action, self._logical(resource)) for action, resource in grants}

    def _logical(self, resource: str) -> str:
        """Return the template's name of a resource that a call named."""
        if resource.startswith("HookSecrets/"):
            return "HookSecrets/*"
        named = {physical: name for name, physical in self._names.items()}
        whole, _, part = resource.partition("/")
        return named.get(resource) or f"{named.get(whole, whole)}{'/' if part else ''}{part}"

    def _do_job(self, body: str) -> None:
        attributes = {"ApproximateReceiveCount": "1"}
        record = {"messageId": "1", "body": body, "attributes": attributes, "messageAttributes": {}}
        assert self._run("worker", {"Records": [record]}) == {"batchItemFailures": []}

    def _run(self, function: str, event: dict[str, Any]) -> Any:
        app = importlib.import_module(f"functions.{function}.app")
        with self._as(function):
            return app.lambda_handler.handle(_application(), event, Context())

    @contextmanager
    def _as(self, function: str) -> Iterator[None]:
        """Work as the function, with what it is told and what it has remembered of nobody else's work."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self._variables(function).items():
                patch.setenv(name, value)
            patch.setattr(SignedWebhooks, "_status", lambda *_: 200)
            patch.setattr(Twilio, "_update", lambda *_: 200)
            self._at_work = function
            try:
                yield
            finally:
                self._at_work = None

    def _variables(self, function: str) -> dict[str, str]:
        common = template()["Globals"]["Function"]["Environment"]["Variables"]
        own = functions()[function].get("Environment", {}).get("Variables", {})
        told = {name: self._value(value) for name, value in (common | own).items()}
        # the process's logger is made once, and other tests read what it writes
        return {name: value for name, value in told.items() if not name.startswith("POWERTOOLS_")}

    def _value(self, value: Any) -> str:
        return str(self._names.get(value["Ref"], "")) if isinstance(value, dict) else str(value)

    def _make_resources(self) -> None:
        create_tables(boto3.client("dynamodb"))
        for name in resources("AWS::SQS::Queue"):
            self._names[name] = boto3.client("sqs").create_queue(QueueName=name)["QueueUrl"]
        for name in resources("AWS::Events::EventBus"):
            boto3.client("events").create_event_bus(Name=name)
        for name in resources("AWS::S3::Bucket"):
            boto3.client("s3").create_bucket(Bucket=name.lower())
            self._names[name] = name.lower()
        secrets = {"TokenSecretParameter": SECRET, "HookSecrets/1/UserTriggered/1": SECRET}
        for name, value in (secrets | {"TwilioCredentialsParameter": TWILIO}).items():
            boto3.client("ssm").put_parameter(Name=name, Value=value, Type="SecureString")


def _grants(service: str, operation: str, parameters: Mapping[str, Any]) -> Iterator[Grant]:
    match service, operation:
        case "dynamodb", _:
            yield from _grants_of_tables(operation, parameters)
        case "sqs", "SendMessageBatch":
            yield "sqs:SendMessage", parameters["QueueUrl"]
        case "events", _:
            for entry in parameters["Entries"]:
                yield f"events:{operation}", entry["EventBusName"]
        case "s3", "HeadObject":
            yield "s3:GetObject", f"{parameters['Bucket']}/{_folder(parameters['Key'])}"
            yield "s3:ListBucket", parameters["Bucket"]  # without it S3 says 403 of what is missing
        case "s3", "DeleteObject":
            yield "s3:DeleteObject", f"{parameters['Bucket']}/{_folder(parameters['Key'])}"
        case "ssm", _:
            yield f"ssm:{operation}", parameters["Name"]
        case _:
            raise ValueError(f"{service} {operation}: what it needs is not known here")


def _grants_of_tables(operation: str, parameters: Mapping[str, Any]) -> Iterator[Grant]:
    if operation == "TransactWriteItems":
        for action in parameters["TransactItems"]:
            for kind, change in action.items():
                yield f"dynamodb:{TRANSACTED[kind]}", change["TableName"]
    elif "RequestItems" in parameters:
        for table in parameters["RequestItems"]:
            yield f"dynamodb:{operation}", table
    else:
        index = parameters.get("IndexName")
        yield f"dynamodb:{operation}", parameters["TableName"] + (f"/index/{index}" if index else "")


def _folder(key: str) -> str:
    return f"{key.partition('/')[0]}/*"


def _token() -> str:
    now = int(time.time())
    claims = {"customerID": 1, "repID": 11, "role": "Administrator", "iat": now, "exp": now + 600}
    return jwt.encode(claims | {"iss": PARAMETERS["TokenIssuer"], "aud": PARAMETERS["TokenAudience"]}, SECRET, "HS256")


@contextmanager
def deployed() -> Iterator[Deployed]:
    """Yield everything deployed, with the directories of two customers."""
    untyped: Any = BaseClient
    call, our_ask, asked = untyped._make_api_call, JsonClient.ask, Bucket._asked
    with mocked_aws(), pytest.MonkeyPatch.context() as patch:
        for name, value in {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}.items():
            patch.setenv(name, value)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        made = Deployed()

        def noted(client: BaseClient, operation: str, parameters: Mapping[str, Any]) -> Any:
            made.note(client.meta.service_model.service_name, operation, parameters)
            return call(client, operation, parameters)

        def noted_of_ours(client: JsonClient, operation: str, parameters: Mapping[str, Any]) -> Any:
            made.note(client.service.name, operation, parameters)
            return our_ask(client, operation, parameters)

        def noted_of_s3(bucket: Bucket, method: str, key: str) -> Any:
            name = bucket.connections.host.partition(".")[0]
            made.note("s3", {"HEAD": "HeadObject", "DELETE": "DeleteObject"}[method], {"Bucket": name, "Key": key})
            return asked(bucket, method, key)

        patch.setattr(BaseClient, "_make_api_call", noted)
        patch.setattr(JsonClient, "ask", noted_of_ours)
        patch.setattr(Bucket, "_asked", noted_of_s3)
        yield made


def _application() -> Application:
    """Return what the environment describes, made anew: nothing is remembered of another function's work."""
    adapters = Adapters(Settings.of_environment())
    adapters.executor = InlineExecutor()
    return Application(adapters)
