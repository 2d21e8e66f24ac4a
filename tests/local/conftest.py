"""Whole runs for the tests of starting and stopping."""

from tests.local_stack import first_state, stack

__all__ = ["first_state", "stack"]
