"""The console as a whole: each of its views for assistive technology, and its inbox with many tickets."""

from tests.local_stack import Stack, command
from tests.web.browsing import ACCESSIBILITY, browse

MANY = 2_000
"""Tickets in the inbox; as many more are loaded, which are closed."""


def test_every_view_is_accessible(served: Stack) -> None:
    browse(served, ACCESSIBILITY)


def test_many_tickets_are_scrolled_through(served: Stack) -> None:
    loaded = command("load", "--tickets", str(MANY * 2), folder=served.folder)
    assert loaded.returncode == 0, loaded.stderr
    browse(served, "many/many")
