"""A directory file: `{"customers": [...]}`, each customer as `ticketing.directory.model.Customer` has it.

What is stored is read leniently, so that what an older version wrote stays readable. A file is read strictly, for what
is misspelt in it would else be missed in silence; every fault is named, each with its JSON Pointer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bundle.errors import CannotContinue
from ticketing.directory import channel_type
from ticketing.directory.end_user import LONGEST_UID
from ticketing.directory.hooks import may_be_called
from ticketing.directory.lookup import NO_ACTIVE_REP
from ticketing.directory.model import ChatChannel, Customer, rep_key, topic_key
from ticketing.directory.principal import Role
from ticketing.errors import Fault, InvalidRequest
from ticketing.kernel.model import Model
from ticketing.kernel.strict_json import pointer, read
from ticketing.kernel.validation import faults

if TYPE_CHECKING:
    from ticketing.directory.hooks import HookAction

type Place = tuple[str | int, ...]
"""A place in the file, by the keys and indexes that lead there."""


@dataclass(frozen=True)
class Form:
    """A form that a text must have, by a pattern and by `also`; `wanted` says it in words."""

    pattern: str
    wanted: str
    also: Callable[[str], bool] = lambda _: True

    def has(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text, re.DOTALL) is not None and self.also(text)


NAME = Form(r".*\S.*", "a name")
ROLE = Form("|".join(Role), f"one of {', '.join(Role)}")
PHONE = Form(r"\+[1-9][0-9]{1,14}", "a number such as +3225550113 (E.164)")
UID = Form(f".{{1,{LONGEST_UID}}}", f"of 1 to {LONGEST_UID} characters")
_SPELT = f"{channel_type.CHAT}|{channel_type.PHONE}"
TYPE = Form(
    f"{_SPELT}|(?!(?i:{_SPELT})$).{{1,{channel_type.LONGEST_TYPE}}}",
    f"of 1 to {channel_type.LONGEST_TYPE} characters, and {channel_type.CHAT} and {channel_type.PHONE} are spelt so",
)
HOSTNAME = Form(r"(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", "a host name or *. and one, without scheme, port or path")
URL = Form(r"https://.+|http://(localhost|127\.0\.0\.1)([:/].*)?", "an https URL, or a loopback one", may_be_called)
CLEANUP_DAYS = range(36_501)


class _File(Model):
    customers: list[Customer]


def customers_in(file: Path) -> list[Customer]:
    """Return the customers of a file; raises CannotContinue with all that is wrong in it."""
    try:
        return read(file.read_bytes(), _customers)
    except OSError as error:
        raise CannotContinue(f"{file} cannot be read: {error.strerror}.") from error
    except InvalidRequest as error:
        raise refusal(file, error.faults or [Fault("", error.detail)]) from error


def refusal(file: Path, found: Iterable[Fault]) -> CannotContinue:
    """Return the refusal of a file for these faults, a line each."""
    lines = [f"{fault.pointer or '/'} {fault.detail}" for fault in found]
    return CannotContinue("\n  ".join([f"{file} is not taken:", *lines]))


def taken_tokens(customers: Sequence[Customer], with_token: Callable[[str], Iterable[ChatChannel]]) -> Iterator[Fault]:
    """Return the tokens that channels of customers outside the file have: a token of two channels opens neither."""
    inside = {customer.customerID for customer in customers}
    for n, customer in enumerate(customers):
        for i, channel in enumerate(customer.channels):
            for other in with_token(channel.token) if channel.token else ():
                if other.customerID not in inside:
                    detail = f"is the token of {other.channel.key} of customer {other.customerID}"
                    yield Fault(pointer("customers", n, "channels", i, "token"), detail)


def _customers(document: Any) -> list[Customer]:
    """Return the customers in a file's JSON; raises InvalidRequest."""
    found: list[Fault] = []
    try:
        _File.model_validate(document, extra="forbid")
    except ValidationError as error:
        found = list(faults(error))
    try:
        customers = _File.model_validate(document).customers
    except ValidationError:  # told above, with fields that are unknown
        customers = []
    found += [*_malformed(customers), *_repeated(customers), *_unknown(customers)]
    if found:
        raise InvalidRequest("The file is not taken.", found)
    return customers


