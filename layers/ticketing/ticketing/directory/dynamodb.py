"""The directory, in a table of its own, and a cache of it."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from ticketing.directory.model import MODELS, Channel, ChatChannel, Customer, Entry
from ticketing.errors import Unavailable

if TYPE_CHECKING:
    from ticketing.directory.ports import Directory
    from ticketing.kernel.dynamodb.engine import Engine, Item

CACHED_FOR = 60
"""Seconds for which an entry, or its absence, is cached."""
MAX_ENTRIES = 10_000
"""Entries that are cached."""


@dataclass(frozen=True)
class DynamoDirectory:
    """A Directory without a cache. Entries are read strongly consistent if `fresh`: at half the price if not."""

    engine: Engine
    table: str
    fresh: bool = True

    def entries(self, customerID: int, keys: Collection[str]) -> Mapping[str, Entry]:
        """Read 100 with a call."""
        return self.ask(customerID, keys)()

    def ask(self, customerID: int, keys: Collection[str]) -> Callable[[], Mapping[str, Entry]]:
        """Ask for the first 100 at once."""
        wanted = [entry_key(customerID, key) for key in dict.fromkeys(keys)]
        items = self.engine.batch_get(self.table, wanted, self.fresh)
        return lambda: {item["entry"]: entry_in(item) for item in items}

    def beginning(self, customerID: int, prefix: str, at_most: int | None = None) -> Mapping[str, Entry]:
        """Make one strongly consistent query."""
        values = {":customerID": customerID, ":prefix": prefix}
        return self._query("customerID = :customerID AND begins_with(entry, :prefix)", values, at_most)

    def load(self, customer: Customer) -> None:
        """Write a customer's whole directory; no other entry is touched."""
        for key, entry in customer.entries():
            self.put(customer.customerID, key, entry)

    def everything(self, customerID: int) -> Mapping[str, Entry]:
        """Return every entry of a customer, by name; one strongly consistent query."""
        return self._query("customerID = :customerID", {":customerID": customerID})

    def put(self, customerID: int, key: str, entry: Entry) -> None:
        item = entry.model_dump() | {"customerID": customerID, "entry": key}
        self.engine.call("put_item", TableName=self.table, Item=self.engine.typed(item))

    def remove(self, customerID: int, key: str) -> None:
        """Remove one entry; may be repeated."""
        key_of_item = self.engine.typed(entry_key(customerID, key))
        self.engine.call("delete_item", TableName=self.table, Key=key_of_item)

    def _query(self, condition: str, values: Item, at_most: int | None = None) -> Mapping[str, Entry]:
        query = {
            "TableName": self.table,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": self.engine.typed(values),
            "ConsistentRead": True,
        }
        return {item["entry"]: entry_in(item) for item in islice(self.engine.query(query), at_most)}


@dataclass(frozen=True)
class DynamoChatChannels:
    """ChatChannels of the directory's index by token, which follows the table within a second or so."""

    engine: Engine
    table: str

    def with_token(self, token: str) -> ChatChannel | None:
        """Make one query. A token that two channels have belongs to neither."""
        found = self.all_with_token(token)
        return found[0] if len(found) == 1 else None

    def all_with_token(self, token: str) -> list[ChatChannel]:
        """Make one query for every channel, of any customer, that has the token."""
        query = {
            "TableName": self.table,
            "IndexName": "byToken",
            "KeyConditionExpression": "#token = :token",
            "ExpressionAttributeNames": {"#token": "token"},
            "ExpressionAttributeValues": self.engine.typed({":token": token}),
        }
        return [ChatChannel(item["customerID"], Channel.model_validate(item)) for item in self.engine.query(query)]


@dataclass(frozen=True)
class AskedAhead:
    """Entries that were asked for ahead: until when they count, and what waits for them."""

    customerID: int
    keys: Collection[str]
    until: float
    wait: Callable[[], Mapping[str, Entry]]

    def serves(self, customerID: int, keys: Collection[str], now: float) -> bool:
        """Tell whether some of these keys of a customer are among them, and still count."""
        return self.customerID == customerID and now < self.until and not set(keys).isdisjoint(self.keys)


@dataclass(frozen=True)
class CachedDirectory:
    """A Directory whose entries may be a minute old; `clock` in seconds."""

    directory: Directory
    clock: Callable[[], float]
    _known: OrderedDict[tuple[int, str], tuple[float, Entry | None]] = field(default_factory=OrderedDict, repr=False)
    _asked: deque[AskedAhead] = field(default_factory=lambda: deque(maxlen=1), repr=False)
    """Only what was asked last is kept: a request that is refused never reads it."""

    def entries(self, customerID: int, keys: Collection[str]) -> Mapping[str, Entry]:
        """Read all entries that are not cached at once, but for those that were asked ahead."""
        if missing := self.unknown(customerID, keys):
            self._learn_asked(customerID, missing)
        if missing := self.unknown(customerID, keys):
            self.learn(customerID, missing, self.directory.entries(customerID, missing))
        known = {key: self._known[customerID, key][1] for key in keys}
        while len(self._known) > MAX_ENTRIES:
            self._known.popitem(last=False)
        return {key: entry for key, entry in known.items() if entry is not None}

    def ask(self, customerID: int, keys: Collection[str]) -> Callable[[], Mapping[str, Entry]]:
        """Ask ahead for what is not cached."""
        if missing := self.unknown(customerID, keys):
            wait = self.directory.ask(customerID, missing)
            self._asked.append(AskedAhead(customerID, missing, self.clock() + CACHED_FOR, wait))
        return lambda: self.entries(customerID, keys)

    def unknown(self, customerID: int, keys: Collection[str]) -> list[str]:
        """Return the names of which it is not known whether there is an entry."""
        now = self.clock()
        return [key for key in keys if self._known.get((customerID, key), (0.0, None))[0] <= now]

    def learn(self, customerID: int, keys: Collection[str], found: Mapping[str, Entry]) -> None:
        """Cache what was found of these names."""
        self._learn(customerID, keys, found, self.clock() + CACHED_FOR)

    def beginning(self, customerID: int, prefix: str, at_most: int | None = None) -> Mapping[str, Entry]:
        """Read anew each time: which names exist is not cached."""
        return self.directory.beginning(customerID, prefix, at_most)

    def _learn_asked(self, customerID: int, missing: Collection[str]) -> None:
        """Learn what was asked ahead of what is missing; drop what another request asked for and did not read."""
        try:
            asked = self._asked.pop()
        except IndexError:
            return
        if asked.serves(customerID, missing, self.clock()):
            with suppress(Unavailable):  # whoever reads asks anew, and raises what comes of that
                self._learn(customerID, asked.keys, asked.wait(), asked.until)

    def _learn(self, customerID: int, keys: Collection[str], found: Mapping[str, Entry], until: float) -> None:
        self._known.update({(customerID, key): (until, found.get(key)) for key in keys})


def entry_key(customerID: int, key: str) -> Item:
    return {"customerID": customerID, "entry": key}


def entry_in(item: Item) -> Entry:
    return MODELS[item["entry"].split("#", 1)[0]](item)
