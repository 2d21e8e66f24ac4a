"""First requests of every function, each to a new process, as a new Lambda environment has them."""

import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.backends import application_on, directory_on
from tests.builders import A_CALL, A_CHAT, ADMIN, ANN, a_rep, a_ticket, acme
from tests.directory.signing import AUDIENCE, ISSUER, Signer, key_set, rsa_key
from tests.engines import REGION, Tables, dynoxide, tables_at
from tests.gateway import a_record
from tests.tables import ROOT
from ticketing.calls.call import Recording
from ticketing.directory.hooks import ActionType, Hook, HookAction
from ticketing.jobs.job import (
    CleanUp,
    DetectSpam,
    DetectTopics,
    ExecuteActions,
    FireHook,
    Job,
    LastLesson,
    RunPipeline,
    Teach,
)
from ticketing.kernel.deadline import Deadline
from ticketing.lists.indexing import MessageChange
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.chat import Chat
from ticketing.tickets.messages import MessageDraft

SIGNER = Signer("RS256", rsa_key(), "one")
SECRET = "12345678901234567890123456789012"
TICKETS = 26
DELETED, DISCARDED, CHATTED, CALLED, ENDED = 20, 19, 5, 4, 3
"""Tickets: one to be deleted, one that actions close and delete, a chat, a live call, and a call with a recording."""
ENDED_CALL = f"CA{'5' * 32}"
NAMED = re.compile(r"Bearer rep-(\d+)")


@dataclass(frozen=True)
class FirstRequest:
    """An event of `events/<function>/<case>.json`, or a job; `query` and `path` replace those of the event."""

    function: str
    case: str
    query: str | None = None
    path: str | None = None
    job: Job | None = None

    def __str__(self) -> str:
        return f"{self.function}/{self.case}{f'?{self.query}' if self.query else ''}"

    def event(self) -> dict[str, Any]:
        """The event, with a genuine token in the place of a name."""
        if self.job:
            return {"Records": [a_record("m", self.job)]}
        text = (ROOT / "events" / self.function / f"{self.case}.json").read_text()
        event: dict[str, Any] = json.loads(NAMED.sub(_bearer, text))
        if self.query is not None:
            event["rawQueryString"] = self.query
        if self.path is not None:
            event["rawPath"] = self.path
        return event


_OF_1: dict[str, Any] = {"customerID": 1, "ticketID": 1}
_LESSON = LastLesson(version=4, subject="You won", lastMessageID=1, taughtSpam=True, taughtTopicIDs=None)
_ACTIONS = ExecuteActions(customerID=1, ticketID=DISCARDED, jobID="a", hookName=Hook.UserTriggered)
_CLEAN_UP = CleanUp(customerID=1, ticketID=TICKETS, lastMessageID=1, callSid=ENDED_CALL, lesson=_LESSON)
REQUESTS = (
    FirstRequest("docs", "health"),
    FirstRequest("docs", "unknown-path"),
    FirstRequest("tickets", "read"),
    FirstRequest("tickets", "list"),
    FirstRequest("tickets", "list", "pageSize=25"),
    FirstRequest("tickets", "list", "pageSize=25&status=Open"),
    FirstRequest("tickets", "list", "search=parcel"),
    FirstRequest("tickets", "create"),
    FirstRequest("tickets", "create-with-key"),
    FirstRequest("tickets", "patch-merge"),
    FirstRequest("tickets", "patch"),
    FirstRequest("tickets", "replace"),
    FirstRequest("tickets", "delete", path=f"/api/Tickets/{DELETED}"),
    FirstRequest("messages", "list"),
    FirstRequest("messages", "add"),
    FirstRequest("bulk", "take-and-open"),
    FirstRequest("bulk", "executeactions"),
    FirstRequest("calls", "assign-live-call"),
    FirstRequest("calls", "play"),
    FirstRequest("summary", "read"),
    FirstRequest("webchat", "begin"),
    FirstRequest("webchat", "read"),
    FirstRequest("webchat", "write"),
    FirstRequest("directory", "me"),
    FirstRequest("directory", "assignable"),
    FirstRequest("directory", "channels"),
    FirstRequest("directory", "end-users"),
    FirstRequest("changes", "follow"),
    FirstRequest("changes", "follow-from-now"),
    FirstRequest("changes", "history"),
    FirstRequest("indexer", "tickets"),
    FirstRequest("indexer", "messages"),
    FirstRequest("indexer", "ticket-removed"),
    FirstRequest("publisher", "updated"),
    FirstRequest("recordings", "arrived"),
    FirstRequest("worker", "clean-up", job=_CLEAN_UP),
    FirstRequest("worker", "execute-actions", job=_ACTIONS),
    FirstRequest("worker", "detect-spam", job=DetectSpam(**_OF_1, jobID="b")),
    FirstRequest("worker", "detect-topics", job=DetectTopics(**_OF_1, jobID="c")),
    FirstRequest("worker", "teach", job=Teach(**_OF_1)),
    FirstRequest("worker", "fire-hook", job=FireHook(**_OF_1, jobID="d", hookName=Hook.OnEscalate)),
    FirstRequest("worker", "run-pipeline", job=RunPipeline(**_OF_1, jobID="e")),
)


