"""Labels as the short text that indexes hold."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_ticket
from ticketing.tickets.dynamodb.items import LABELS, to_item
from ticketing.tickets.labels import label_keys, label_keys_in, label_text

ID = st.integers(1, 2**53 - 1)


@given(st.none() | ID, st.none() | ID, st.lists(ID, max_size=4, unique=True), st.none() | st.text(min_size=1))
def test_a_text_tells_all_labels_of_a_ticket(
    rep: int | None, channel: int | None, topics: list[int], uid: str | None
) -> None:
    ticket = a_ticket(customerRepID=rep, channelID=channel, topicIDs=topics).model_copy(update={"uid": uid})
    text = label_text(rep, channel, topics, uid)
    assert sorted(label_keys_in(text)) == sorted(label_keys(ticket, ticket.topicIDs))


def test_nobody_is_no_label() -> None:
    assert label_text("0", "0") == ""
    assert label_keys_in("") == []


def test_an_item_tells_its_labels_but_the_holder() -> None:
    """The holder's own attribute does, where an index follows it."""
    item = to_item(a_ticket(customerRepID=13, channelID=3, topicIDs=[1, 4], uid="ur3#é"), "nonce")
    assert item[LABELS] == "c3t1t4uur3#é"
    assert label_keys_in(item[LABELS]) == ["channel#3", "topic#1", "topic#4", "uid#ur3#é"]
    assert LABELS not in to_item(a_ticket(), "nonce")
    assert LABELS not in to_item(a_ticket(uid="u", isProcessed=False), "nonce")
