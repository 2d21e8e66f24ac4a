"""Live calls at Twilio, by its REST API (version 2010-04-01, "Update a Call")."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import urllib3
from pydantic import ConfigDict, Field, ValidationError

from ticketing.calls.call import dialling
from ticketing.errors import Unavailable
from ticketing.kernel.model import Model
from ticketing.kernel.timelimit import time_left

CONNECT, READ, TOGETHER = 1.0, 3.0, 4.0
"""Seconds that a connection, a silence and the whole of a request may take."""
NOTING = 1.5
"""Seconds that must be left after it, to note what became of the call."""


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
            raise Unavailable("The telephony credentials are malformed.") from None


@dataclass(frozen=True)
class Twilio:
    """The Telephony of one Twilio account; `account` returns None where there is no account, and raises Unavailable."""

    url: str
    account: Callable[[], Account | None]
    executor: Callable[[], Executor]

    def has_account(self) -> bool:
        return self.account() is not None

    def forward(self, callSid: str, number: str) -> None:
        """Make one request, without a retry: a second one could ring twice."""
        account = self.account()
        if account is None:
            raise Unavailable("There is no telephony account.")
        if time_left() < TOGETHER + NOTING:
            raise Unavailable("There was no time left to forward the call.")
        answer = self.executor().submit(self._update, account, callSid, dialling(number))
        try:
            status = answer.result(timeout=TOGETHER)
        except TimeoutError as error:
            raise Unavailable("Twilio is too slow.") from error
        except urllib3.exceptions.HTTPError as error:
            raise Unavailable(f"Twilio does not answer: {type(error).__name__}.") from error
        if not 200 <= status < 300:
            raise Unavailable(f"Twilio answered {status}.")

    def _update(self, account: Account, callSid: str, twiml: str) -> int:
        url = f"{self.url.rstrip('/')}/2010-04-01/Accounts/{account.accountSid}/Calls/{callSid}.json"
        with urllib3.PoolManager(num_pools=1) as connections:
            return connections.request(
                "POST",
                url,
                fields={"Twiml": twiml},
                encode_multipart=False,
                headers=urllib3.make_headers(basic_auth=f"{account.accountSid}:{account.authToken}"),
                timeout=urllib3.Timeout(connect=CONNECT, read=READ),
                retries=False,
                redirect=False,
            ).status
