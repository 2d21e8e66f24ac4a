"""Models made of a client's JSON, in which every fault is named."""

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.strict_json import pointer

_WORDINGS = {
    "bool_type": "must be true or false",
    "enum": "must be {expected}",
    "extra_forbidden": "is no field that can be written",
    "greater_than_equal": "must be {ge} or more",
    "int_type": "must be an integer",
    "less_than_equal": "must be {le} or less",
    "list_type": "must be an array",
    "missing": "is required",
    "string_pattern_mismatch": "must match {pattern}",
    "string_too_long": "may have {max_length} characters at most",
    "string_too_short": "must have {min_length} or more characters",
    "string_type": "must be a string",
}
"""Faults by pydantic's names of them, in the words of all other faults; its own speak of an input."""


def validated[Model: BaseModel](model: type[Model], document: object) -> Model:
    """Return `document` as `model`; raises InvalidRequest, with each field that is wrong, missing or unknown."""
    if not isinstance(document, dict):
        raise InvalidRequest("The body must be a JSON object.", [Fault("", "must be an object")])
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise InvalidRequest("Some fields are missing, unknown or malformed.", list(faults(error))) from error


def faults(error: ValidationError) -> Iterator[Fault]:
    """Return the first fault at each place that an error names."""
    seen = set()
    for details in error.errors(include_url=False, include_input=False):
        at = pointer(*details["loc"])
        if at not in seen:
            seen.add(at)
            yield Fault(at, _wording(details))


def _wording(details: ErrorDetails) -> str:
    if wording := _WORDINGS.get(details["type"]):
        return wording.format_map(details.get("ctx", {}))
    return details["msg"].removeprefix("Value error, ")
