"""Webchat's ports in memory: channels by token, and token buckets."""

from dataclasses import dataclass, field
from threading import Lock

from tests.fakes import InMemoryDirectory
from ticketing.directory.model import Channel, ChatChannel
from ticketing.webchat.token_bucket import TokenBucket


@dataclass
class InMemoryChatChannels:
    """The chat channels of a directory."""

    directory: InMemoryDirectory

    def with_token(self, token: str) -> ChatChannel | None:
        entries = ((customerID, entry) for (customerID, _), entry in self.directory.kept.items())
        found = [
            ChatChannel(customerID, entry)
            for customerID, entry in entries
            if isinstance(entry, Channel) and entry.token == token
        ]
        return found[0] if len(found) == 1 else None


@dataclass
class InMemoryTokenBuckets:
    """Buckets by name: when they are full again, and who spent last."""

    kept: dict[str, tuple[int, str]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock, repr=False)

    def spend(self, bucket: TokenBucket, now: int, spender: str) -> int:
        with self.lock:
            full_at, last = self.kept.get(bucket.name, (now, ""))
            if last == spender:
                return 0
            wait = bucket.wait(full_at, now)
            if wait == 0:
                self.kept[bucket.name] = max(full_at, now) + bucket.interval, spender
            return wait
