"""Drafts made of a client's JSON, in which every fault is named."""

from functools import cache
from typing import Any

from pydantic import ValidationError, ValidationInfo, field_validator

from ticketing.errors import Fault
from ticketing.kernel.validation import faults, validated
from ticketing.tickets.lifecycle import contradiction, says_closed
from ticketing.tickets.model import Ticket, TicketDraft, reset_to_default
from ticketing.tickets.ticket_view import READ_ONLY


class _NewTicketDraft(TicketDraft):
    """The draft of a new ticket, whose status and isClosed must not contradict each other."""

    @field_validator("isClosed")
    @classmethod
    def _agrees(cls, is_closed: bool, info: ValidationInfo) -> bool:
        status = info.data.get("status")
        if status is not None and says_closed(status) != is_closed:
            raise ValueError(contradiction(status))
        return is_closed


def new_draft(document: object) -> TicketDraft:
    """Return the draft in the body of a POST, in which read-only fields are ignored; raises InvalidRequest."""
    return validated(_NewTicketDraft, _writable(document))


def replacing_draft(document: object) -> TicketDraft:
    """Return the draft in the body of a PUT, in which read-only fields are ignored; raises InvalidRequest."""
    return validated(TicketDraft, _writable(document))


def replacement(draft: TicketDraft, ticket: Ticket) -> TicketDraft:
    """Return the draft of a PUT over `ticket`: some fields that it omits keep what they are, others are reset."""
    kept = {name: getattr(ticket, name) for name in TicketDraft.KEPT_BY_PUT - draft.model_fields_set}
    return draft.model_copy(update=kept)


def editable_document(ticket: Ticket) -> dict[str, Any]:
    """Return the document that a patch sees: every editable field, null when empty."""
    return {name: getattr(ticket, name) for name in TicketDraft.model_fields}


def field_faults(document: dict[str, Any]) -> list[Fault]:
    """Return the faults of these fields; fields that are absent are not missed."""
    others = {name: value for name, value in _required().items() if name not in document}
    try:
        TicketDraft.model_validate(others | reset_to_default(document))
    except ValidationError as error:
        return [fault for fault in faults(error) if fault.pointer[1:] in document]
    return []


@cache
def _required() -> dict[str, str]:
    """Return a value for each field that every draft has."""
    return dict.fromkeys((name for name, field in TicketDraft.model_fields.items() if field.is_required()), "-")


def _writable(document: object) -> object:
    if not isinstance(document, dict):
        return document
    return {name: value for name, value in document.items() if name not in READ_ONLY}
