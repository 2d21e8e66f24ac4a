"""The README's first requests do what it says."""

import json
import os
import re
import subprocess
from typing import Any

from bundle.places import ROOT
from tests.local_stack import Stack

EXAMPLE = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_first_requests_make_a_ticket_and_close_it(stack: Stack) -> None:
    listing, closing, _ = examples()
    ticket = printed(f"{listing.rstrip()} >/dev/null\n{closing}", stack)
    assert (ticket["subject"], ticket["isClosed"]) == ("Where is my parcel?", True)


def test_the_visitors_requests_begin_a_chat_and_read_it(stack: Stack) -> None:
    *_, chatting = examples()
    assert [item["body"] for item in printed(chatting, stack)["items"]] == ["Where is my parcel?"]


def examples() -> list[str]:
    """Return the commands of the README's first requests."""
    section = (ROOT / "README.md").read_text().split("## A first request\n")[1].split("\n## ")[0]
    return EXAMPLE.findall(section)


def printed(script: str, stack: Stack) -> dict[str, Any]:
    """Return the JSON document that commands print."""
    ran = subprocess.run(
        ["sh", "-eu", "-c", script.replace("http://127.0.0.1:3000", stack.baseUrl)],
        cwd=ROOT,
        env=os.environ | {"LOCAL_STATE": str(stack.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    document: dict[str, Any] = json.loads(ran.stdout)
    return document
