"""Replies of the engine, kept and given again: what is measured on them is our own time alone.

They stand in for HTTP: for the connections of our own client of DynamoDB, and for the session of botocore's.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session

from ticketing.kernel.aws.connections import Connections, ServiceReply

PATIENCE = 600.0
"""Seconds that the engine may take for an answer that is kept, however busy the machine is."""
READS = frozenset({"GetItem", "BatchGetItem", "Query"})


@dataclass
class Replies:
    """The first replies by request, so that a change is a change again; those to writes, no two of which are alike, by
    their kind."""

    kept: dict[tuple[str, str], Any] = field(default_factory=dict)
    is_recording: bool = True
    asked: int = 0

    @contextmanager
    def standing_in(self) -> Iterator[None]:
        """Stand between clients and the engine: pass requests on while recording, answer them afterwards."""
        ask, send = Connections.ask, URLLib3Session.send

        def answer_ours(line: Connections, *asked: Any) -> Callable[[float], ServiceReply]:
            method, target, headers, body, _ = asked
            key, request = _key("ours", headers["x-amz-target"], body), (method, target, headers, body)
            reply: ServiceReply = self._answered(key, lambda: ask(line, *request, PATIENCE)(PATIENCE))
            return lambda _: reply

        def answer_botocore(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
            def passed_on() -> tuple[int, Any, bytes]:
                response = send(session, request)
                return response.status_code, response.headers, response.content

            key = _key("botocore", request.headers["X-Amz-Target"], request.body)
            status, headers, content = self._answered(key, passed_on)
            return AWSResponse(request.url, status, headers, _Body(content))

        with patch.object(Connections, "ask", answer_ours), patch.object(URLLib3Session, "send", answer_botocore):
            yield

    def _answered(self, key: tuple[str, str], passed_on: Callable[[], Any]) -> Any:
        self.asked += 1
        if not self.is_recording:
            return self.kept[key]
        reply = passed_on()
        self.kept.setdefault(key, reply)
        return reply


@dataclass
class _Body:
    """A body as botocore reads it from urllib3."""

    content: bytes

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.content


def _key(client: str, target: Any, body: Any) -> tuple[str, str]:
    operation, text = _text(target).partition(".")[2], _text(body)
    if operation in READS:
        return f"{client} {operation}", text
    asked = json.loads(text)
    tables = {change["TableName"] for action in asked.get("TransactItems", ()) for change in action.values()}
    return f"{client} {operation}", str(sorted(tables | {asked.get("TableName", "")}))


def _text(sent: Any) -> str:
    return sent.decode() if isinstance(sent, bytes) else str(sent)
