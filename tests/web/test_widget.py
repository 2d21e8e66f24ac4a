"""The widget in a real browser, in the page of a shop."""

from tests.local_stack import Stack
from tests.web.browsing import WIDGET, browse


def test_the_widget_does_what_it_promises(served: Stack) -> None:
    browse(served, *WIDGET)
