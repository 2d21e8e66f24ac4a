"""botocore's clients, which serve Bedrock: each try ends within the time limit, and fails alike.

botocore is lenient: it turns an answer that was cut off or came from a proxy into an empty one, which would read as
"there is no such thing".
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
from botocore.parsers import ResponseParserError
from botocore.session import Session

from ticketing.kernel.retries import Garbled, NoAnswer, Refusal, longest_try

ONCE = Config(retries={"mode": "standard", "total_max_attempts": 1})
"""The configuration of clients whose calls are made once."""
_JSON = frozenset({"json", "rest-json"})


@cache
def session() -> Session:
    """Return the session of all clients, which have its credentials and endpoints in common."""
    return Session()


def endpoint(service: str) -> tuple[str, str]:
    """Return the URL and the region that the session finds for a service; raises BotoCoreError."""
    client = session().create_client(service)
    return client.meta.endpoint_url, client.meta.region_name


def credentials() -> tuple[str, str, str | None]:
    """Return the session's access key, secret and token (of containers, roles, files, SSO), renewed before they expire;
    raises NoAnswer."""

    def found() -> tuple[str, str, str | None]:
        held = session().get_credentials()
        keys = held.get_frozen_credentials() if held else None
        if not keys or not keys.access_key or not keys.secret_key:
            raise NoCredentialsError
        return keys.access_key, keys.secret_key, keys.token

    return tried(found)


def guarded[Client](client: Client) -> Client:
    """Return the botocore client, changed so that each try ends within the time limit and no damaged answer is
    accepted."""
    events = client.meta.events  # type: ignore[attr-defined]
    events.register("request-created", _limit, unique_id="time limit")
    events.register("before-parse", _require_whole, unique_id="whole answers")
    return client


def tried[Reply](call: Callable[[], Reply]) -> Reply:
    """Make a call of botocore's once, as `attempted` takes it; raises Refusal, NoAnswer."""
    try:
        return call()
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        raise Refusal(error.response["Error"]["Code"], status, error.operation_name) from error
    except (BotoCoreError, ResponseParserError) as error:
        raise NoAnswer(type(error).__name__) from error


def _limit(request: Any, **_: Any) -> None:
    """Let no read of the request last longer than the time limit."""
    request.context["read_timeout"] = longest_try(request.context["client_config"].read_timeout)


def _require_whole(operation_model: Any, response_dict: Mapping[str, Any], **_: Any) -> None:
    if operation_model.service_model.resolved_protocol not in _JSON:
        return
    try:
        answer = json.loads(response_dict["body"])
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(answer, dict):
        raise Garbled
