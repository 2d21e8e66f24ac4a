"""The issuer that a local run trusts: its secret, and tokens made with that."""

import re
import secrets
import time
from typing import Any

from bundle.errors import CannotContinue
from local.demo import directory
from local.places import State

ISSUER = "urn:tickets:local"
AUDIENCE = "tickets"
ALGORITHM = "HS256"
NAMED = re.compile(r"Bearer (rep|channel)-(\d+)")
"""A representative or phone line of customer 1, as the requests under events/ name who asks."""


def secret(state: State) -> str:
    """Return the secret of this state folder, made once."""
    if not state.secret.exists() or not state.secret.read_text():
        state.folder.mkdir(parents=True, exist_ok=True)
        state.secret.touch(mode=0o600)
        state.secret.write_text(secrets.token_urlsafe(48))
    return state.secret.read_text()


def rep_token(state: State, customer_id: int, rep_id: int, lifetime: int) -> str:
    """Return a representative's token, with the role of the demo directory. Raises CannotContinue."""
    for customer in directory():
        for rep in customer["reps"]:
            if (customer["customerID"], rep["repID"]) == (customer_id, rep_id):
                return _token(state, lifetime, customerID=customer_id, repID=rep_id, role=rep["role"])
    raise CannotContinue(f"Customer {customer_id} has no representative {rep_id}: see local/demo/directory.json.")


def phone_token(state: State, customer_id: int, channel_id: int, lifetime: int) -> str:
    """Return a phone context's token."""
    return _token(state, lifetime, customerID=customer_id, auth="phone", channelID=channel_id)


def with_tokens(state: State, event: str) -> str:
    """Return the text of an event with a token, for an hour, in the place of each name."""

    def bearer(named: re.Match[str]) -> str:
        make = rep_token if named[1] == "rep" else phone_token
        return f"Bearer {make(state, 1, int(named[2]), 3600)}"

    return NAMED.sub(bearer, event)


def _token(state: State, lifetime: int, **claims: Any) -> str:
    import jwt  # a start needs no token

    now = int(time.time())
    claims |= {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + lifetime}
    return jwt.encode(claims, secret(state), ALGORITHM)