@contextmanager
def deployment() -> Iterator[dict[str, str]]:
    """Tables with a customer's tickets, and what stands around them; gives the environment that functions have."""
    with dynoxide() as url, _neighbours() as others:
        tables = tables_at(url)
        _fill(tables, others)
        yield functions_environment(tables.names, url, others)


def functions_environment(names: Mapping[str, str], url: str, others: str, signer: Signer = SIGNER) -> dict[str, str]:
    """Return the environment of functions whose tables are at one URL and whose other neighbours are at another."""
    return {
        **{f"{role.upper()}_TABLE": name for role, name in names.items()},
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "layers" / "ticketing"))),
        "PYTHONHASHSEED": "0",
        "POWERTOOLS_SERVICE_NAME": "tickets",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_ENDPOINT_URL": others,
        "AWS_ENDPOINT_URL_DYNAMODB": url,
        "TOKEN_ISSUER": ISSUER,
        "TOKEN_AUDIENCE": AUDIENCE,
        "TOKEN_ALGORITHM": signer.algorithm,
        "TOKEN_JWKS": key_set(signer.jwk()),
        "STAGE": "local",
        "HOOK_SECRETS": "/hooks",
        "HOOKS_MAY_CALL_LOOPBACK": "on",
        "JOBS_QUEUE": f"{others}/1/jobs",
        "EVENT_BUS": "tickets",
        "RECORDINGS_BUCKET": "recordings",
        "TWILIO_API_URL": others,
        "TWILIO_CREDENTIALS_PARAMETER": "/twilio",
    }


def _fill(tables: Tables, others: str) -> None:
    web = HookAction(actionID=1, hookName=Hook.UserTriggered, type=ActionType.ApiCall, url=f"{others}/hook")
    important = HookAction(actionID=2, hookName=Hook.UserTriggered, type=ActionType.SetImportant)
    picked_up = HookAction(actionID=3, hookName=Hook.OnPhonePickup, type=ActionType.SetImportant)
    close = HookAction(actionID=4, hookName=Hook.UserTriggered, type=ActionType.Close)
    delete = HookAction(actionID=5, hookName=Hook.UserTriggered, type=ActionType.Delete)
    directory_on(tables).load(acme(actions=[web, important, picked_up, close, delete]))
    application, deadline = application_on(tables), Deadline(time.monotonic() + 60)
    calls: dict[int, dict[str, Any]] = {
        # whatever the time is, its key has not expired
        CHATTED: {"channelType": "Chat", "chat": Chat(**A_CHAT), "lastMessageDate": "9999-12-31T00:00:00.000Z"},
        ENDED: {"channelType": "Phone", "twilio_CallSid": ENDED_CALL, "customerRepID": ANN},
        CALLED: {"channelType": "Phone", "twilio_CallSid": A_CALL},
    }
    for _ in range(TICKETS):
        ticketID = application.adapters.tickets.next_id(1)
        fields = {"uid": "jane@doe.example", "channelID": 1, **calls.get(ticketID, {})}
        application.adapters.tickets.create(a_ticket(ticketID=ticketID, **fields))
        draft = MessageDraft(ticketID=ticketID, body="Where is my parcel?")
        application.conversations.add(a_rep("Administrator", ADMIN), draft, None, deadline)
        ticket = application.tickets.existing(1, ticketID)
        application.indexing.enter_tickets([TicketChange(ticket)], deadline)
        written = application.adapters.messages.between(1, ticketID, 1, 1)
        application.indexing.enter_messages(map(MessageChange, written))
    application.adapters.calls.record(Recording(1, ENDED_CALL, "mp3"))


def _bearer(named: re.Match[str]) -> str:
    roles = {rep.repID: rep.role for rep in acme().reps}
    return f"Bearer {SIGNER.token(repID=int(named[1]), role=roles[int(named[1])])}"


@contextmanager
def _neighbours() -> Iterator[str]:
    """A server that does as every other service would that is asked; gives its URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Neighbour) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Neighbour(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(ANSWERS.get(self.headers.get("X-Amz-Target", ""), _deleted)(body))

    def do_HEAD(self) -> None:
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def _deleted(body: bytes) -> bytes:
    """The answer of S3 to DeleteObjects; Twilio's and a webhook's say nothing that is read."""
    keys = re.findall("<Key>.*?</Key>", body.decode(errors="replace"))
    deleted = "".join(f"<Deleted>{key}</Deleted>" for key in keys)
    return f'<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{deleted}</DeleteResult>'.encode()


def _secret(body: bytes) -> bytes:
    account = json.dumps({"accountSid": "AC1", "authToken": SECRET})
    is_account = json.loads(body)["Name"] == "/twilio"
    return json.dumps({"Parameter": {"Value": account if is_account else SECRET}}).encode()


def _queued(body: bytes) -> bytes:
    sent = [{"Id": entry["Id"], "MessageId": "m", "MD5OfMessageBody": ""} for entry in json.loads(body)["Entries"]]
    return json.dumps({"Successful": sent}).encode()


def _published(body: bytes) -> bytes:
    return json.dumps({"Entries": [{"EventId": "e"} for _ in json.loads(body)["Entries"]]}).encode()


ANSWERS = {
    "AmazonSSM.GetParameter": _secret,
    "AmazonSQS.SendMessageBatch": _queued,
    "AWSEvents.PutEvents": _published,
}
