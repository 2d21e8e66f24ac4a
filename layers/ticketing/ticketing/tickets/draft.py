"""From a client's JSON to a draft: every fault is named, none is guessed."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.strict_json import pointer
from ticketing.tickets.model import READ_ONLY, Ticket, TicketDraft, reset_to_default

_NEUTRAL = MappingProxyType({"status": "-", "subject": "-", "channelType": "-"})
"""Stands for the required fields where they are not sound."""


def validated[Model: BaseModel](model: type[Model], document: object) -> Model:
    """`document` as `model`; raises InvalidRequest with a fault for each field that is wrong, missing or unknown."""
    if not isinstance(document, dict):
        raise InvalidRequest("The body must be a JSON object.", [Fault("", "must be an object")])
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise InvalidRequest("The body has fields that are not taken.", list(_faults(error))) from error


def new_draft(document: object) -> TicketDraft:
    """The draft in the body of a POST or PUT, in which read-only fields are ignored."""
    if isinstance(document, dict):
        document = {name: value for name, value in document.items() if name not in READ_ONLY}
    return validated(TicketDraft, document)


def replacement(draft: TicketDraft, ticket: Ticket) -> TicketDraft:
    """The draft of a PUT over `ticket`: of what it omits some fields keep what they are, the others are reset."""
    kept = {name: getattr(ticket, name) for name in TicketDraft.KEPT_BY_PUT - draft.model_fields_set}
    return draft.model_copy(update=kept)


def editable_document(ticket: Ticket) -> dict[str, Any]:
    """The document that a patch sees: every editable field, null when empty."""
    return {name: getattr(ticket, name) for name in TicketDraft.model_fields}


def literal_faults(document: dict[str, Any]) -> list[Fault]:
    """What is wrong with these fields of a patch whatever the ticket; fields that it does not name are not counted."""
    try:
        TicketDraft.model_validate(reset_to_default(document))
    except ValidationError as error:
        return [fault for fault in _faults(error) if fault.pointer[1:] in document]
    return []


def usable(document: object, faults: Iterable[Fault], otherwise: Mapping[str, Any] = _NEUTRAL) -> TicketDraft:
    """What is sound of a document that has faults, the rest as it is `otherwise`: so that more faults can be found.

    Without a sound status isClosed is left out too, for it has nothing to contradict.
    """
    wrong = {fault.pointer[1:] for fault in faults}
    fields = document if isinstance(document, dict) else {}
    sound = {name: fields[name] for name in TicketDraft.model_fields if name in fields and name not in wrong}
    if "status" not in sound:
        sound.pop("isClosed", None)
    return TicketDraft.model_validate(reset_to_default({**otherwise, **sound}))


def _faults(error: ValidationError) -> Iterator[Fault]:
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
