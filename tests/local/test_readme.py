"""The README's first requests do what it says."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from typing import Any

from bundle.places import ROOT
from tests.local_stack import Stack

EXAMPLE = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_first_requests_list_tickets_make_one_and_close_it(stack: Stack) -> None:
    making, _ = examples()
    page, ticket = printed(making, stack)
    assert [item["status"] for item in page["items"]] == ["Open"] * 3
    assert (ticket["subject"], ticket["isClosed"]) == ("Where is my parcel?", True)


def test_the_visitors_requests_begin_a_chat_and_read_it(stack: Stack) -> None:
    _, chatting = examples()
    (chat,) = printed(chatting, stack)
    assert [item["body"] for item in chat["items"]] == ["Where is my parcel?"]


def examples() -> list[str]:
    """Return the commands of the README's first requests."""
    section = (ROOT / "README.md").read_text().split("## A first request\n")[1].split("\n## ")[0]
    return EXAMPLE.findall(section)


def printed(script: str, stack: Stack) -> list[dict[str, Any]]:
    """Return the JSON documents that commands print, one after the other."""
    ran = subprocess.run(
        ["sh", "-eu", "-c", script.replace("http://127.0.0.1:3000", stack.baseUrl)],
        cwd=ROOT,
        env=os.environ | {"LOCAL_STATE": str(stack.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return list(documents(ran.stdout))


def documents(text: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        document, end = decoder.raw_decode(text)
        yield document
        text = text[end:]
