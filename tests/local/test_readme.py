"""The README's first requests do what it says."""

import json
import os
import re
import subprocess

from bundle.places import ROOT
from tests.local_stack import Stack

EXAMPLE = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_first_requests_make_a_ticket_and_close_it(stack: Stack) -> None:
    section = (ROOT / "README.md").read_text().split("## A first request\n")[1].split("\n## ")[0]
    listing, closing = EXAMPLE.findall(section)
    script = f"{listing.rstrip()} >/dev/null\n{closing}".replace("http://127.0.0.1:3000", stack.baseUrl)
    printed = subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=ROOT,
        env=os.environ | {"LOCAL_STATE": str(stack.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    ticket = json.loads(printed.stdout)
    assert (ticket["subject"], ticket["isClosed"]) == ("Where is my parcel?", True)
