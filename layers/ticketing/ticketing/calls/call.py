"""Phone calls: which ticket is a live one, how it is forwarded, and where its recording is kept."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from xml.sax.saxutils import escape

from pydantic import BaseModel, ConfigDict, Field

from ticketing.kernel.text import case_folded
from ticketing.tickets.model import Ticket, TicketView

CONTENT_TYPES = {"mp3": "audio/mpeg", "wav": "audio/wav"}
"""What a recording can be, by the ending of its name."""
_RECORDING = re.compile(rf"recordings/([1-9][0-9]{{0,15}})/(CA[0-9a-f]{{32}})\.({'|'.join(CONTENT_TYPES)})")


class CallForward(StrEnum):
    """What became of the call when its ticket was taken."""

    forwarded = "forwarded"
    notApplicable = "notApplicable"
    failed = "failed"


class AssignDraft(BaseModel):
    """What a client may write when it takes a ticket: nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AssignedView(TicketView):
    """A ticket that was taken, as clients read it."""

    callForward: CallForward = Field(
        description=(
            "What became of the call: forwarded, notApplicable where there was nothing to redirect, or failed."
        )
    )


@dataclass(frozen=True)
class Recording:
    """A recording of a call, named as the copier of the telephony provider's recordings names it."""

    customerID: int
    callSid: str
    ending: str

    @classmethod
    def named(cls, key: str) -> Self | None:
        """The recording with this name (an object's key), None for any other object."""
        found = _RECORDING.fullmatch(key)
        return cls(int(found[1]), found[2], found[3]) if found else None

    @property
    def key(self) -> str:
        """The recording's name."""
        return f"recordings/{self.customerID}/{self.callSid}.{self.ending}"

    @property
    def content_type(self) -> str:
        """The media type of its sound."""
        return CONTENT_TYPES[self.ending]


def recordings_of(customerID: int, callSid: str) -> list[Recording]:
    """Every name that a recording of the call may have."""
    return [Recording(customerID, callSid, ending) for ending in CONTENT_TYPES]


def is_live(ticket: Ticket) -> bool:
    """Whether the ticket is a phone call that, by all we know, goes on."""
    on_the_phone = case_folded(ticket.channelType) == case_folded("Phone") and ticket.twilio_CallSid is not None
    return on_the_phone and ticket.endDate is None and not ticket.isClosed


def dialling(number: str) -> str:
    """What the telephony provider is to do with a call (TwiML): connect it with `number`."""
    return f"<Response><Dial>{escape(number)}</Dial></Response>"
