"""A call to DynamoDB, which can be sent ahead of the wait for its reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ticketing.errors import Unavailable
from ticketing.kernel.retries import TRIES, NoAnswer, Refusal, has_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ticketing.kernel.aws.client import JsonClient


FAILED_CONDITION, CONFLICT = "ConditionalCheckFailed", "TransactionConflict"
"""Reasons for which DynamoDB cancels a transaction: whoever sent it decides anew, by what stands there now."""
_THROTTLES = frozenset({"ThrottlingError", "ProvisionedThroughputExceeded"})
"""Reasons for which it cancels a transaction that may be sent again as it is."""


class Throttled(Unavailable):
    """A transaction was cancelled for lack of throughput as often as it was tried; a client is told Unavailable."""

    code = Unavailable.__name__


@dataclass
class Call:
    """A call of an operation, named as boto3's method; `sent` counts its tries. In the log it is the operation and the
    tables that it is about."""

    client: JsonClient
    operation: str
    parameters: Mapping[str, Any]
    sent: int = 0
    _wait: Callable[[], Any] | None = None

    def begin(self) -> None:
        """Send it ahead, if there is time for a call; where that fails, `reply` fails. To a host that is not reached
        none is sent ahead: each would wait for a connection."""
        if has_time() and self.client.connections.is_reached:
            try:
                self._wait = self._send()
            except NoAnswer as failure:
                self._wait = _raising(failure)

    def reply(self) -> Any:
        """Return the reply to what was sent ahead, the first time, or send it; raises Refusal, NoAnswer, at the last try
        Throttled."""
        wait, self._wait = self._wait or self._send(), None
        try:
            return wait()
        except Refusal as refusal:
            throttle = _throttle(refusal)
            if throttle and self.sent >= TRIES:
                raise Throttled("The store is busy.", about=f"{self}: {throttle.code}") from None
            raise throttle or refusal from None

    def busy(self, reason: str) -> Unavailable:
        """Return the refusal of a call that was tried often enough."""
        return Unavailable("The store is busy.", about=f"{self}: {reason}")

    @property
    def _name(self) -> str:
        return self.operation.title().replace("_", "")

    def _send(self) -> Callable[[], Any]:
        self.sent += 1
        return self.client.ask(self._name, self.parameters)

    def __str__(self) -> str:
        actions = self.parameters.get("TransactItems", ())
        tables = {change["TableName"] for action in actions for change in action.values()}
        tables |= {*self.parameters.get("RequestItems", ())} | {self.parameters.get("TableName", "")} - {""}
        return f"{self._name} of {', '.join(sorted(tables))}"


def _throttle(refusal: Refusal) -> Refusal | None:
    """Return a transaction's refusal for lack of throughput as that of a single call, which passes; None for any other,
    and where a condition failed or another transaction came between as well: these decide."""
    reasons = {reason.get("Code") for reason in refusal.document.get("CancellationReasons", ())}
    throttles = sorted(_THROTTLES & reasons)
    if not throttles or not reasons.isdisjoint((FAILED_CONDITION, CONFLICT)):
        return None
    return Refusal(throttles[0], 400, "TransactWriteItems", may_pass=True)


def _raising(failure: Exception) -> Callable[[], Any]:
    def fail() -> Any:
        raise failure

    return fail
