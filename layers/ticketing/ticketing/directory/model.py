"""The directory: a customer's settings, representatives, channels, topics and end users.

Entries are named `rep#11`, `channel#2`, `topic#1`, `endUser#31`, `settings`, `action#<hookName>#1`, `uid#<uid>` for the
end users that a uid belongs to, and `word#jane#31` for an end user by each word of their name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import ConfigDict

from ticketing.directory.channel_type import CHAT
from ticketing.directory.end_user import EndUserView
from ticketing.directory.hooks import HookAction
from ticketing.kernel.identifiers import Identifier, UUIDText
from ticketing.kernel.model import Model

if TYPE_CHECKING:
    from ticketing.directory.principal import Role


class _EntryModel(Model):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class CustomerSettings(_EntryModel):
    """A customer's settings. `agentScope` All lets Agents see every ticket; `cleanupDays` counts from deletecleanup;
    `detectOnArrival` has chats and tickets of phone contexts run through the pipeline."""

    KEY: ClassVar = "settings"

    agentScope: Literal["Own", "All"] = "Own"
    cleanupDays: int = 30
    detectOnArrival: bool = False


class Rep(_EntryModel):
    """A representative; `phone` (E.164) is where a live call can be forwarded."""

    repID: Identifier
    name: str
    role: str
    phone: str | None = None
    active: bool = True

    @property
    def key(self) -> str:
        return rep_key(self.repID)

    def has_role(self, role: Role) -> bool:
        """Return whether the representative is active and has exactly this role."""
        return self.active and self.role == role.value


class Channel(_EntryModel):
    """A channel of a customer; `token` and `hostnames` belong to webchat, `phone` to telephony."""

    channelID: Identifier
    name: str
    type: str
    token: UUIDText | None = None
    hostnames: list[str] = []
    phone: str | None = None
    active: bool = True

    @property
    def key(self) -> str:
        return channel_key(self.channelID)


class Topic(_EntryModel):
    """A subject that tickets can be about; `description` tells a language model what belongs to it."""

    topicID: Identifier
    name: str
    description: str | None = None

    @property
    def key(self) -> str:
        return topic_key(self.topicID)


class EndUser(_EntryModel):
    """A person who contacts the customer, under any of their uids."""

    endUserID: Identifier
    name: str
    uids: list[str]

    @property
    def key(self) -> str:
        return end_user_key(self.endUserID)


class UidOwners(_EntryModel):
    """The end users that a uid belongs to."""

    uid: str
    endUsers: list[EndUserView]

    @property
    def key(self) -> str:
        return uid_key(self.uid)


class Customer(CustomerSettings):
    """A customer as a directory file holds it."""

    customerID: Identifier
    name: str
    reps: list[Rep] = []
    channels: list[Channel] = []
    topics: list[Topic] = []
    endUsers: list[EndUser] = []
    actions: list[HookAction] = []

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Return every entry of the customer's directory, with its name."""
        yield self.KEY, CustomerSettings.model_validate(vars(self))
        named: Iterable[_Named] = chain(self.reps, self.channels, self.topics, self.endUsers, self.actions)
        yield from ((entry.key, entry) for entry in named)
        for uid in dict.fromkeys(uid for user in self.endUsers for uid in user.uids):
            owners = [EndUserView(**user.model_dump()) for user in self.endUsers if uid in user.uids]
            yield uid_key(uid), UidOwners(uid=uid, endUsers=owners)
        from ticketing.directory.words import by_words  # for those who write a directory, not for those who read it

        for user in self.endUsers:
            yield from by_words(user)


type _Named = Rep | Channel | Topic | EndUser | HookAction
type Entry = CustomerSettings | UidOwners | _Named


def rep_key(repID: int) -> str:
    return f"{REPS}{repID}"


def channel_key(channelID: int) -> str:
    return f"{CHANNELS}{channelID}"


REPS, CHANNELS, TOPICS = "rep#", "channel#", "topic#"
"""The beginnings of the names of representatives, channels and topics."""


def topic_key(topicID: int) -> str:
    return f"{TOPICS}{topicID}"


def end_user_key(endUserID: int) -> str:
    return f"endUser#{endUserID}"


def uid_key(uid: str) -> str:
    """Return the entry's name of a uid: at most 1,020 bytes of UTF-8, within the 1,024 of a sort key."""
    return f"uid#{uid}"


MODELS: dict[str, Callable[[Any], Entry]] = {
    "settings": CustomerSettings.model_validate,
    "rep": Rep.model_validate,
    "channel": Channel.model_validate,
    "topic": Topic.model_validate,
    "endUser": EndUser.model_validate,
    "uid": UidOwners.model_validate,
    "word": EndUser.model_validate,
    "action": HookAction.model_validate,
}
"""The models that read entries, by the first word of their names."""


@dataclass(frozen=True)
class ChatChannel:
    """A webchat channel, found by its public token, and the customer that it belongs to."""

    customerID: int
    channel: Channel

    @property
    def is_open(self) -> bool:
        """Return whether visitors may write to the channel."""
        return self.channel.active and self.channel.type == CHAT

    @property
    def name(self) -> str:
        """Return the channel as the scope of an idempotency key: its visitors have no other identity."""
        return f"chat#{self.channel.channelID}"
