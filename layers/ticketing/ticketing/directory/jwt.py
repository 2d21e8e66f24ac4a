"""Bearer tokens as JWTs (RFC 7519, by the advice of RFC 8725): the algorithm is a setting, not the token's choice."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Protocol

import jwt

from ticketing.errors import Unauthorized, Unavailable
from ticketing.kernel.timelimit import time_left

if TYPE_CHECKING:
    from ticketing.kernel.cached import Cached

LEEWAY = 60
"""Seconds by which clocks may differ."""
LONGEST_LIFE = 24 * 60 * 60
"""Seconds between `iat` and `exp` at most."""
YOUNG_KEYS = 60
"""Seconds after which an unknown key id is reason to load the key set again."""
LATEST = 10**12
"""Seconds that a time may have at most; it also excludes NaN and the infinities."""
SHARED_SECRET = "HS256"
TIMEOUT = 3
"""Seconds that reading a key set may take."""
LARGEST_KEY_SET = 1_000_000
"""Bytes of a key set at most."""


class KeySource(Protocol):
    """A source of the keys that tokens must be signed with."""

    def key(self, header: Mapping[str, Any]) -> Any:
        """Return the key for a token with this header; raises Unauthorized, Unavailable."""


@dataclass(frozen=True)
class SharedSecret:
    """One secret for all tokens (HS256)."""

    secret: Callable[[], str]

    def key(self, header: Mapping[str, Any]) -> str:  # noqa: ARG002 - one key, whatever the header says
        return self.secret()


@dataclass(frozen=True)
class KeySet:
    """A JWKS (RFC 7517); keys of another type than the algorithm's do not count."""

    jwks: Cached[list[Any]]

    def key(self, header: Mapping[str, Any]) -> Any:
        """Return the key that the header names, or the only key when it names none."""
        kid = header.get("kid")
        for newer_than in (None, YOUNG_KEYS):
            keys = self.jwks(newer_than)
            named = [jwk for jwk in keys if jwk.key_id == kid] if kid is not None else keys
            if len(named) == 1:
                return named[0].key
        raise Unauthorized("The token is signed with a key that is not known.")


def trusted_keys(
    algorithm: str,
    jwks: str,
    secret: Callable[[], str],
    remembered: Callable[[Callable[[], list[Any]]], Cached[list[Any]]],
) -> KeySource:
    """Return the keys that a deployment trusts: a shared secret, or the key set in `jwks`, a document or its URL."""
    if algorithm == SHARED_SECRET:
        return SharedSecret(secret)
    inline = jwks.lstrip().startswith("{")
    return KeySet(remembered(lambda: parse_jwks(jwks if inline else fetch_jwks(jwks), algorithm)))


def parse_jwks(text: str, algorithm: str) -> list[Any]:
    """Return the keys in a JWKS document that can verify `algorithm`; raises Unavailable when it cannot be read."""
    try:
        found = [_key(entry, algorithm) for entry in json.loads(text)["keys"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unavailable("The key set cannot be read.") from error
    return [key for key in found if key is not None]


def _key(entry: Mapping[str, Any], algorithm: str) -> Any:
    """Return the key in an entry, None when it is for something else, or broken: an issuer may publish keys that we
    cannot use."""
    kind = {"kty": "EC", "crv": "P-256"} if algorithm == "ES256" else {"kty": "RSA"}
    purpose = {"use": "sig", "alg": algorithm}
    if kind.items() <= entry.items() and all(entry.get(name, meant) == meant for name, meant in purpose.items()):
        with suppress(jwt.PyJWTError):
            return jwt.PyJWK(dict(entry), algorithm=algorithm)
    return None


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
        raise Unavailable("The key set does not answer.") from error


def _document(url: str, seconds: float) -> str:
    content, end = b"", time.monotonic() + seconds
    with urllib.request.urlopen(url, timeout=seconds) as reply:  # noqa: S310 - the URL is a deployment's setting
        while part := reply.read1():
            content += part
            if time.monotonic() > end or len(content) > LARGEST_KEY_SET:
                raise TimeoutError
    return content.decode()


@dataclass(frozen=True)
class JwtVerifier:
    """Checks signature, issuer, audience and times of tokens."""

    keys: KeySource
    algorithm: str
    issuer: str
    audience: str

    def claims(self, token: str) -> Mapping[str, Any]:
        """Return the claims of a genuine token that has not expired; raises Unauthorized, Unavailable."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key=self.keys.key(jwt.get_unverified_header(token)),
                algorithms=[self.algorithm],
                issuer=self.issuer,
                audience=self.audience,
                leeway=LEEWAY,
                options={"require": ["iss", "aud", "exp", "iat"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise Unauthorized("The token does not hold.") from error
        _require_sane_times(claims)
        return claims


def _require_sane_times(claims: Mapping[str, Any]) -> None:
    for name in ("exp", "iat", "nbf"):
        moment = claims.get(name, 0)
        if isinstance(moment, bool) or not isinstance(moment, int | float) or not abs(moment) < LATEST:
            raise Unauthorized(f"The token's {name} is no time.")
    if claims["exp"] - claims["iat"] > LONGEST_LIFE:
        raise Unauthorized("The token lives longer than 24 hours.")
