"""The actions of hooks, as a directory file holds them."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.builders import acme
from ticketing.directory.hooks import HookAction
from ticketing.directory.model import MODELS

NEEDS: dict[str, dict[str, Any]] = {
    "Assign": {"customerRepID": 13},
    "SetTopics": {"topicIDs": [1]},
    "ApiCall": {"url": "https://hooks.example/tickets"},
}
TYPES = ["Close", "Delete", "DeleteAtCleanup", "MarkSpam", "NotSpam", "SetImportant", *NEEDS]


def an_action(**fields: Any) -> HookAction:
    kind = fields.get("type", "Close")
    return HookAction.model_validate(
        {"actionID": 1, "hookName": "OnClose", "type": "Close", **NEEDS.get(kind, {}), **fields}
    )


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_taken_with_what_it_needs(kind: str) -> None:
    assert an_action(type=kind).type == kind


@pytest.mark.parametrize("kind", NEEDS)
def test_what_a_type_needs_is_asked_for(kind: str) -> None:
    with pytest.raises(ValidationError):
        HookAction.model_validate({"actionID": 1, "hookName": "OnClose", "type": kind})


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example",
        "ftp://hooks.example/",
        "https://",
        "https://user@hooks.example/",
        "https://user:word@hooks.example/",
        "https://hooks.example\\@inside/",
        "https://hooks.example /",
        "https://[::1]/",
        "https://hooks.example/\n",
        "https://hooks.example/\r\nX-Evil: 1",
        "https://hooks.example?x",
        "https://hooks.example:123456/",
        "https://hôoks.example/",
    ],
)
def test_what_is_no_plain_url_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        an_action(type="ApiCall", url=url)


@pytest.mark.parametrize("fields", [{"type": "close"}, {"hookName": "onclose"}, {"actionID": 0}, {"topicIDs": ["1"]}])
def test_what_is_misspelt_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        an_action(**fields)


@pytest.mark.parametrize("fields", [{"type": kind} for kind in TYPES] + [{"type": "Assign", "customerRepID": 0}])
def test_an_action_is_found_again_under_its_name(fields: dict[str, Any]) -> None:
    action = an_action(actionID=7, **fields)
    entries = dict(acme(actions=[action]).entries())
    assert entries["action#OnClose#7"] == action
    kept = {name: value for name, value in action.model_dump().items() if value is not None}
    assert MODELS["action"](kept) == action
