"""The command: makes the checks one after the other, shows what came of each, and leaves nothing behind."""

import argparse
import json
import os
import time
import uuid
from dataclasses import dataclass, field

from bundle.errors import CannotContinue
from deploy.smoke.checks import ANY_SITE, JSON, Check, Expected, TicketChecks, without_ticket
from deploy.smoke.http import DeployedApi, HttpReply

PAUSE = 0.2
"""Seconds between two tries of a check that is repeated."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--url", required=True, help="where the API answers, without /api")
    token = os.environ.get("SMOKE_TOKEN")
    parser.add_argument("--token", required=token is None, default=token, help="a representative's; or SMOKE_TOKEN")
    parser.add_argument("--chat-token", help="a chat channel's: its limit is tried too, and is then spent for a minute")
    parser.add_argument("--chat-origin", default="https://shop.example", help="a site of that channel")


def run(arguments: argparse.Namespace) -> None:
    """Make the checks; raises CannotContinue where one was not answered as expected."""
    smoke = Smoke(DeployedApi(arguments.url), arguments.token)
    try:
        smoke.try_all()
        if arguments.chat_token:
            smoke.try_chats(arguments.chat_token, arguments.chat_origin)
    finally:
        smoke.clean_up()
    result = f"{smoke.as_expected} of {smoke.made} as expected"
    if smoke.as_expected < smoke.made:
        raise CannotContinue(result)
    print(result)


@dataclass
class Smoke:
    """A trial of an API: counts checks, and remembers the tickets that are still to be deleted."""

    api: DeployedApi
    token: str
    made: int = 0
    as_expected: int = 0
    _tickets: set[int] = field(default_factory=set)

    def try_all(self) -> None:
        """Make every check but those of webchat."""
        for check in without_ticket():
            self._try(check)
        checks = TicketChecks()
        made = _ticket_of(self._try(checks.create()))
        if made is None:
            raise CannotContinue("No ticket could be made, so the checks about one were left out.")
        for check in checks.about(made, self.token):
            self._try(check)
        if self._try(checks.delete(made)).status == 204:
            self._tickets.discard(made)

    def try_chats(self, token: str, origin: str) -> None:
        """Begin a chat, and then more of them until they are refused."""
        self._try(_chat("a visitor's ticket", Expected(201, ANY_SITE), token, origin))
        refusal = Expected(429, ANY_SITE | {"retry-after": ""}, "TooManyRequests")
        self._try(_chat("CORS on 429", refusal, token, origin, patience=60))

    def clean_up(self) -> None:
        """Delete every ticket that was made and is still there; raises CannotContinue where that fails."""
        for ticketID in sorted(self._tickets):
            if self._send(TicketChecks().delete(ticketID)).status in (204, 404):
                self._tickets.discard(ticketID)
        if self._tickets:
            raise CannotContinue(f"These tickets could not be deleted: {', '.join(map(str, sorted(self._tickets)))}")

    def _try(self, check: Check) -> HttpReply:
        """Make a check until it is answered as expected, or its patience ends; show what came of it."""
        until = time.monotonic() + check.patience
        reply = self._send(check)
        while (faults := list(check.expected.faults(reply))) and time.monotonic() < until:
            time.sleep(PAUSE)
            reply = self._send(check)
        self.made += 1
        self.as_expected += not faults
        self._show(check, reply, faults)
        return reply

    def _send(self, check: Check) -> HttpReply:
        token = {} if check.is_public else {"Authorization": f"Bearer {self.token}"}
        reply = self.api.ask(check.method, check.path, token | dict(check.headers), check.body)
        self._tickets |= {made} if (made := _ticket_of(reply)) else set()
        return reply

    def _show(self, check: Check, reply: HttpReply, faults: list[str]) -> None:
        if self.made == 1:
            print(_row("#", "check", "expected", "got", ""))
        got = ", ".join(faults) if faults else str(reply.status)
        print(_row(str(self.made), check.purpose, str(check.expected), got, "no" if faults else "ok"), flush=True)


def _ticket_of(reply: HttpReply) -> int | None:
    """Return the ticket that a reply says was made."""
    document = reply.json() if reply.status == 201 else None
    made = document.get("ticketID") if isinstance(document, dict) else None
    return made if isinstance(made, int) else None


def _chat(purpose: str, expected: Expected, token: str, origin: str, patience: int = 0) -> Check:
    body = json.dumps({"channelToken": token, "message": f"smoke {uuid.uuid4().hex}"}).encode()
    headers = {"Content-Type": JSON, "Origin": origin}
    path = "/api/Tickets/createchatticket"
    return Check(purpose, "POST", path, expected, headers, body, is_public=True, patience=patience)


def _row(number: str, purpose: str, expected: str, got: str, ok: str) -> str:
    return f"{number:>2}  {ok:2}  {purpose:36}  {expected:44.44}  {got}".rstrip()
