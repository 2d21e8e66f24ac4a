"""Values as DynamoDB writes them: as boto3 does, of all that is kept."""

import json
from base64 import b64encode
from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from ticketing.directory.author import AuthorKind
from ticketing.kernel.dynamodb.values import plain_value, typed_value

INTEGERS = st.integers(min_value=-(2**53), max_value=2**53)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
)


@given(VALUES)
def test_a_value_is_written_as_boto3_writes_it(value: Any) -> None:
    assert typed_value(value) == TypeSerializer().serialize(value)


@given(VALUES)
def test_a_value_is_read_as_boto3_reads_it(value: Any) -> None:
    written = TypeSerializer().serialize(value)
    assert plain_value(written) == TypeDeserializer().deserialize(written) == value


@given(st.binary())
def test_octets_are_read_as_they_were_written(value: bytes) -> None:
    """They are in base64, since JSON has none."""
    written = typed_value(value)
    assert json.loads(json.dumps(written)) == {"B": b64encode(value).decode()}
    assert plain_value(written) == value


def test_an_enumerations_member_is_written_as_its_value() -> None:
    assert typed_value(AuthorKind.rep) == {"S": "rep"}


def test_integers_are_integers_and_not_decimals() -> None:
    assert type(plain_value({"N": "7"})) is int


@pytest.mark.parametrize("value", [0.5, {1, 2}, object()])
def test_what_is_not_kept_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        typed_value(value)
