"""Faults of a body, in words that say what is wanted."""

from enum import StrEnum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

from ticketing.errors import InvalidRequest
from ticketing.kernel.validation import validated


class Colour(StrEnum):
    red = "red"
    blue = "blue"


class Parcel(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    label: Annotated[str, Field(min_length=1, max_length=3, pattern="^[a-z]*$")] = "abc"
    weight: Annotated[int, Field(ge=1, le=9)] | None = None
    sealed: bool = True
    stamps: list[int] = []
    colour: Annotated[Colour, Field(strict=False)] = Colour.red
    sender: str


@pytest.mark.parametrize(
    ("fields", "pointer", "detail"),
    [
        ({"sender": 1}, "/sender", "must be a string"),
        ({"sender": None}, "/sender", "must be a string"),
        ({"label": "abcd"}, "/label", "may have 3 characters at most"),
        ({"label": ""}, "/label", "must have 1 or more characters"),
        ({"label": "A"}, "/label", "must match ^[a-z]*$"),
        ({"weight": "7"}, "/weight", "must be an integer"),
        ({"weight": 0}, "/weight", "must be 1 or more"),
        ({"weight": 10}, "/weight", "must be 9 or less"),
        ({"sealed": "yes"}, "/sealed", "must be true or false"),
        ({"stamps": 1}, "/stamps", "must be an array"),
        ({"stamps": [1, "2"]}, "/stamps/1", "must be an integer"),
        ({"colour": "green"}, "/colour", "must be 'red' or 'blue'"),
        ({"height": 1}, "/height", "is no field that can be written"),
    ],
)
def test_a_fault_says_what_is_wanted(fields: dict[str, Any], pointer: str, detail: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        validated(Parcel, {"sender": "Jane", **fields})
    assert [(fault.pointer, fault.detail) for fault in refusal.value.faults] == [(pointer, detail)]


def test_what_is_missing_is_told_beside_what_is_wrong() -> None:
    with pytest.raises(InvalidRequest, match=r"^Some fields are missing, unknown or malformed\.$") as refusal:
        validated(Parcel, {"weight": "7"})
    assert {fault.pointer: fault.detail for fault in refusal.value.faults} == {
        "/sender": "is required",
        "/weight": "must be an integer",
    }
