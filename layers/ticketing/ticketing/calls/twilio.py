"""Live calls at Twilio, by its REST API (version 2010-04-01, "Update a Call")."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from pydantic import ConfigDict, Field, ValidationError

from ticketing.calls.call import dialling
from ticketing.errors import Unavailable
from ticketing.kernel.aws.connections import Connections
from ticketing.kernel.model import Model
from ticketing.kernel.retries import NoAnswer
from ticketing.kernel.timelimit import time_left, within

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from ssl import SSLContext

CONNECT, ANSWER, TOGETHER = 1.0, 3.0, 4.0
"""Seconds that a connection, an answer and the whole of a request may take, with a look-up of Twilio's host."""
NOTING = 1.5
"""Seconds that must be left after it, to note what became of the call."""
LOOK = 1.5
"""Seconds that a look for the account may take; there is one before the ticket is kept, and one before the call is
forwarded."""


class Account(Model):
    """Credentials of a Twilio account, as the deployment's secret holds them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accountSid: str
    authToken: str = Field(repr=False)

    @classmethod
    def parsed(cls, text: str) -> "Account":
        """Return the account that a secret's JSON holds; raises Unavailable."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:  # not chained: its text holds what it was given
            raise Unavailable("Telephony does not answer.", about="the telephony credentials are malformed") from None


@dataclass(frozen=True)
class Twilio:
    """The Telephony of one Twilio account; `account` returns None where there is no account, and raises Unavailable."""

    url: str
    account: Callable[[], Account | None]
    executor: "Callable[[], Executor]"

    def has_account(self) -> bool:
        try:
            return self._found_account() is not None
        except Unavailable:  # `forward` fails with it, and so leaves the assignment standing
            return True

    def forward(self, callSid: str, number: str) -> None:
        """Make one request, without a retry: a second one could ring twice."""
        account = self._found_account()
        if account is None:
            raise Unavailable("There is no telephony account.")
        if time_left() < TOGETHER + NOTING:
            raise Unavailable("There was no time left to forward the call.")
        answer = self.executor().submit(self._update, account, callSid, dialling(number))
        try:
            status = answer.result(timeout=TOGETHER)
        except TimeoutError as error:
            raise Unavailable("Twilio is too slow.") from error
        except NoAnswer as failure:
            raise Unavailable(f"Twilio does not answer: {failure.reason}.") from failure
        if not 200 <= status < 300:
            raise Unavailable(f"Twilio answered {status}.")

    def _found_account(self) -> Account | None:
        with within(min(LOOK, time_left())):
            return self.account()

    def _update(self, account: Account, callSid: str, twiml: str) -> int:
        line, sid = Connections(self.url, _trusted), account.accountSid
        path = urlsplit(self.url).path.rstrip("/") + f"/2010-04-01/Accounts/{quote(sid)}/Calls/{quote(callSid)}.json"
        headers = {
            "host": line.host,
            "authorization": f"Basic {b64encode(f'{sid}:{account.authToken}'.encode()).decode()}",
            "content-type": "application/x-www-form-urlencoded",
        }
        read = line.ask("POST", path, headers, urlencode({"Twiml": twiml}).encode(), CONNECT)
        return read(ANSWER).status


def _trusted(_: str) -> "SSLContext":
    """Trust whom the system trusts."""
    import ssl

    return ssl.create_default_context()
