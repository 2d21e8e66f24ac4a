"""Ports of calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ticketing.calls.call import CallForward, Recording
    from ticketing.tickets.model import Ticket


class CallStore(Protocol):
    """Calls by their CallSid, strongly consistent: the ticket that has it, its recording, its forwarding."""

    def recording(self, customerID: int, callSid: str) -> Recording | None:
        """Return the recording of the call, None as long as none has arrived."""

    def record(self, recording: Recording) -> int | None:
        """Note that a recording has arrived; return the ticketID that has the call. May be repeated.

        A ticket that takes the call at the same time is either returned here, or finds the recording when it is
        written.
        """

    def begin_forward(self, ticket: Ticket, repID: int) -> bool:
        """Mark the ticket's call as being forwarded to a representative. Return False, and mark nothing, where it was
        forwarded to them before, unless that failed, or where the ticket no longer has the call."""

    def end_forward(self, ticket: Ticket, repID: int, callForward: CallForward) -> None:
        """Note how forwarding the ticket's call ended, after `begin_forward`."""

    def forget(self, customerID: int, ticketID: int, callSid: str) -> bool:
        """Remove the call of a ticket that is gone; return False when another has it, or when that one is there again.
        May be repeated."""


class RecordingStore(Protocol):
    """The recordings of calls, as audio files."""

    def size(self, recording: Recording) -> int | None:
        """Return the bytes of a recording, None when it is not there; raises Unavailable."""

    def url(self, recording: Recording, filename: str, seconds: int) -> str:
        """Return the URL at which a browser can play the recording, without any token, for some seconds."""

    def delete(self, recordings: Sequence[Recording]) -> None:
        """Remove recordings; may be repeated; raises Unavailable."""


class Telephony(Protocol):
    """The telephony provider of the deployment."""

    def has_account(self) -> bool:
        """Return whether there is an account to act for; one that cannot be read counts."""

    def forward(self, callSid: str, number: str) -> None:
        """Connect a live call with a number; raises Unavailable when that failed, or when the outcome is not known in
        time."""
