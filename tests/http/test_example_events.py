"""Every request under events/ is answered as it should be, in a world with nobody's ticket, one of Bob's and a call."""

import json
import subprocess
import sys

import pytest

from tests.builders import BOB, HOTLINE
from tests.tables import ROOT
from tests.world import World

EVENTS = ROOT / "events"
EXPECTED: dict[str, tuple[int, str | None]] = {
    "changes/follow": (200, None),
    "changes/follow-anothers": (400, "InvalidCursor"),
    "changes/follow-by-phone": (403, "Forbidden"),
    "changes/follow-damaged": (400, "InvalidCursor"),
    "changes/follow-from-now": (200, None),
    "changes/follow-gone": (410, "Gone"),
    "changes/follow-without-token": (401, "Unauthorized"),
    "changes/history": (200, None),
    "changes/history-by-phone": (403, "Forbidden"),
    "changes/history-damaged-cursor": (400, "InvalidCursor"),
    "changes/history-of-anothers": (403, "Forbidden"),
    "changes/history-of-missing": (404, "NotFound"),
    "directory/assignable": (200, None),
    "directory/channels": (200, None),
    "directory/end-users": (200, None),
    "directory/end-users-by-uid": (200, None),
    "directory/end-users-of-no-name": (400, "InvalidRequest"),
    "directory/me": (200, None),
    "directory/me-by-phone": (403, "Forbidden"),
    "directory/topics": (200, None),
    "directory/topics-malformed": (400, "InvalidRequest"),
    "docs/head": (405, "MethodNotAllowed"),
    "docs/head-of-health": (200, None),
    "docs/health": (200, None),
    "docs/unknown-path": (404, "NotFound"),
    "docs/wrong-method": (405, "MethodNotAllowed"),
    "summary/read": (200, None),
    "summary/read-by-phone": (200, None),
    "summary/read-of-anothers": (403, "Forbidden"),
    "summary/read-of-missing": (404, "NotFound"),
    "summary/read-on-another-line": (403, "ChannelMismatch"),
    "messages/add": (201, None),
    "messages/add-by-phone": (201, None),
    "messages/add-feedback-on-nothing": (400, "InvalidRequest"),
    "messages/add-malformed": (400, "InvalidRequest"),
    "messages/add-note": (201, None),
    "messages/add-note-by-phone": (403, "Forbidden"),
    "messages/add-on-another-line": (403, "ChannelMismatch"),
    "messages/add-to-missing": (404, "NotFound"),
    "messages/add-with-key": (201, None),
    "messages/add-without-token": (401, "Unauthorized"),
    "messages/list": (200, None),
    "messages/list-anothers": (403, "Forbidden"),
    "messages/list-by-phone": (403, "Forbidden"),
    "messages/list-newest": (200, None),
    "messages/list-of-what-is-no-id": (404, "NotFound"),
    "messages/list-too-deep": (400, "PageTooDeep"),
    "messages/list-without-ticket": (400, "InvalidRequest"),
    "tickets/create": (201, None),
    "tickets/create-by-phone": (201, None),
    "tickets/create-from-text": (415, "UnsupportedMediaType"),
    "tickets/create-malformed": (400, "InvalidRequest"),
    "tickets/create-on-another-line": (403, "ChannelMismatch"),
    "tickets/create-with-key": (201, None),
    "tickets/create-without-token": (401, "Unauthorized"),
    "tickets/delete": (204, None),
    "tickets/list": (200, None),
    "tickets/list-by-phone": (403, "Forbidden"),
    "tickets/list-filtered": (200, None),
    "tickets/list-foreign-cursor": (400, "InvalidCursor"),
    "tickets/list-marked": (200, None),
    "tickets/list-malformed": (400, "InvalidRequest"),
    "tickets/list-too-deep": (400, "PageTooDeep"),
    "tickets/patch": (200, None),
    "tickets/patch-merge": (200, None),
    "tickets/patch-read-only": (400, "InvalidRequest"),
    "tickets/patch-test-fails": (409, "PatchTestFailed"),
    "tickets/read": (200, None),
    "tickets/read-anothers": (403, "Forbidden"),
    "tickets/read-missing": (404, "NotFound"),
    "tickets/read-unchanged": (304, None),
    "tickets/replace": (200, None),
    "tickets/replace-minimal": (204, None),
    "tickets/replace-stale": (412, "PreconditionFailed"),
}


@pytest.mark.parametrize(("case", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_a_request_is_answered(world: World, case: str, expected: tuple[int, str | None]) -> None:
    world.keep()
    world.keep(customerRepID=BOB)
    world.keep(channelID=HOTLINE)
    event = json.loads((EVENTS / f"{case}.json").read_text())
    answer = world.invoke(case.partition("/")[0], event)
    assert (answer.status, answer.code) == expected


@pytest.mark.parametrize("function", sorted({case.partition("/")[0] for case in EXPECTED}))
def test_every_request_is_expected(function: str) -> None:
    cases = {f"{function}/{path.stem}" for path in (EVENTS / function).glob("*.json")}
    assert cases == {case for case in EXPECTED if case.startswith(f"{function}/")}


def test_a_function_that_has_only_started_has_made_nothing_yet() -> None:
    """What a snapshot (SnapStart) is taken of: no client, no pool, nothing read of the environment."""
    start = """
from importlib import import_module
from pathlib import Path
for app in Path("functions").glob("*/app.py"):
    import_module(f"functions.{app.parent.name}.app")
from ticketing.lambda_handler import deployed
print(deployed.cache_info().currsize)
"""
    ran = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("0\n", "")
