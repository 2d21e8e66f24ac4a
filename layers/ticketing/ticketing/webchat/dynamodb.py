"""Token buckets in the Ephemera table. One conditional write both decides on a token and takes it."""

from dataclasses import dataclass

from ticketing.kernel.dynamodb.engine import Engine, Item, Refused
from ticketing.webchat.token_bucket import MINUTE, TokenBucket


@dataclass(frozen=True)
class DynamoTokenBuckets:
    """Token buckets of a DynamoDB table."""

    engine: Engine
    table: str

    def spend(self, bucket: TokenBucket, now: int, spender: str) -> int:
        """Make one write where the bucket is full, and one, refused, where it is empty; two where it is neither."""
        latest = now + MINUTE - bucket.interval
        stood = self._spent(bucket, now, spender, full_before=now, refill=":now")
        if stood and bucket.wait(stood["fullAt"], now) == 0:
            stood = self._spent(bucket, now, spender, full_before=latest, refill="if_not_exists(fullAt, :now)")
        return bucket.wait(stood["fullAt"], now) if stood else 0

    def _spent(self, bucket: TokenBucket, now: int, spender: str, full_before: int, refill: str) -> Item | None:
        """Spend a token where the bucket is full again by `full_before`, counting from `refill`. Return the item where
        it is not; None where the token is spent, now or by the same spender before."""
        values = {":now": now, ":interval": bucket.interval, ":by": full_before, ":spender": spender}
        try:
            self.engine.insist(
                "update_item",
                TableName=self.table,
                Key=self.engine.typed({"key": bucket.name}),
                UpdateExpression=f"SET fullAt = {refill} + :interval, spender = :spender, expiresAt = :expiresAt",
                ConditionExpression="attribute_not_exists(fullAt) OR (fullAt <= :by AND spender <> :spender)",
                ExpressionAttributeValues=self.engine.typed(values | {":expiresAt": (now + 2 * MINUTE) // 1000}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except Refused as refused:
            stood = refused.current
            return stood if stood and stood["spender"] != spender else None
        return None