def _malformed(customers: list[Customer]) -> Iterator[Fault]:
    for n, customer in enumerate(customers):
        if customer.cleanupDays not in CLEANUP_DAYS:
            yield Fault(pointer("customers", n, "cleanupDays"), f"must lie within 0 and {CLEANUP_DAYS[-1]}")
        for at, form, text in _texts(customer):
            if text is not None and not form.has(text):
                yield Fault(pointer("customers", n, *at), f"must be {form.wanted}")


def _texts(customer: Customer) -> Iterator[tuple[Place, Form, str | None]]:
    """Return the texts of a customer that have a form, by their places in it."""
    yield ("name",), NAME, customer.name
    for kind in ("reps", "channels", "topics", "endUsers"):
        yield from (((kind, n, "name"), NAME, each.name) for n, each in enumerate(getattr(customer, kind)))
    for n, rep in enumerate(customer.reps):
        yield ("reps", n, "role"), ROLE, rep.role
        yield ("reps", n, "phone"), PHONE, rep.phone
    for n, channel in enumerate(customer.channels):
        yield ("channels", n, "type"), TYPE, channel.type
        yield from ((("channels", n, "hostnames", i), HOSTNAME, name) for i, name in enumerate(channel.hostnames))
    for n, user in enumerate(customer.endUsers):
        yield from ((("endUsers", n, "uids", i), UID, uid) for i, uid in enumerate(user.uids))
    yield from ((("actions", n, "url"), URL, action.url) for n, action in enumerate(customer.actions))


def _repeated(customers: list[Customer]) -> Iterator[Fault]:
    """Return what stands there again: of two entries of one name the last would win, and a token that two channels had
    would be nobody's."""
    seen: set[str] = set()
    for n, customer in enumerate(customers):
        for at, name in _names(customer):
            if name in seen:
                yield Fault(pointer("customers", n, *at), f"says {name} once more")
            seen.add(name)


def _names(customer: Customer) -> Iterator[tuple[Place, str]]:
    """Return what a customer names for the whole file, by the places in it."""
    owner = f"customer {customer.customerID}"
    yield ("customerID",), owner
    for kind in ("reps", "channels", "topics", "endUsers", "actions"):
        yield from (((kind, n), f"{owner} {each.key}") for n, each in enumerate(getattr(customer, kind)))
    for n, channel in enumerate(customer.channels):
        if channel.token:
            yield ("channels", n, "token"), f"token {channel.token}"


def _unknown(customers: list[Customer]) -> Iterator[Fault]:
    """Return what active actions refer to and their customers have not: such an action would fail whenever it ran."""
    for n, customer in enumerate(customers):
        reps = {rep.repID for rep in customer.reps if rep.active}
        topics = {topic.topicID for topic in customer.topics}
        for i, action in enumerate(customer.actions):
            if not action.active:
                continue
            if action.customerRepID and action.customerRepID not in reps:
                detail = f"{rep_key(action.customerRepID)} {NO_ACTIVE_REP}"
                yield Fault(pointer("customers", n, "actions", i, "customerRepID"), detail)
            for at, topicID in _topics(action):
                if topicID not in topics:
                    detail = f"{topic_key(topicID)} is no topic of the customer"
                    yield Fault(pointer("customers", n, "actions", i, *at), detail)


def _topics(action: HookAction) -> Iterator[tuple[Place, int]]:
    """Return the topics that an action refers to, by the places in it."""
    if action.topicID is not None:
        yield ("topicID",), action.topicID
    yield from ((("topicIDs", n), topicID) for n, topicID in enumerate(action.topicIDs or ()))
