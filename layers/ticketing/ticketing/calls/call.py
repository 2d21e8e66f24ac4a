"""Phone calls: which ticket is a live one, and the names of recordings."""

import re
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Self

from ticketing.directory.channel_type import PHONE
from ticketing.kernel.text import case_folded
from ticketing.tickets.model import Ticket

CONTENT_TYPES = {"mp3": "audio/mpeg", "wav": "audio/wav"}
"""The media types of recordings, by the ending of their names."""
_RECORDING = re.compile(rf"recordings/([1-9][0-9]{{0,15}})/(CA[0-9a-f]{{32}})\.({'|'.join(CONTENT_TYPES)})")


class CallForward(StrEnum):
    """The outcome for the call when its ticket was assigned."""

    forwarded = "forwarded"
    notApplicable = "notApplicable"
    failed = "failed"


@dataclass(frozen=True)
class Recording:
    """A recording of a call, named as the copier of the telephony provider's recordings names it."""

    customerID: int
    callSid: str
    ending: str

    @classmethod
    def named(cls, key: str) -> Self | None:
        """Return the recording with this name (an object's key), None for any other object."""
        found = _RECORDING.fullmatch(key)
        return cls(int(found[1]), found[2], found[3]) if found else None

    @property
    def key(self) -> str:
        return f"recordings/{self.customerID}/{self.callSid}.{self.ending}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.ending]


def recordings_of(customerID: int, callSid: str) -> list[Recording]:
    """Return every name that a recording of the call may have."""
    return [Recording(customerID, callSid, ending) for ending in CONTENT_TYPES]


def is_live(ticket: Ticket) -> bool:
    """Return whether the ticket is a phone call that, as far as we know, goes on."""
    on_the_phone = case_folded(ticket.channelType) == case_folded(PHONE) and ticket.twilio_CallSid is not None
    return on_the_phone and ticket.endDate is None and not ticket.isClosed


def dialling(number: str) -> str:
    """Return the TwiML that connects a call with `number`."""
    return f"<Response><Dial>{escape(number, quote=False)}</Dial></Response>"
