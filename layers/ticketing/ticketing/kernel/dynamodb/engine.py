"""Calls to DynamoDB, and the meaning of their failures: a store that does not answer is a 503, never a 500."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import batched, chain, islice
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ticketing.kernel.dynamodb.call import CONFLICT, FAILED_CONDITION, Call
from ticketing.kernel.dynamodb.values import AttributeValues, plain_values, typed_value
from ticketing.kernel.ports import Contended
from ticketing.kernel.retries import AT_ONCE, Refusal, attempted, pause

if TYPE_CHECKING:
    from ticketing.kernel.aws.client import JsonClient


type Item = dict[str, Any]
"""An item in plain Python values."""

_MEANINGFUL = frozenset(
    {
        "ConditionalCheckFailedException",
        "TransactionCanceledException",
        "ValidationException",
        "SerializationException",
        "IdempotentParameterMismatchException",
    }
)
"""Refusals that say something about the call itself; the last three are defects of ours."""
_CONFLICT = "TransactionConflictException"

READ_BATCH = 100
"""Items in one BatchGetItem (an AWS limit)."""
WRITE_BATCH = 25
"""Items in one BatchWriteItem (an AWS limit)."""
ATTEMPTS = 5
"""Times that the rest of a batch, or a busy item, is tried."""


class Refused(Exception):
    """A condition did not hold; `current` is the item that stood there, None where there was none. `is_repeated` says
    that the call was sent before, and may have been carried out then."""

    def __init__(self, current: Item | None, is_repeated: bool = False) -> None:
        super().__init__()
        self.current = current
        self.is_repeated = is_repeated


class TransactionRefused(Exception):
    """A condition of a transaction did not hold; `codes` and `items` are per action, in its order (an item: what stood
    there). `is_repeated` as in Refused."""

    def __init__(self, codes: list[str], items: list[Item | None], is_repeated: bool = False) -> None:
        super().__init__()
        self.codes = codes
        self.items = items
        self.is_repeated = is_repeated


def _tries() -> Iterator[int]:
    """Count tries from 0, with a pause before another one, as long as the time that is left bears it."""
    for attempt in range(ATTEMPTS):
        if attempt and not pause(attempt - 1):
            return
        yield attempt


def _with_next[Each](under_way: deque[Each], others: Iterator[Each]) -> Iterator[Each]:
    """Yield what is under way, in order; for each that is taken, begin one of the others."""
    while under_way:
        yield under_way.popleft()
        under_way.extend(islice(others, 1))


def plain(item: Mapping[str, Any]) -> Item:
    """Return an item, as DynamoDB and its streams give it, in plain values."""
    return plain_values(item)


class Engine:
    """A DynamoDB client that takes and returns plain Python values."""

    def __init__(self, client: "JsonClient") -> None:
        self._client = client

    def call(self, operation: str, **parameters: Any) -> Any:
        """Return the reply of an operation, named as boto3's method; raises Refused, TransactionRefused, Throttled,
        Contended, Unavailable. All tries of a transaction have one token, so that DynamoDB carries it out once."""
        return self.ask(operation, **parameters)()

    def ask(self, operation: str, **parameters: Any) -> Callable[[], Any]:
        """Call an operation, and return what waits for its reply and raises what `call` does. Calls that do not wait
        for each other are asked first and waited for then: threads would take half as long again of the processor."""
        if operation == "transact_write_items":
            parameters = {"ClientRequestToken": str(uuid4()), **parameters}
        call = Call(self._client, operation, parameters)
        call.begin()
        return lambda: self._answer(call)

    def _answer(self, call: Call) -> Any:
        try:
            # after a try whose answer was lost, a conflict says nothing about that try: then the call is tried again
            return attempted("The store", call.reply, call, lambda code: _has_meaning(code, call.sent))
        except Refusal as refusal:
            meaning = self._meaning(refusal, call.sent > 1)
            if meaning is None:
                raise
            raise meaning from refusal

    def insist(self, operation: str, **parameters: Any) -> Any:
        """Call an operation on one item, again while a transaction holds the item; raises Refused, Unavailable."""
        for _ in _tries():
            with suppress(Contended):
                return self.call(operation, **parameters)
        raise Call(self._client, operation, parameters).busy("held by transactions")

    def batch_get(self, table: str, keys: Iterable[Item], fresh: bool = True) -> Iterator[Item]:
        """Read items by plain keys, strongly consistent if `fresh`, in as many calls as `batch_get_typed`."""
        return map(self.plain, self.batch_get_typed(table, map(self.typed, keys), ConsistentRead=fresh))

    def batch_get_typed(self, table: str, keys: Iterable[AttributeValues], **options: Any) -> Iterator[AttributeValues]:
        """Ask for items by keys, both in DynamoDB's own form, with options of KeysAndAttributes; 100 in a call. AT_ONCE
        calls are sent at once, each further one when a reply has come. Ask again for those that a reply leaves out."""
        batches = batched(keys, READ_BATCH, strict=False)
        asked = (self.ask("batch_get_item", RequestItems={table: {**options, "Keys": batch}}) for batch in batches)
        under_way = deque(islice(asked, AT_ONCE))
        return chain.from_iterable(self._whole_batch(table, wait) for wait in _with_next(under_way, asked))

    def _whole_batch(self, table: str, wait: Callable[[], Any]) -> Iterator[AttributeValues]:
        for _ in _tries():
            reply = wait()
            yield from reply["Responses"].get(table, ())
            left = reply.get("UnprocessedKeys", {})
            if not left:
                return
            wait = partial(self.call, "batch_get_item", RequestItems=left)
        raise Call(self._client, "batch_get_item", {"RequestItems": left}).busy("left out in part")

    def query(self, query: Mapping[str, Any]) -> Iterator[Item]:
        """Return all items that a query finds, page by page as they are asked for."""
        for page in self.pages("query", query):
            yield from page

    def pages(self, operation: str, parameters: Mapping[str, Any]) -> Iterator[list[Item]]:
        """Return the pages of a query or a scan, as they are asked for."""
        yield from self.asked_pages(operation, parameters)

    def asked_pages(self, operation: str, parameters: Mapping[str, Any]) -> Iterator[list[Item]]:
        """Return the pages of a query or a scan; the first is asked for at once, the others when they are wanted."""
        return self._pages(self.ask(operation, **parameters), operation, parameters)

    def _pages(self, wait: Callable[[], Any], operation: str, parameters: Mapping[str, Any]) -> Iterator[list[Item]]:
        while True:
            reply = wait()
            yield [self.plain(item) for item in reply["Items"]]
            if "LastEvaluatedKey" not in reply:
                return
            wait = self.ask(operation, **parameters, ExclusiveStartKey=reply["LastEvaluatedKey"])

    def batch_write(self, table: str, requests: Iterable[Mapping[str, Any]]) -> None:
        """Put and delete items, 25 at a time; send again those that DynamoDB leaves out."""
        for batch in batched(requests, WRITE_BATCH, strict=False):
            left: Sequence[Mapping[str, Any]] = batch
            for _ in _tries():
                reply = self.call("batch_write_item", RequestItems={table: left})
                left = reply.get("UnprocessedItems", {}).get(table, [])
                if not left:
                    break
            else:
                raise Call(self._client, "batch_write_item", {"RequestItems": {table: left}}).busy("left out in part")

    def typed(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """Return an item as DynamoDB takes it; empty attributes are left out."""
        return {name: typed_value(value) for name, value in item.items() if value is not None}

    def plain(self, item: Mapping[str, Any]) -> Item:
        """Return an item in plain values."""
        return plain(item)

    def _meaning(self, refusal: Refusal, is_repeated: bool) -> Exception | None:
        """Return what a refusal means to callers; None where it is a defect of ours."""
        document = refusal.document
        if refusal.code == "ConditionalCheckFailedException":
            return Refused(self.plain(document["Item"]) if document.get("Item") else None, is_repeated)
        if refusal.code == "TransactionCanceledException":
            reasons = document.get("CancellationReasons", [])
            codes = [reason.get("Code", "None") for reason in reasons]
            if CONFLICT in codes:
                return Contended()
            items = [self.plain(reason["Item"]) if reason.get("Item") else None for reason in reasons]
            return TransactionRefused(codes, items, is_repeated) if FAILED_CONDITION in codes else None
        return Contended() if refusal.code == _CONFLICT else None


def _has_meaning(code: str, sent: int) -> bool:
    return code in _MEANINGFUL or (code == _CONFLICT and sent == 1)
