"""The demo tickets: always the same ones, dated back from `now`, in the order of their creation."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from local.world import Question, directory, questions, spam

DAYS = 90
"""How far back the tickets go."""
PREVIEW_LENGTH = 200
ACME, GLOBEX = 1, 2
QUESTIONS_OF = {ACME: slice(None, None), GLOBEX: slice(None, None, 20)}
"""Which of the questions a customer is asked."""
CHANNEL_WEIGHTS = {1: 40, 2: 20, 3: 14, 4: 6, 5: 12, 6: 8, 8: 70, 9: 30}
REP_WEIGHTS = {None: 25, 11: 5, 12: 12, 13: 24, 14: 20, 15: 14, 21: 30, 22: 45}
"""Who holds a ticket; None: nobody."""
ANSWERS = (
    "Thank you for writing. We are looking into this and will let you know today.",
    "This is solved on our side: please try again, and tell us if it still does not work.",
    "Could you send us the number of your order? Then we can see what happened.",
    "We are sorry about that. The amount is on its way back to you and should arrive within three days.",
)
RECORDED_CALL = "CAac3eac3eac3eac3eac3eac3eac3eac3e"
OPEN_STATUSES = {"Open": 60, "Pending": 30, "Escalated": 10}
STRANGERS = 70
"""People who write and stand in no directory."""
FIRST_NAMES = ("Amina", "Bram", "Chloe", "Dries", "Elif", "Femke", "Giulia", "Hugo", "Ines", "Jonas")
LAST_NAMES = ("Peeters", "Janssens", "Dubois", "Lambert", "Ozdemir", "Nowak", "De Smet")

type Ticket = dict[str, Any]


def tickets(customer_id: int, now: datetime) -> list[Ticket]:
    """A customer's tickets, by the names of the API's fields; `topicIDs` and `messages` beside them."""
    random = Random(customer_id)  # noqa: S311 - invented data, no secret
    asked = questions()[QUESTIONS_OF[customer_id]]
    made = [_question(random, customer_id, question, now) for question in asked]
    made += [_spam(random, text, now) for text in spam() if customer_id == ACME]
    made += [_recorded(now)] if customer_id == ACME else []
    return sorted(made, key=lambda ticket: str(ticket["dateCreated"]))


def _question(random: Random, customer_id: int, question: Question, now: datetime) -> Ticket:
    customer = directory()[customer_id - 1]
    reps: dict[int | None, int] = {rep["repID"]: REP_WEIGHTS[rep["repID"]] for rep in customer["reps"] if rep["active"]}
    rep = _pick(random, reps | {None: REP_WEIGHTS[None]})
    created = _created(random, now)
    messages = [_message("EndUser", question.text, created)]
    last = created
    if rep and random.random() < 0.7:
        last = min(created + timedelta(minutes=random.expovariate(1 / 900)), now)
        messages.append(_message("Representative", random.choice(ANSWERS), last) | {"customerRepID": rep})
    ticket: Ticket = {"subject": question.text, "customerRepID": rep, "isImportant": random.random() < 0.08}
    ticket |= {"topicIDs": [topic["topicID"] for topic in customer["topics"] if topic["name"] == question.topic]}
    return (
        ticket | _contact(random, customer, created) | _conversation(messages) | _progress(random, question, last, now)
    )


def _message(direction: str, body: str, moment: datetime) -> Ticket:
    return {"direction": direction, "body": body, "dateCreated": _text(moment)}


def _conversation(messages: list[Ticket]) -> Ticket:
    """What a ticket says of its messages."""
    first, last = messages[0], messages[-1]
    return {
        "dateCreated": first["dateCreated"],
        "lastMessageDate": last["dateCreated"],
        "preview": last["body"][:PREVIEW_LENGTH],
        "messages": messages,
    }


def _contact(random: Random, customer: Ticket, created: datetime) -> Ticket:
    """Who asks, and by which channel."""
    channels = {channel["channelID"]: channel for channel in customer["channels"] if channel["active"]}
    channel = channels[_pick(random, {channel_id: CHANNEL_WEIGHTS[channel_id] for channel_id in channels})]
    mail, phone = _person(random, customer)
    contact = {"channelID": channel["channelID"], "channelType": channel["type"], "uid": mail}
    if channel["type"] in {"Phone", "WhatsApp"}:
        contact["uid"] = phone
    if channel["type"] == "Phone":
        contact |= {
            "twilio_CallSid": f"CA{random.getrandbits(128):032x}",
            "fromNumber": phone,
            "toNumber": channel["phone"],
            "endDate": _text(created + timedelta(seconds=random.randint(40, 290))),
        }
    return contact


def _person(random: Random, customer: Ticket) -> tuple[str, str]:
    """Mail address and phone number: now and then of an end user whom the directory knows."""
    number = random.randrange(STRANGERS)
    known = {uid for user in customer["endUsers"] for uid in user["uids"]} if random.random() < 0.08 else set()
    mails = sorted(uid for uid in known if "@" in uid) or [_address(number)]
    phones = sorted(uid for uid in known if uid.startswith("+")) or [f"+3225550{300 + number}"]
    return random.choice(mails), random.choice(phones)


def _address(number: int) -> str:
    first, last = FIRST_NAMES[number % len(FIRST_NAMES)], LAST_NAMES[number // len(FIRST_NAMES)]
    return f"{first}.{last}@mail.example".lower().replace(" ", "")


def _progress(random: Random, question: Question, last: datetime, now: datetime) -> Ticket:
    """How far it has come: the older, the likelier closed."""
    age = (now - last) / timedelta(days=DAYS)
    if random.random() < 0.2 + 0.6 * age:
        closed = min(last + timedelta(hours=random.uniform(0.1, 40)), now)
        summary = f"Asked about {question.topic.lower() or 'something else'}; answered and solved."
        return {"status": "Closed", "isClosed": True, "closeDate": _text(closed), "summary": summary}
    status = _pick(random, OPEN_STATUSES)
    progress: Ticket = {"status": status, "escalated": status == "Escalated"}
    if status == "Pending" and random.random() < 0.4:
        progress["followUpDate"] = _text(now + timedelta(days=random.uniform(-10, 21)))
    return progress


def _spam(random: Random, text: str, now: datetime) -> Ticket:
    created = _created(random, now)
    is_mail = random.random() < 0.6
    return _conversation([_message("EndUser", text, created)]) | {
        "subject": " ".join(text.split()[:8]),
        "channelID": 1 if is_mail else 5,
        "channelType": "Email" if is_mail else "WhatsApp",
        "uid": f"offer{random.randrange(100)}@prizes.example" if is_mail else f"+3225550{random.randint(900, 999)}",
        "status": "Closed",
        "isClosed": True,
        "isSpam": True,
        "closeDate": _text(min(created + timedelta(minutes=1), now)),
    }


def _recorded(now: datetime) -> Ticket:
    """The phone call that can be heard in the recording named by it."""
    created = now - timedelta(hours=3)
    end = created + timedelta(seconds=19)
    asked = "My parcel should have been here on Monday, and the tracking page still says that it is on its way."
    messages = [
        _message("EndUser", f"Hello, this is Jane Doe. {asked} Could you find out where it is?", created),
        _message("Representative", "Of course. I will ask our carrier and call you back today.", end),
    ]
    return _conversation(messages) | {
        "subject": "Where is my parcel?",
        "status": "Pending",
        "channelID": 3,
        "channelType": "Phone",
        "customerRepID": 13,
        "uid": "+3225550131",
        "fromNumber": "+3225550131",
        "toNumber": "+3225550100",
        "twilio_CallSid": RECORDED_CALL,
        "hasRecording": True,
        "endDate": _text(end),
        "topicIDs": [2],
    }


def _created(random: Random, now: datetime) -> datetime:
    return now - timedelta(days=DAYS * random.random() ** 1.5, minutes=random.uniform(5, 30)) * 0.99


def _pick[Choice](random: Random, weights: dict[Choice, int]) -> Choice:
    return random.choices(list(weights), list(weights.values()))[0]


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
