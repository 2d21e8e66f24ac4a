"""Conditional requests (RFC 9110 §13): a ticket's entity tag is its version, in quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.errors import Fault, InvalidRequest, PreconditionFailed

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
TAGS = re.compile(rf"[ \t,]*{_TAG}(?:[ \t]*,[ \t,]*{_TAG})*[ \t,]*")
"""A list of tags; a recipient ignores its empty elements (RFC 9110 §5.6.1)."""


def entity_tag(ticket: Ticket) -> str:
    """Return the strong entity tag of the ticket as it is."""
    return f'"{ticket.version}"'


@dataclass(frozen=True)
class Precondition:
    """A condition on a ticket (If-Match): to have one of these tags; None: only to exist."""

    tags: frozenset[str] | None = None

    def require(self, ticket: Ticket) -> None:
        """Raise PreconditionFailed when the ticket is at another version. A weak tag matches none."""
        if self.tags is not None and entity_tag(ticket) not in self.tags:
            fault = Fault("If-Match", f"must name the ticket's entity tag, {entity_tag(ticket)}")
            headers = {"ETag": entity_tag(ticket)}
            raise PreconditionFailed(f"The ticket is at version {ticket.version}.", [fault], headers)


def if_match(header: str | None) -> Precondition:
    """Return the precondition in an If-Match header; raises InvalidRequest for what is no entity tag."""
    if header is None or header.strip() == "*":
        return Precondition()
    if not TAGS.fullmatch(header):
        raise InvalidRequest("If-Match holds no entity tag.", [Fault("If-Match", "must be * or entity tags in quotes")])
    return Precondition(frozenset(re.findall(_TAG, header)))


def none_match(header: str | None, tag: str) -> bool:
    """Tell whether If-None-Match names this entity tag, so that 304 is the answer (weak comparison)."""
    if header is None:
        return False
    tags = {tag.removeprefix("W/") for tag in re.findall(_TAG, header)}
    return header.strip() == "*" or tag.removeprefix("W/") in tags
