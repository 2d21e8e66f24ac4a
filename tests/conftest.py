"""What every test has: property tests that find the same examples each time and do not measure time, and one local run
that those who need a running one share."""

import pytest
from hypothesis import HealthCheck, settings

from tests.local_stack import SAM_LOCAL, first_state, stack

__all__ = ["first_state", "stack"]

settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets the whole-stack tests meet the API as `sam local` serves it."""
    parser.addoption(SAM_LOCAL, action="store_true", help="serve the API in containers of Docker's")
