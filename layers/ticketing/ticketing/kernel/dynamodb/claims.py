"""Claims of requests of many changes with an idempotency key, in the Ephemera table."""

from dataclasses import asdict, dataclass
from typing import Any

from ticketing.kernel.dynamodb.engine import Engine, Refused
from ticketing.kernel.ports import AlreadyDone, Claim

_FREE = (
    "attribute_not_exists(#key) OR expiresAt <= :now "
    "OR (attribute_not_exists(#result) AND leasedUntil <= :now AND digest = :digest)"
)
_NAMES = {"#key": "key", "#result": "result"}


@dataclass(frozen=True)
class DynamoClaims:
    """Claims of a DynamoDB table. TTL removes late, so times are compared."""

    engine: Engine
    table: str

    def take(self, claim: Claim, now: int) -> Claim | None:
        """Make one conditional write, whose failure returns the claim in the way; an own earlier try is not in the
        way."""
        try:
            self.engine.insist(
                "put_item",
                TableName=self.table,
                Item=self.engine.typed(asdict(claim)),
                ConditionExpression=_FREE,
                ExpressionAttributeNames=_NAMES,
                ExpressionAttributeValues=self.engine.typed({":now": now, ":digest": claim.digest}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except Refused as refused:
            standing = Claim(**(refused.current or {}))
            return None if standing.owner == claim.owner else standing
        return None

    def settle(self, claim: Claim) -> None:
        """Make one write, conditional on the owner."""
        try:
            self.engine.insist(
                "put_item",
                TableName=self.table,
                Item=self.engine.typed(asdict(claim)),
                **self._owned(claim),
            )
        except Refused as refused:
            raise AlreadyDone from refused

    def drop(self, claim: Claim) -> None:
        """Make one delete, conditional on the owner."""
        try:
            self.engine.insist(
                "delete_item",
                TableName=self.table,
                Key=self.engine.typed({"key": claim.key}),
                **self._owned(claim),
            )
        except Refused:
            return  # another request took it over, and drops it itself

    def _owned(self, claim: Claim) -> dict[str, Any]:
        """Return the condition that the claim has not been taken over."""
        return {
            "ConditionExpression": "#owner = :owner",
            "ExpressionAttributeNames": {"#owner": "owner"},
            "ExpressionAttributeValues": self.engine.typed({":owner": claim.owner}),
        }
