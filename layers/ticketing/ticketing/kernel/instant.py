"""Points in time, kept as text: `YYYY-MM-DDTHH:MM:SS.mmmZ`, so that text order is time order.

Read from any RFC 3339 date-time with a zone, truncated to milliseconds; years 1970 to 9999 (UTC).
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))", re.ASCII
)

_CANONICAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def is_canonical(text: str) -> bool:
    """Return whether `text` has the form in which points in time are kept."""
    return _CANONICAL.fullmatch(text) is not None


def canonical(moment: datetime) -> str:
    """Return `moment` (with a zone) in the form that is kept; raises ValueError outside the years 1970 to 9999."""
    utc = moment.astimezone(UTC)
    if utc.year < 1970:
        raise ValueError("must lie in the years 1970 to 9999")
    return f"{utc.replace(tzinfo=None):%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def parse_instant(text: object) -> object:
    """Return RFC 3339 text in the form that is kept, and any other type as it is, for the caller's type check; raises
    ValueError."""
    if not isinstance(text, str):
        return text
    if is_canonical(text) and _is_real(text):
        return text  # at a tenth of the price: whatever is stored is read like this
    found = _RFC3339.fullmatch(text)
    if not found:
        raise ValueError("must be an RFC 3339 date-time with a zone, such as 2026-01-31T09:30:00Z")
    *date_and_time, fraction, sign, hours, minutes = found.groups()
    if sign and (int(hours) > 23 or int(minutes) > 59):
        raise ValueError("must have a zone offset within ±23:59")
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        local = datetime(*map(int, date_and_time), microsecond=int((fraction or "0")[:3].ljust(3, "0")) * 1000)  # type: ignore[arg-type, misc]
        return canonical((local - offset).replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise ValueError("must be a real date and time in the years 1970 to 9999") from error


def _is_real(text: str) -> bool:
    """Tell whether a text of the form that is kept is a moment, of the years 1970 to 9999."""
    try:
        return datetime.fromisoformat(text).year >= 1970
    except ValueError:
        return False


Instant = Annotated[str, BeforeValidator(parse_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
