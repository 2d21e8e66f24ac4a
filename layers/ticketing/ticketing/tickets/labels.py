"""The entries of the directory that a ticket is labelled with: its holder, channel, topics and end users.

An index holds them as a short text, `r13c3t1t4ujane@doe.example`, so that a list can read them beside the tickets.
"""

import re

from ticketing.directory.model import channel_key, rep_key, topic_key, uid_key
from ticketing.tickets.model import Ticket

_KEYS = {"r": rep_key, "c": channel_key, "t": topic_key}
_UID = "u"
"""The mark of the uid, which comes last: it may hold any text."""


def label_keys(ticket: Ticket) -> list[str]:
    """Return the names of the entries that a ticket is labelled with."""
    keys = [topic_key(topicID) for topicID in ticket.topicIDs]
    if ticket.customerRepID:
        keys.append(rep_key(ticket.customerRepID))
    if ticket.channelID:
        keys.append(channel_key(ticket.channelID))
    if ticket.uid:
        keys.append(uid_key(ticket.uid))
    return keys


def label_text(ticket: Ticket) -> str:
    """Return the labels of a ticket as a short text."""
    numbers = [("r", ticket.customerRepID), ("c", ticket.channelID), *(("t", each) for each in ticket.topicIDs)]
    text = "".join(f"{mark}{number}" for mark, number in numbers if number)
    return text + (_UID + ticket.uid if ticket.uid else "")


def label_keys_in(text: str) -> list[str]:
    """Return the names of the entries in a text of labels."""
    numbers, _, uid = text.partition(_UID)
    keys = [_KEYS[mark](int(number)) for mark, number in re.findall(r"([rct])(\d+)", numbers)]
    return [*keys, uid_key(uid)] if uid else keys
