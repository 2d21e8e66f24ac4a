"""The console in a real browser, against a local run."""

import pytest

from tests.local_stack import Stack
from tests.web.browsing import CONSOLE, browse


@pytest.mark.parametrize("name", sorted(CONSOLE))
def test_the_console_does_what_it_promises(served: Stack, name: str) -> None:
    browse(served, f"browser/{name}")
