"""Open and closed: status and isClosed agree after every change, and closeDate follows them."""

from typing import Any

import pytest

from tests.builders import A_MOMENT, a_body, a_ticket
from ticketing.errors import InvalidRequest
from ticketing.kernel.validation import validated
from ticketing.tickets.draft import editable_document, new_draft, replacement, replacing_draft
from ticketing.tickets.lifecycle import contradictions, says_closed, settled
from ticketing.tickets.model import Ticket, TicketDraft, reset_to_default
from ticketing.tickets.patch import merge_patch

NOW = "2026-06-15T12:00:00.000Z"
EARLIER = "2026-06-01T00:00:00.000Z"
REFUSED = None

type Outcome = tuple[str, bool] | None


def posted(**fields: Any) -> TicketDraft:
    return settled(new_draft(a_body(**fields)), None, NOW)


def put(ticket: Ticket, fields: dict[str, Any]) -> TicketDraft:
    return changed(replacement(replacing_draft(a_body(**fields)), ticket), ticket)


def patched(ticket: Ticket, fields: dict[str, Any]) -> TicketDraft:
    document = reset_to_default(merge_patch(fields).applied(editable_document(ticket)))
    return changed(validated(TicketDraft, document), ticket)


def changed(draft: TicketDraft, ticket: Ticket) -> TicketDraft:
    if faults := contradictions(draft, ticket):
        raise InvalidRequest("The draft contradicts itself.", faults)
    return settled(draft, ticket, NOW)


def outcome(draft: TicketDraft) -> tuple[str, bool]:
    assert (draft.closeDate is not None) == draft.isClosed
    assert says_closed(draft.status) == draft.isClosed
    return draft.status, draft.isClosed


@pytest.mark.parametrize("spelling", ["Closed", "closed", "CLOSED", "cLoSeD"])
def test_closed_is_closed_in_any_case(spelling: str) -> None:
    assert outcome(posted(status=spelling)) == (spelling, True)


@pytest.mark.parametrize("status", ["Open", "Closed ", " Closed", "Closed.", "Resolved", "Clo\u017fed\u200b"])
def test_any_other_status_is_open(status: str) -> None:
    assert outcome(posted(status=status)) == (status, False)


POSTS = [
    ("Open", None, ("Open", False)),
    ("Open", False, ("Open", False)),
    ("Open", True, REFUSED),
    ("Pending", True, REFUSED),
    ("Closed", None, ("Closed", True)),
    ("Closed", True, ("Closed", True)),
    ("Closed", False, REFUSED),
    ("closed", False, REFUSED),
]


@pytest.mark.parametrize(("status", "is_closed", "expected"), POSTS)
def test_a_new_ticket(status: str, is_closed: bool | None, expected: Outcome) -> None:
    given = {"status": status} | ({} if is_closed is None else {"isClosed": is_closed})
    if expected is REFUSED:
        with pytest.raises(InvalidRequest) as refusal:
            posted(**given)
        assert [fault.pointer for fault in refusal.value.faults] == ["/isClosed"]
    else:
        assert outcome(posted(**given)) == expected


# was, status given, isClosed given, what it becomes
CHANGES: list[tuple[str, str | None, bool | None, Outcome]] = [
    ("Open", None, None, ("Open", False)),
    ("Open", None, False, ("Open", False)),
    ("Open", None, True, ("Closed", True)),
    ("Open", "Open", None, ("Open", False)),
    ("Open", "Open", False, ("Open", False)),
    ("Open", "Open", True, ("Closed", True)),
    ("Open", "open", True, ("Closed", True)),
    ("Open", "Pending", None, ("Pending", False)),
    ("Open", "Pending", False, ("Pending", False)),
    ("Open", "Pending", True, REFUSED),
    ("Open", "Closed", None, ("Closed", True)),
    ("Open", "Closed", False, ("Closed", True)),
    ("Open", "Closed", True, ("Closed", True)),
    ("Pending", None, True, ("Closed", True)),
    ("Pending", "Escalated", True, REFUSED),
    ("Closed", None, None, ("Closed", True)),
    ("Closed", None, True, ("Closed", True)),
    ("Closed", None, False, ("Open", False)),
    ("Closed", "Closed", None, ("Closed", True)),
    ("Closed", "Closed", True, ("Closed", True)),
    ("Closed", "Closed", False, ("Open", False)),
    ("Closed", "closed", False, ("Open", False)),
    ("Closed", "closed", True, ("closed", True)),
    ("closed", None, False, ("Open", False)),
    ("Closed", "Pending", None, ("Pending", False)),
    ("Closed", "Pending", True, ("Pending", False)),
    ("Closed", "Pending", False, ("Pending", False)),
]


@pytest.mark.parametrize("change", [put, patched])
@pytest.mark.parametrize(("was", "status", "is_closed", "expected"), CHANGES)
def test_a_changed_ticket(change: Any, was: str, status: str | None, is_closed: bool | None, expected: Outcome) -> None:
    given: dict[str, Any] = {} if is_closed is None else {"isClosed": is_closed}
    if status is not None or change is put:
        given["status"] = status or was
    if expected is REFUSED:
        with pytest.raises(InvalidRequest) as refusal:
            change(a_ticket(status=was), given)
        assert [fault.pointer for fault in refusal.value.faults] == ["/isClosed"]
    else:
        assert outcome(change(a_ticket(status=was), given)) == expected


def test_closing_sets_the_close_date_to_now() -> None:
    assert patched(a_ticket(), {"status": "Closed"}).closeDate == NOW
    assert posted(status="Closed").closeDate == NOW


@pytest.mark.parametrize("change", [put, patched])
def test_closing_keeps_the_close_date_that_comes_with_it(change: Any) -> None:
    assert change(a_ticket(), {"status": "Closed", "closeDate": EARLIER}).closeDate == EARLIER


@pytest.mark.parametrize("change", [put, patched])
def test_a_closed_ticket_keeps_its_close_date(change: Any) -> None:
    ticket = a_ticket(status="Closed", closeDate=EARLIER)
    assert change(ticket, {"status": "Closed", "subject": "other"}).closeDate == EARLIER


@pytest.mark.parametrize("change", [put, patched])
def test_reopening_clears_the_close_date_even_if_one_is_given(change: Any) -> None:
    ticket = a_ticket(status="Closed", closeDate=EARLIER)
    assert change(ticket, {"status": "Open"}).closeDate is None
    assert change(ticket, {"status": "Open", "closeDate": A_MOMENT}).closeDate is None


def test_an_open_ticket_has_no_close_date() -> None:
    assert posted(closeDate=EARLIER).closeDate is None
    assert patched(a_ticket(), {"closeDate": EARLIER}).closeDate is None


def test_a_closed_ticket_whose_close_date_is_removed_closes_anew() -> None:
    assert patched(a_ticket(status="Closed", closeDate=EARLIER), {"closeDate": None}).closeDate == NOW


def test_removing_is_closed_lets_it_follow_the_status() -> None:
    assert outcome(patched(a_ticket(status="Closed"), {"isClosed": None})) == ("Closed", True)
    assert outcome(patched(a_ticket(status="Closed"), {"isClosed": None, "status": "Open"})) == ("Open", False)
