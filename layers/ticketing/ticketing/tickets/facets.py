"""The facets of a ticket: what a list can be filtered by, each declared here once.

The parameters of a list, the attributes and indexes of the Tickets table, and the cells in which tickets are counted
follow from the declaration. Only processed tickets have facets: the indexes are sparse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from ticketing.directory.channel_type import LONGEST_TYPE, USUAL_TYPES
from ticketing.directory.end_user import LONGEST_UID
from ticketing.directory.principal import NOBODY
from ticketing.kernel.text import case_folded
from ticketing.tickets.model import LONGEST_STATUS

if TYPE_CHECKING:
    from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class TextParameter:
    """A parameter whose values are texts, written in a facet as `written` gives them; a longer one matches nothing."""

    name: str
    text: str
    longest: int
    written: Callable[[str], str] = str
    is_repeatable: bool = False
    example: str | None = None


@dataclass(frozen=True)
class NumberParameter:
    """A parameter whose values are integers, written in a facet as they are."""

    name: str
    text: str
    is_repeatable: bool = False


@dataclass(frozen=True)
class FlagParameters:
    """Parameters that are true or false, each by its name with its text, and make one value together, as `written`
    gives it."""

    texts: tuple[tuple[str, str], ...]
    written: Callable[..., str]

    def values(self, *flags: bool | None) -> frozenset[str]:
        """Return the values that a ticket may have with these flags; None: either way."""
        choices = ((False, True) if flag is None else (flag,) for flag in flags)
        return frozenset(self.written(*chosen) for chosen in product(*choices))


type Parameter = TextParameter | NumberParameter | FlagParameters


@dataclass(frozen=True)
class Facet:
    """An equality filter: how it is asked for, and a ticket's value in it.

    With an index, tickets are found by the facet alone, but every change writes more. In a facet that is not counted
    tickets are found by what they were counted as, and a list's total with them. `letter` names the facet in stored
    cells and must not change. `usual` are the values that free text mostly has.
    """

    name: str
    letter: str
    parameter: Parameter
    of: Callable[[Ticket], str | None]
    is_indexed: bool = True
    is_counted: bool = True
    usual: frozenset[str] = frozenset()


def _state(is_closed: bool, is_spam: bool) -> str:
    return ("closed" if is_closed else "open") + ("-spam" if is_spam else "")


def _marks(is_escalated: bool, is_important: bool) -> str:
    """Return what sets a ticket apart: most often nothing, which keeps cells short."""
    return "-".join(["escalated"] * is_escalated + ["important"] * is_important)


UID = Facet(
    "uid",
    "U",
    TextParameter("uid", "An end user's address, compared exactly.", LONGEST_UID),
    lambda ticket: ticket.uid,
    is_indexed=False,
    is_counted=False,
)
CHANNEL = Facet(
    "channel",
    "C",
    NumberParameter("channelIDs", "Channels.", is_repeatable=True),
    lambda ticket: str(ticket.channelID) if ticket.channelID else None,
)
REP = Facet(
    "rep",
    "R",
    NumberParameter("customerRepID", "Who holds it; 0: nobody."),
    lambda ticket: str(ticket.customerRepID or NOBODY),
)
STATUS = Facet(
    "status",
    "S",
    TextParameter(
        "status", "Statuses, ignoring case.", LONGEST_STATUS, case_folded, is_repeatable=True, example="Open"
    ),
    lambda ticket: case_folded(ticket.status),
    usual=frozenset({"open", "pending", "escalated", "closed"}),
)
TYPE = Facet(
    "type",
    "T",
    TextParameter("channelType", "A channel type, ignoring case.", LONGEST_TYPE, case_folded),
    lambda ticket: case_folded(ticket.channelType),
    is_indexed=False,
    usual=frozenset(map(case_folded, USUAL_TYPES)),
)
STATE_PARAMETERS = FlagParameters(
    (("isClosed", "Only closed ones, or none."), ("isSpam", "Only spam, or none.")), _state
)
STATE = Facet("state", "A", STATE_PARAMETERS, lambda ticket: _state(ticket.isClosed, ticket.isSpam))

MARKS = Facet(
    "marks",
    "M",
    FlagParameters(
        (("escalated", "Only escalated ones, or none."), ("isImportant", "Only important ones, or none.")), _marks
    ),
    lambda ticket: _marks(ticket.escalated, ticket.isImportant),
    is_indexed=False,
)

FACETS = (UID, CHANNEL, REP, STATUS, TYPE, STATE, MARKS)
"""Every facet, the one that usually leaves the fewest tickets first."""


def state_values(closed: bool | None, spam: bool | None) -> frozenset[str]:
    """Return the values of the state facet that a ticket may have; None: either way."""
    return STATE_PARAMETERS.values(closed, spam)
