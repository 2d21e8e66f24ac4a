"""The entries of the directory that a ticket is labelled with: its holder, channel, topics and end users.

Indexes tell of them by a short text, `r13c3t1t4ujane@doe.example`, so that a list can read them beside the tickets.
"""

import re
from collections.abc import Iterable

from ticketing.directory.model import channel_key, rep_key, topic_key, uid_key
from ticketing.directory.principal import NOBODY
from ticketing.tickets.model import TicketDraft

_KEYS = {"r": rep_key, "c": channel_key, "t": topic_key}
_UID = "u"
"""The mark of the uid, which comes last: it may hold any text."""


def label_keys(ticket: TicketDraft, topicIDs: Iterable[int]) -> list[str]:
    """Return the names of the entries that a ticket of these topics is labelled with."""
    keys = [topic_key(topicID) for topicID in topicIDs]
    if ticket.customerRepID:
        keys.append(rep_key(ticket.customerRepID))
    if ticket.channelID:
        keys.append(channel_key(ticket.channelID))
    if ticket.uid:
        keys.append(uid_key(ticket.uid))
    return keys


def label_text(
    rep: int | str | None = None, channel: int | str | None = None, topics: Iterable[int] = (), uid: str | None = None
) -> str:
    """Return labels as a short text; a holder 0 is nobody."""
    numbers = [("r", rep), ("c", channel), *(("t", topicID) for topicID in topics)]
    text = "".join(f"{mark}{number}" for mark, number in numbers if number and number != str(NOBODY))
    return f"{text}{_UID}{uid}" if uid else text


def label_keys_in(text: str) -> list[str]:
    """Return the names of the entries in a text of labels."""
    numbers, _, uid = text.partition(_UID)
    keys = [_KEYS[mark](int(number)) for mark, number in re.findall(r"([rct])(\d+)", numbers)]
    return [*keys, uid_key(uid)] if uid else keys
