"""Where calls and their recordings are kept, and who connects them."""

from collections.abc import Sequence
from typing import Protocol

from ticketing.calls.call import CallForward, Recording
from ticketing.tickets.model import Ticket


class CallStore(Protocol):
    """Calls by their CallSid, read as they are now: the ticket that has it, its recording, where it was forwarded."""

    def recording(self, customerID: int, callSid: str) -> Recording | None:
        """The recording of the call, None as long as none has arrived."""

    def record(self, recording: Recording) -> int | None:
        """Notes that a recording has arrived; gives the ticketID that has the call. May be repeated.

        A ticket that takes the call at the same time either is given here, or finds the recording when it is written.
        """

    def begin_forward(self, ticket: Ticket, repID: int) -> bool:
        """Marks the ticket's call as being forwarded to a representative: False, and nothing marked, where it was
        forwarded to them before, unless that failed, or where the ticket no longer has the call."""

    def end_forward(self, ticket: Ticket, repID: int, callForward: CallForward) -> None:
        """Notes how forwarding the ticket's call ended, after `begin_forward`."""

    def forget(self, customerID: int, callSid: str) -> bool:
        """Removes a call that no ticket has; False when one has it. May be repeated."""


class RecordingStore(Protocol):
    """The recordings of calls, as sound."""

    def size(self, recording: Recording) -> int | None:
        """Bytes of a recording, None when it is not there; raises Unavailable."""

    def url(self, recording: Recording, filename: str, seconds: int) -> str:
        """Where a browser can play the recording, without any token, for some seconds."""

    def delete(self, recordings: Sequence[Recording]) -> None:
        """Removes recordings; may be repeated; raises Unavailable."""


class Telephony(Protocol):
    """The telephony provider of the deployment."""

    def has_account(self) -> bool:
        """Whether there is an account to act for; raises Unavailable."""

    def forward(self, callSid: str, number: str) -> None:
        """Connects a live call with a number; raises Unavailable when that failed, or when nobody knows in time."""
