"""Orders of a list, and cursors in them."""

import base64
import json
import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import A_MOMENT, a_ticket
from ticketing.errors import InvalidCursor
from ticketing.kernel.seal import sealed
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.lists.cursor import decode, encode
from ticketing.tickets.order import Order, Position, SortBy

BOUND = "0123456789abcdef01234567"
ORDERS = st.builds(Order, st.sampled_from(SortBy), st.booleans())
CHARACTERS = string.ascii_letters + string.digits + "-_="
VALUES = st.none() | st.text(max_size=3)
POSITIONS = st.lists(
    st.builds(Position, VALUES, st.integers(1, MAX_INTEGER)), max_size=30, unique_by=lambda position: position.ticketID
)


def test_a_list_is_by_last_contact_latest_first_unless_told_otherwise() -> None:
    assert Order() == Order(SortBy.lastMessageDate, descending=True)


@pytest.mark.parametrize(
    ("by", "value"),
    [
        (SortBy.lastMessageDate, "2026-02-02T00:00:00.000Z"),
        (SortBy.dateCreated, ""),
        (SortBy.ticketID, ""),
        (SortBy.subject, "grüsse"),
        (SortBy.status, "closed"),
        (SortBy.closeDate, "2026-03-03T00:00:00.000Z"),
        (SortBy.followUpDate, "2026-04-04T00:00:00.000Z"),
    ],
)
def test_what_a_ticket_is_sorted_by(by: SortBy, value: str) -> None:
    ticket = a_ticket(
        subject="GRÜẞE",
        status="Closed",
        lastMessageDate="2026-02-02T00:00:00.000Z",
        closeDate="2026-03-03T00:00:00.000Z",
        followUpDate="2026-04-04T00:00:00.000Z",
    )
    assert by.value_of(ticket) == value
    assert by.may_be(value)


def test_a_ticket_without_a_message_is_sorted_by_its_creation() -> None:
    assert SortBy.lastMessageDate.value_of(a_ticket(dateCreated=A_MOMENT)) == A_MOMENT


def test_nulls_come_last_in_either_direction_and_ties_break_by_id_in_the_same_direction() -> None:
    positions = [Position(None, 1), Position("b", 2), Position("a", 3), Position("b", 4), Position(None, 5)]
    ascending = Order(SortBy.subject, descending=False).sorted(positions)
    descending = Order(SortBy.subject, descending=True).sorted(positions)
    assert [position.ticketID for position in ascending] == [3, 2, 4, 1, 5]
    assert [position.ticketID for position in descending] == [4, 2, 3, 5, 1]


def test_texts_sort_by_code_points() -> None:
    subjects = ["\N{GRINNING FACE}", "\uffff", "é", "z", "aa", "a", "A-", " "]
    positions = [Position(SortBy.subject.value_of(a_ticket(subject=text)), n) for n, text in enumerate(subjects, 1)]
    order = Order(SortBy.subject, descending=False)
    assert [subjects[position.ticketID - 1] for position in order.sorted(positions)] == [
        " ",
        "a",
        "A-",
        "aa",
        "z",
        "é",
        "\uffff",
        "\N{GRINNING FACE}",
    ]


@given(POSITIONS, ORDERS)
def test_each_position_is_after_the_one_before_it(positions: list[Position], order: Order) -> None:
    for before, after in pairwise(order.sorted(positions)):
        assert order.is_after(after, before)
        assert not order.is_after(before, after)


@given(POSITIONS, ORDERS, st.integers(1, 7))
def test_paging_by_cursors_visits_each_exactly_once(positions: list[Position], order: Order, size: int) -> None:
    visited: list[Position] = []
    rest = order.sorted(positions)
    while rest:
        visited += rest[:size]
        cursor = encode(visited[-1], BOUND)
        after = decode(cursor, BOUND, SortBy.subject)
        rest = [position for position in order.sorted(positions) if order.is_after(position, after)]
    assert visited == order.sorted(positions)


@given(VALUES, st.integers(1, MAX_INTEGER), st.sampled_from([SortBy.subject, SortBy.closeDate, SortBy.ticketID]))
def test_a_cursor_is_read_as_it_was_made(value: str | None, ticketID: int, by: SortBy) -> None:
    cursor = encode(Position(value, ticketID), BOUND)
    assert cursor.isascii()
    assert not set(cursor) & set("+/=&# ")
    assert decode(cursor, BOUND, by) == Position(value, ticketID)


@given(VALUES, st.integers(1, MAX_INTEGER), st.data())
def test_any_damage_to_a_cursor_is_told(value: str | None, ticketID: int, data: st.DataObject) -> None:
    cursor = encode(Position(value, ticketID), BOUND)
    start = data.draw(st.integers(0, len(cursor)))
    end = data.draw(st.integers(start, min(len(cursor), start + 3)))
    other = data.draw(st.text(CHARACTERS, max_size=3).filter(lambda text: text != cursor[start:end]))
    assert "damaged" in refusal_of(cursor[:start] + other + cursor[end:], SortBy.subject)


def unchecked(document: object) -> str:
    """A text without a checksum."""
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


def refusal_of(cursor: str, by: SortBy = SortBy.lastMessageDate) -> str:
    with pytest.raises(InvalidCursor) as refusal:
        decode(cursor, BOUND, by)
    assert [fault.pointer for fault in refusal.value.faults] == ["cursor"]
    return refusal.value.detail


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "!!!!",
        "AA==",
        "A" * 10_000,
        encode(Position(A_MOMENT, 1), BOUND)[:-4],
        encode(Position(A_MOMENT, 1), BOUND) + "AAAA",
        base64.urlsafe_b64encode(b"[" * 10_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        base64.urlsafe_b64encode(f'["{BOUND}", "", {"9" * 5000}]'.encode()).decode(),
        unchecked({}),
        unchecked(7),
        unchecked(None),
        unchecked([BOUND, A_MOMENT, 1]),
        sealed(),
        sealed(BOUND),
        sealed(BOUND, A_MOMENT, 0),
        sealed(BOUND, A_MOMENT, -1),
        sealed(BOUND, A_MOMENT, True),
        sealed(BOUND, A_MOMENT, 1.5),
        sealed(BOUND, A_MOMENT, "1"),
        sealed(BOUND, A_MOMENT, 2**53),
        sealed(BOUND, None, 1),
        sealed(BOUND, "", 1),
        sealed(BOUND, "2026-01-31", 1),
        sealed(BOUND, 7, 1),
        sealed(BOUND, ["x"], 1),
    ],
)
def test_a_damaged_cursor_is_refused(cursor: str) -> None:
    assert "damaged" in refusal_of(cursor)


def test_a_cursor_of_another_list_is_refused() -> None:
    assert "another list" in refusal_of(encode(Position(A_MOMENT, 1), "f" * 24))


@given(st.text())
def test_any_text_that_was_not_made_here_is_refused(text: str) -> None:
    refusal_of(text)
