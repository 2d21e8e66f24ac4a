"""Things that tests are about, each with sound defaults: a test names only what it is about."""

from typing import Any

from ticketing.directory.model import Channel, Customer, EndUser, Rep, Topic
from ticketing.directory.principal import PhoneContext, Representative, Role
from ticketing.tickets.lifecycle import says_closed
from ticketing.tickets.model import Ticket

ACME, GLOBEX = 1, 2
ADMIN, SUPERVISOR, ANN, BOB, RIK, INACTIVE = 11, 12, 13, 14, 15, 16
HOTLINE, SALES = 3, 4
A_MOMENT = "2026-01-31T09:30:00.000Z"
A_CALL = "CA" + "0123456789abcdef" * 2
CHAT_TOKEN, CLOSED_CHAT_TOKEN = (f"{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}" for digit in "17")
PHONES = {SUPERVISOR: "+3225550112", ANN: "+3225550113", RIK: "+3225550115"}
A_CHAT: dict[str, Any] = {"channelID": 2, "secret": "5d48a2ad4ef26d358238a9e7c419b085", "visitor": "Jane"}
"""What is kept of the chat whose visitorKey stands in events/webchat; its ticket is the fifth."""
ANOTHER_CALL = "CA" + "f" * 32


def a_ticket(**fields: Any) -> Ticket:
    """A ticket as it is kept; a status alone closes it."""
    is_closed = says_closed(fields.get("status", "Open"))
    sound = {
        "customerID": ACME,
        "ticketID": 101,
        "token": "0b8f6f0e-9c57-4f0e-8c52-111111111111",
        "dateCreated": A_MOMENT,
        "status": "Open",
        "subject": "Where is my parcel?",
        "channelType": "Email",
        "isClosed": is_closed,
        "closeDate": A_MOMENT if is_closed else None,
    }
    return Ticket.model_validate(sound | fields)


def a_body(**fields: Any) -> dict[str, Any]:
    """The body of a POST or PUT."""
    return {"status": "Open", "subject": "Where is my parcel?", "channelType": "Email"} | fields


def a_rep(role: str = "Agent", repID: int = ANN, **fields: Any) -> Representative:
    """A representative who calls."""
    sound: dict[str, Any] = {"customerID": ACME, "repID": repID, "role": Role(role)}
    return Representative(**sound | fields)


def a_phone_context(channelID: int = HOTLINE, customerID: int = ACME) -> PhoneContext:
    """A phone line that calls."""
    return PhoneContext(customerID, channelID)


def acme(**fields: Any) -> Customer:
    """A customer with a member of every role, one of them inactive, and a channel of every kind."""
    roles = ("Administrator", "Supervisor", "Agent", "Agent", "Restricted", "Agent")
    names = ("Ada Admin", "Sam Super", "Ann Agent", "Bob Agent", "Rik Restricted", "Ina Inactive")
    reps = [
        Rep(repID=repID, role=role, name=name, active=repID != INACTIVE, phone=PHONES.get(repID))
        for repID, role, name in zip(range(ADMIN, INACTIVE + 1), roles, names, strict=True)
    ]
    kinds = ("Email", "Chat", "Phone", "Phone", "WhatsApp", "Teams", "Chat")
    channels = [
        Channel(channelID=channelID, type=kind, name=f"{kind} {channelID}", active=channelID != 7)
        for channelID, kind in enumerate(kinds, 1)
    ]
    for channelID, token in ((2, CHAT_TOKEN), (7, CLOSED_CHAT_TOKEN)):
        sites = {"token": token, "hostnames": ["shop.example", "*.acme.example"]}
        channels[channelID - 1] = channels[channelID - 1].model_copy(update=sites)
    topics = [Topic(topicID=1, name="Billing"), Topic(topicID=2, name="Delivery")]
    end_users = [
        EndUser(endUserID=31, name="Jane Doe", uids=["jane@doe.example", "+3225550131"]),
        EndUser(endUserID=32, name="John Roe", uids=["john@roe.example"]),
    ]
    customer = Customer(customerID=ACME, name="Acme", reps=reps, channels=channels, topics=topics, endUsers=end_users)
    return customer.model_copy(update=fields)


def globex(**fields: Any) -> Customer:
    """Another customer, whose Agents see every ticket."""
    reps = [Rep(repID=21, name="Gia Globex", role="Administrator"), Rep(repID=22, name="Gus Globex", role="Agent")]
    channels = [Channel(channelID=8, type="Chat", name="Chat"), Channel(channelID=9, type="Phone", name="Phone")]
    end_users = [EndUser(endUserID=41, name="Jane Doe", uids=["jane@doe.example"])]
    customer = Customer(
        customerID=GLOBEX, name="Globex", agentScope="All", reps=reps, channels=channels, endUsers=end_users
    )
    return customer.model_copy(update=fields)
