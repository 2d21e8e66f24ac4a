"""Replies of the engine, kept and given again: what is measured on them is our own time alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session

type Reply = tuple[int, Any, bytes]
"""Status, headers (botocore's), body."""
READS = frozenset({"GetItem", "BatchGetItem", "Query"})


@dataclass
class Replies:
    """Replies by request; those to writes, no two of which are alike, by their kind: the last one answers the next."""

    kept: dict[tuple[str, str], Reply] = field(default_factory=dict)
    is_recording: bool = True
    asked: int = 0

    @contextmanager
    def standing_in(self) -> Iterator[None]:
        """Stand between HTTP sessions and the engine: pass requests on while recording, answer them afterwards."""
        send = URLLib3Session.send

        def answer(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
            self.asked += 1
            key = _key(request)
            if self.is_recording:
                passed_on = send(session, request)
                self.kept[key] = passed_on.status_code, passed_on.headers, passed_on.content
            status, headers, body = self.kept[key]
            return AWSResponse(request.url, status, headers, _Body(body))

        with patch.object(URLLib3Session, "send", answer):
            yield


@dataclass
class _Body:
    """A body as it is read from urllib3."""

    content: bytes

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.content


def _key(request: AWSPreparedRequest) -> tuple[str, str]:
    operation, body = _text(request.headers["X-Amz-Target"]).partition(".")[2], _text(request.body)
    if operation in READS:
        return operation, body
    asked = json.loads(body)
    tables = {change["TableName"] for action in asked.get("TransactItems", ()) for change in action.values()}
    return operation, str(sorted(tables | {asked.get("TableName", "")}))


def _text(sent: Any) -> str:
    return sent.decode() if isinstance(sent, bytes) else str(sent)
