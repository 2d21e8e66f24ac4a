"""From a client's JSON to a draft: every fault is named, none is guessed."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails

from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.strict_json import pointer
from ticketing.tickets.lifecycle import contradiction, says_closed
from ticketing.tickets.model import READ_ONLY, Ticket, TicketDraft, reset_to_default


class _NewTicketDraft(TicketDraft):
    """What a client may write of a new ticket: there is none yet of which status or isClosed could be a change."""

    @field_validator("isClosed")
    @classmethod
    def _agrees(cls, is_closed: bool, info: ValidationInfo) -> bool:
        status = info.data.get("status")
        if status is not None and says_closed(status) != is_closed:
            raise ValueError(contradiction(status))
        return is_closed


def validated[Model: BaseModel](model: type[Model], document: object) -> Model:
    """`document` as `model`; raises InvalidRequest with a fault for each field that is wrong, missing or unknown."""
    if not isinstance(document, dict):
        raise InvalidRequest("The body must be a JSON object.", [Fault("", "must be an object")])
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise InvalidRequest("The body has fields that are not taken.", list(_faults(error))) from error


def new_draft(document: object) -> TicketDraft:
    """Return the draft in the body of a POST, in which read-only fields are ignored; raises InvalidRequest."""
    return validated(_NewTicketDraft, _writable(document))


def replacing_draft(document: object) -> TicketDraft:
    """Return the draft in the body of a PUT, in which read-only fields are ignored; raises InvalidRequest."""
    return validated(TicketDraft, _writable(document))


def replacement(draft: TicketDraft, ticket: Ticket) -> TicketDraft:
    """The draft of a PUT over `ticket`: of what it omits some fields keep what they are, the others are reset."""
    kept = {name: getattr(ticket, name) for name in TicketDraft.KEPT_BY_PUT - draft.model_fields_set}
    return draft.model_copy(update=kept)


def editable_document(ticket: Ticket) -> dict[str, Any]:
    """The document that a patch sees: every editable field, null when empty."""
    return {name: getattr(ticket, name) for name in TicketDraft.model_fields}


def field_faults(document: dict[str, Any]) -> list[Fault]:
    """Return the faults of these fields, be there other fields or not."""
    try:
        TicketDraft.model_validate(reset_to_default(document))
    except ValidationError as error:
        return [fault for fault in _faults(error) if fault.pointer[1:] in document]
    return []


def _writable(document: object) -> object:
    if not isinstance(document, dict):
        return document
    return {name: value for name, value in document.items() if name not in READ_ONLY}


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
