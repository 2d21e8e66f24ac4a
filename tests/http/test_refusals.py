"""Every refusal that the API's description tells of can be met: none is promised that cannot come."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from description.document import document
from tests.builders import A_CALL, A_CHAT, BOB, HOTLINE
from tests.described import resolved
from tests.world import Answer, World
from ticketing.directory.principal import Access
from ticketing.errors import InternalError, Unavailable
from ticketing.http.request import MAX_BODY
from ticketing.http.routes import ROUTES, Route
from ticketing.kernel.instant import canonical
from ticketing.kernel.ports import AlreadyDone, Contended
from ticketing.tickets.chat import Chat
from ticketing.tickets.order import Position
from ticketing.webchat.visitor_key import VisitorKey

KEY = "7a3d1f7e-5c0b-4c0e-9d59-2f4a1c3b8e6d"
DESCRIBED = [
    (route, int(status), code)
    for route in ROUTES
    for status, reply in document()["paths"][route.path][route.method.lower()]["responses"].items()
    if int(status) >= 400
    for code in resolved(reply)["content"]["application/problem+json"]["examples"]
    if code != InternalError.__name__  # whatever a handler may raise is one, and tested with one of them
]


class Call:
    """A request as the description's examples have it, on a world with a ticket that it is about."""

    def __init__(self, world: World, route: Route, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world, self.route, self.monkeypatch = world, route, monkeypatch
        self.described = document()["paths"][route.path][route.method.lower()]
        chatted = {"chat": Chat(**A_CHAT), "lastMessageDate": canonical(world.clock.now())}
        self.ticket = world.keep(customerRepID=BOB, channelID=HOTLINE, **chatted).ticketID
        content = self.described.get("requestBody", {}).get("content", {})
        self.body: Any = next(iter(content["application/json"]["examples"].values()))["value"] if content else None

    def send(self, **changed: Any) -> Answer:
        """Sends it, with something changed; a header by its name with underscores."""
        takes_ticket = any(parameter["name"] == "ticketId" for parameter in self.described["parameters"])
        query = f"ticketId={self.ticket}" if takes_ticket and "{ticketId}" not in self.route.path else ""
        callers = {Access.Public: None, Access.Visitor: str(VisitorKey(1, self.ticket, A_CHAT["secret"]))}
        sound = {
            "by": callers.get(self.route.access, "rep-11"),
            "path": re.sub(r"\{\w+\}", str(self.ticket), self.route.path),
            "query": query,
            "body": self._about_the_ticket(),
            "origin": "https://shop.example",
        }
        return self.world.call(self.route.method, **sound | changed)

    def change(self, **fields: Any) -> Any:
        """The body, with fields changed in the way that its media type has it."""
        if isinstance(self.body, list):
            return [{"op": "add", "path": f"/{name}", "value": value} for name, value in fields.items()]
        return self._about_the_ticket() | fields

    def _about_the_ticket(self) -> Any:
        is_named = isinstance(self.body, dict) and "ticketID" in self.body
        return self.body | {"ticketID": self.ticket} if is_named else self.body


def forbidden(call: Call) -> Answer:
    """By policy, by role, or because the ticket that an earlier request with the key has made is another's by now."""
    if name_of(call) == "create_ticket":
        call.send(by="rep-13", idempotency_key=KEY)
        call.world.call("PUT", "/api/Tickets/bulk", body={"ticketIDs": [2], "action": "open", "customerRepID": BOB})
        return call.send(by="rep-13", idempotency_key=KEY)
    admits_phones = {"phone": []} in call.described["security"]
    return call.send(by="rep-13" if admits_phones else f"channel-{HOTLINE}")


def mismatched(call: Call) -> Answer:
    return call.send(by="channel-4", **{"body": call.change(channelID=HOTLINE)} if "create" in name_of(call) else {})


def malformed(call: Call) -> Answer:
    if call.body is not None:
        return call.send(body="{")
    names = [parameter["name"] for parameter in call.described["parameters"]]
    return call.send(query="pageSize=x&after=x", **{"if_match": "x"} if "If-Match" in names else {})


def of_another_body(call: Call) -> Answer:
    call.send(idempotency_key=KEY)
    others: dict[str, dict[str, Any]] = {"update_many": {"ticketIDs": [9]}, "write_chat": {"message": "another"}}
    fields = others.get(name_of(call), {"subject": "another"})
    return call.send(idempotency_key=KEY, body=call.change(**fields))


def gone(call: Call) -> Answer:
    """Return what is not there: the ticket, or the one that an earlier request with the key has made."""
    call.send(idempotency_key=KEY)
    call.world.store.kept.clear()
    return call.send(idempotency_key=KEY)


def contended(call: Call) -> Answer:
    return losing(call, Contended)


def losing(call: Call, how: type[Exception], **headers: str) -> Answer:
    def lose() -> None:
        raise how

    call.world.store.interfere, call.world.patience = lose, 1
    return call.send(**headers)


def while_another_has_the_key(call: Call) -> Answer:
    """Another request with the key is sent while the first one is at it."""
    world, answers = call.world, list[Answer]()
    if name_of(call) == "assign_ticket":
        live = {"channelType": "Phone", "twilio_CallSid": A_CALL, "customerRepID": None, "channelID": HOTLINE}
        call.ticket = world.keep(**live).ticketID
        world.patience = 1
        world.telephony.meanwhile = lambda: answers.append(call.send(by="rep-13", idempotency_key=KEY))
        call.send(by="rep-13", idempotency_key=KEY)
        return answers[0]
    if name_of(call) == "update_many":
        call.body = {"ticketIDs": [call.ticket], "action": "close"}
        world.store.before_next_write(lambda: answers.append(call.send(idempotency_key=KEY)))
        call.send(idempotency_key=KEY)
        return answers[0]
    return losing(call, AlreadyDone, idempotency_key=KEY)


def unsortable(call: Call) -> Answer:
    def gather(*arguments: Any) -> list[Position]:
        return [Position("same", ticketID) for ticketID in range(1, arguments[-1] + 1)]

    call.monkeypatch.setattr(call.world.scans, "gather", gather)
    call.monkeypatch.setattr("ticketing.directory.reading.MAX_END_USERS", 0)
    return call.send(query="sortBy=subject&search=j" if "end_users" in name_of(call) else "sortBy=subject")


def of_an_old_bookmark(call: Call) -> Answer:
    since = call.send().json["next"]
    call.world.clock.pass_(31 * 24 * 60 * 60)
    lasting, known = {"exp": call.world.clock.seconds() + 60}, call.world.tokens.known
    call.world.tokens.known = {token: {**claims, **lasting} for token, claims in known.items()}
    return call.send(query=f"since={since}")


def unavailable(call: Call) -> Answer:
    def fail(*_: object, **__: object) -> None:
        raise Unavailable("It does not answer.")

    call.monkeypatch.setattr(call.world.directory, "entries", fail)
    call.monkeypatch.setattr(call.world.store, "create", fail)
    return call.send()


def a_second_ticket_of_a_call(call: Call) -> Answer:
    call.world.keep(twilio_CallSid=A_CALL)
    return call.send(body=call.change(twilio_CallSid=A_CALL))


def too_often(call: Call) -> Answer:
    return [call.send() for _ in range(61)][-1]


PROVOKED: dict[str, Callable[[Call], Answer]] = {
    "Unauthorized": lambda call: call.send(by=None),
    "Forbidden": forbidden,
    "ChannelMismatch": mismatched,
    "ChannelNotAllowed": lambda call: call.send(origin="https://elsewhere.example"),
    "InvalidRequest": malformed,
    "InvalidCursor": lambda call: call.send(query="cursor=x&since=x"),
    "Gone": of_an_old_bookmark,
    "PageTooDeep": lambda call: call.send(query=f"ticketId={call.ticket}&search=j&pageNumber=10001"),
    "TooManyToSort": unsortable,
    "NotFound": gone,
    "RecordingNotFound": lambda call: call.send(),
    "PayloadTooLarge": lambda call: call.send(body=" " * (MAX_BODY + 1)),
    "UnsupportedMediaType": lambda call: call.send(content_type="text/plain"),
    "PreconditionFailed": lambda call: call.send(if_match='"99"'),
    "AlreadyAssigned": lambda call: call.send(by="rep-13"),
    "DuplicateCall": a_second_ticket_of_a_call,
    "PatchTestFailed": lambda call: call.send(body=[{"op": "test", "path": "/subject", "value": "another"}]),
    "Conflict": contended,
    "KeyInUse": while_another_has_the_key,
    "KeyReused": of_another_body,
    "TooManyRequests": too_often,
    "Unavailable": unavailable,
}


def name_of(call: Call) -> str:
    """The operation's name, as its handler has it."""
    return re.sub("(?=[A-Z])", "_", call.described["operationId"]).lower()


@pytest.mark.parametrize(("route", "status", "code"), DESCRIBED, ids=str)
def test_a_refusal_that_is_described_can_be_met(
    world: World, monkeypatch: pytest.MonkeyPatch, route: Route, status: int, code: str
) -> None:
    PROVOKED[code](Call(world, route, monkeypatch)).refused(status, code)
