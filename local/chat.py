"""A chat that is begun as a visitor of the demo shop begins it."""

import json
import urllib.request
from urllib.error import HTTPError

from bundle.errors import CannotContinue
from local.demo import ACME, directory
from local.server import HOST, PATIENCE

SITE = "http://localhost"
"""The site that the visitor is on; the demo shop's channel admits this machine."""


def begun_chat(port: int, message: str) -> str:
    """Begin a chat through the API on `port`, and return its reply; raises CannotContinue."""
    url = f"http://{HOST}:{port}/api/Tickets/createchatticket"
    body = json.dumps({"channelToken": _shop_token(), "message": message}).encode()
    asked = urllib.request.Request(url, body, {"Content-Type": "application/json", "Origin": SITE})
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as reply:  # noqa: S310 - our own http address
            return str(reply.read().decode())
    except HTTPError as refused:
        raise CannotContinue(f"{url} answered {refused.code}: {refused.read().decode()}") from refused
    except OSError as error:
        raise CannotContinue(f"{url} is not answered: start it with `make run`.") from error


def _shop_token() -> str:
    """Return the public token of the first customer's chat that this machine may use."""
    acme = next(customer for customer in directory() if customer["customerID"] == ACME)
    return str(next(channel["token"] for channel in acme["channels"] if "localhost" in channel.get("hostnames", ())))
