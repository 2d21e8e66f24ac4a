"""A visitorKey: customer, ticket and secret as one opaque text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.webchat.visitor_key import VisitorKey, new_secret

SECRET = "0123456789abcdef" * 2
IDS = st.integers(1, MAX_INTEGER)


@given(IDS, IDS, st.binary(min_size=16, max_size=16).map(bytes.hex))
def test_a_key_is_read_as_it_was_written(customerID: int, ticketID: int, secret: str) -> None:
    key = VisitorKey(customerID, ticketID, secret)
    assert VisitorKey.parsed(str(key)) == key
    assert len(str(key)) == 40
    assert key.opens(secret)


@given(st.text(alphabet="ABab09-_", min_size=40, max_size=40))
def test_a_key_is_written_in_one_way_only(text: str) -> None:
    assert str(VisitorKey.parsed(text)) == text


@pytest.mark.parametrize(
    "text", ["", "A" * 39, "A" * 41, "A" * 39 + "=", "A" * 39 + "+", "A" * 39 + "é", "A" * 40 + "\n"]
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert VisitorKey.parsed(text) is None


def test_another_secret_opens_nothing() -> None:
    key = VisitorKey(1, 1, SECRET)
    assert not key.opens("")
    assert not key.opens(SECRET[:-1] + "0")


def test_secrets_are_128_random_bits() -> None:
    drawn = {new_secret() for _ in range(100)}
    assert len(drawn) == 100
    assert {len(bytes.fromhex(secret)) for secret in drawn} == {16}
