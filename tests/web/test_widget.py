"""The widget in a real browser, in the page of a shop."""

import pytest

from tests.local_stack import Stack
from tests.web.browsing import WIDGET, browse


@pytest.mark.parametrize("name", sorted(WIDGET))
def test_the_widget_does_what_it_promises(served: Stack, name: str) -> None:
    browse(served, f"browser/{name}")
