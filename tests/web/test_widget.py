"""The widget in a real browser; and the console once more, in every view, and with many tickets."""

import pytest

from tests.local_stack import Stack, command
from tests.web.browsing import CONSOLE, PAGES, browse

MANY = 2_000
"""Tickets in the inbox; as many more are loaded, which are closed."""


@pytest.mark.parametrize("name", sorted(PAGES - CONSOLE))
def test_the_pages_do_what_they_promise(served: Stack, name: str) -> None:
    browse(served, f"browser/{name}")


def test_many_tickets_are_scrolled_through(served: Stack) -> None:
    loaded = command("load", "--tickets", str(MANY * 2), folder=served.folder)
    assert loaded.returncode == 0, loaded.stderr
    browse(served, "many/many")
