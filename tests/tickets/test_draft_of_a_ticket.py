"""Drafts over a ticket that is there: replacements, and what patches see and set."""

from tests.builders import A_MOMENT, a_body, a_ticket
from ticketing.tickets.draft import editable_document, field_faults, new_draft, replacement
from ticketing.tickets.model import TicketDraft


def test_a_replacement_keeps_four_fields_that_it_omits_and_resets_the_others() -> None:
    kept = {"isProcessed": False, "lastMessageDate": A_MOMENT, "preview": "p", "closeDate": A_MOMENT}
    ticket = a_ticket(**kept, summary="s", uid="u", isSpam=True, escalated=True, channelID=3, status="Closed")
    replaced = replacement(new_draft(a_body()), ticket)
    assert {name: getattr(replaced, name) for name in kept} == kept
    assert (replaced.summary, replaced.uid, replaced.channelID) == (None, None, None)
    assert (replaced.isSpam, replaced.escalated) == (False, False)


def test_a_replacement_sets_the_four_fields_that_it_names() -> None:
    ticket = a_ticket(isProcessed=False, lastMessageDate=A_MOMENT, preview="p", status="Closed")
    body = a_body(isProcessed=True, lastMessageDate=None, preview=None, closeDate=None)
    replaced = replacement(new_draft(body), ticket)
    assert replaced.isProcessed
    assert (replaced.lastMessageDate, replaced.preview, replaced.closeDate) == (None, None, None)


def test_every_field_exists_in_what_a_patch_sees() -> None:
    document = editable_document(a_ticket())
    assert set(document) == set(TicketDraft.model_fields)
    assert document["uid"] is None
    assert document["isSpam"] is False


def test_what_is_required_cannot_be_nulled() -> None:
    assert [fault.pointer for fault in field_faults({"subject": None, "uid": None})] == ["/subject"]


def test_fields_that_are_not_given_are_no_field_faults() -> None:
    assert field_faults({}) == []
    assert field_faults(a_body()) == []
    assert [fault.pointer for fault in field_faults({"subject": 7})] == ["/subject"]
