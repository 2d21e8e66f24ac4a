"""The issuer of tokens, asked for its key set."""

import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError, URLError

from ticketing.directory.jwt import UNCHECKED
from ticketing.errors import Unavailable
from ticketing.kernel.timelimit import time_left

TIMEOUT = 3
"""Seconds that reading a key set may take."""
LARGEST_KEY_SET = 1_000_000
"""Bytes of a key set at most."""


def fetch_jwks(url: str) -> str:
    """Return the JWKS document at an https URL, or a loopback one; raises Unavailable, which is in time however slowly
    the other side answers: a timeout of urllib's is one of each single read."""
    seconds = min(TIMEOUT, time_left())
    reading = ThreadPoolExecutor(1)
    answer = reading.submit(_document, url, seconds)
    reading.shutdown(wait=False)
    try:
        return answer.result(seconds)
    except (OSError, ValueError, HTTPException) as error:
        raise Unavailable(UNCHECKED, about=f"the key set cannot be read: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    """Return how a look-up failed, without the URL: the status, or the kind of the failure."""
    if isinstance(error, HTTPError):
        return str(error.code)
    cause = error.reason if isinstance(error, URLError) else error
    return type(cause).__name__ if isinstance(cause, Exception) else str(cause)


def _document(url: str, seconds: float) -> str:
    content, end = b"", time.monotonic() + seconds
    with urllib.request.urlopen(url, timeout=seconds) as reply:  # noqa: S310 - the URL is a deployment's setting
        while part := reply.read1():
            content += part
            if time.monotonic() > end or len(content) > LARGEST_KEY_SET:
                raise TimeoutError
    return content.decode()
