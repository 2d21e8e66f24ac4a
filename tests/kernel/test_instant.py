"""Points in time: RFC 3339 with a zone, kept in one form whose text order is time order."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.kernel.instant import canonical, is_canonical, parse_instant

OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30), timezones=OFFSETS)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-01-31T09:30:00Z", "2026-01-31T09:30:00.000Z"),
        ("2026-01-31t09:30:00z", "2026-01-31T09:30:00.000Z"),
        ("2026-01-31T09:30:00+00:00", "2026-01-31T09:30:00.000Z"),
        ("2026-01-31T09:30:00-00:00", "2026-01-31T09:30:00.000Z"),
        ("2026-01-31T09:30:00+01:00", "2026-01-31T08:30:00.000Z"),
        ("2026-01-31T23:30:00-05:30", "2026-02-01T05:00:00.000Z"),
        ("2026-01-01T00:30:00+23:59", "2025-12-31T00:31:00.000Z"),
        ("2026-01-31T09:30:00.1Z", "2026-01-31T09:30:00.100Z"),
        ("2026-01-31T09:30:00.1239999999999999Z", "2026-01-31T09:30:00.123Z"),
        ("2026-01-31T23:59:59.9999999Z", "2026-01-31T23:59:59.999Z"),
        ("2026-01-31T09:30:00.000Z", "2026-01-31T09:30:00.000Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"),
        ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
        ("1969-12-31T23:30:00-01:00", "1970-01-01T00:30:00.000Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        ("9999-12-31T23:59:59+00:01", "9999-12-31T23:58:59.000Z"),
    ],
)
def test_rfc_3339_is_kept_in_one_form(text: str, kept: str) -> None:
    assert parse_instant(text) == kept
    assert is_canonical(kept)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-31",
        "2026-01-31T09:30:00",
        "2026-01-31 09:30:00Z",
        "2026-01-31T09:30Z",
        "2026-01-31T09:30:00.Z",
        "2026-01-31T09:30:00,5Z",
        "2026-01-31T09:30:00+0100",
        "2026-01-31T09:30:00+01",
        "2026-01-31T09:30:00 Z",
        " 2026-01-31T09:30:00Z",
        "2026-01-31T09:30:00Z\n",
        "2026-1-31T09:30:00Z",
        "26-01-31T09:30:00Z",
        "+2026-01-31T09:30:00Z",
        "20260131T093000Z",
        "2026-W05-6T09:30:00Z",
        "2026-031T09:30:00Z",
        "٢٠٢٦-01-31T09:30:00Z",
        "now",
        "1769851800",
    ],
)
def test_what_is_no_rfc_3339_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="RFC 3339"):
        parse_instant(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T09:60:00Z",
        "2026-01-31T09:30:61Z",
        "2016-12-31T23:59:60Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "1969-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    ],
)
def test_what_is_no_date_of_the_years_1970_to_9999_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="1970 to 9999"):
        parse_instant(text)


@pytest.mark.parametrize("zone", ["+24:00", "-24:00", "+01:60", "+99:99"])
def test_what_is_no_offset_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="23:59"):
        parse_instant("2026-01-31T09:30:00" + zone)


@pytest.mark.parametrize("value", [None, 7, True, 1.5, [], {}])
def test_what_is_no_text_is_left_to_the_type_check(value: object) -> None:
    assert parse_instant(value) == value


@given(MOMENTS)
def test_a_moment_is_kept_to_the_millisecond_whatever_its_zone(moment: datetime) -> None:
    kept = parse_instant(moment.isoformat())
    assert kept == canonical(moment)
    assert moment - datetime.fromisoformat(str(kept)) == timedelta(microseconds=moment.microsecond % 1000)


@given(MOMENTS, MOMENTS)
def test_text_order_is_time_order(one: datetime, other: datetime) -> None:
    if canonical(one) < canonical(other):
        assert one < other
    if one <= other:
        assert canonical(one) <= canonical(other)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert is_canonical(str(parse_instant(text)))


def test_a_moment_before_1970_is_refused() -> None:
    with pytest.raises(ValueError, match="1970"):
        canonical(datetime(1969, 12, 31, tzinfo=UTC))


@pytest.mark.parametrize("text", ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.000z", "", "2026-01-31T09:30:00.000Z\n"])
def test_another_form_is_not_the_kept_one(text: str) -> None:
    assert not is_canonical(text)
