"""Models made of a client's JSON, in which every fault is named."""

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.strict_json import pointer


def validated[Model: BaseModel](model: type[Model], document: object) -> Model:
    """Return `document` as `model`; raises InvalidRequest, with each field that is wrong, missing or unknown."""
    if not isinstance(document, dict):
        raise InvalidRequest("The body must be a JSON object.", [Fault("", "must be an object")])
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise InvalidRequest("The body has fields that are not taken.", list(faults(error))) from error


def faults(error: ValidationError) -> Iterator[Fault]:
    """Return the first fault at each place that an error names."""
    seen = set()
    for details in error.errors(include_url=False, include_context=False, include_input=False):
        at = pointer(*details["loc"])
        if at not in seen:
            seen.add(at)
            yield Fault(at, _wording(details))


def _wording(details: ErrorDetails) -> str:
    if details["type"] == "extra_forbidden":
        return "is no field that can be written"
    if details["type"] == "missing":
        return "is required"
    return details["msg"].removeprefix("Value error, ")
