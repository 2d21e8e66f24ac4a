"""The console in a real browser, against a local run."""

from tests.local_stack import Stack
from tests.web.browsing import CONSOLE, browse


def test_the_console_does_what_it_promises(served: Stack) -> None:
    browse(served, *CONSOLE)
