"""Bearer tokens as JWTs (RFC 7519, by the advice of RFC 8725): the algorithm is a setting, not the token's choice."""

from __future__ import annotations

import json
import re
import time
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from hmac import compare_digest, digest
from typing import TYPE_CHECKING, Any, Protocol

from ticketing.errors import Unauthorized, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ticketing.kernel.cached import Cached

LEEWAY = 60
"""Seconds by which clocks may differ."""
LONGEST_LIFE = 24 * 60 * 60
"""Seconds between `iat` and `exp` at most."""
LATEST = 10**12
"""Seconds that a time may have at most; it also excludes NaN and the infinities."""
SHARED_SECRET = "HS256"
SHORTEST_SECRET = 32
"""Bytes of a shared secret at least (RFC 7518 §3.2)."""
UNCHECKED = "Tokens cannot be checked at the moment."
"""The detail of a refusal while there is no key to check tokens with."""
_COMPACT = re.compile(r"(([\w-]+)\.([\w-]+))\.([\w-]+)", re.ASCII)
"""Header, payload and signature, each in base64url (RFC 7515 §7.1); the first two are what is signed."""


class Key(Protocol):
    """A key of one algorithm."""

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Tell whether the signature of the message was made with this key, or its private half."""


class KeySource(Protocol):
    """A source of the keys that tokens must be signed with."""

    def key(self, header: Mapping[str, Any]) -> Key:
        """Return the key for a token with this header; raises Unauthorized, Unavailable."""


@dataclass(frozen=True)
class SharedSecret:
    """One secret for all tokens (HS256)."""

    secret: Callable[[], str]

    def key(self, header: Mapping[str, Any]) -> Key:  # noqa: ARG002 - one key, whatever the header says
        """Return the secret as a key; raises Unavailable where it is too short to be one."""
        secret = self.secret().encode()
        if len(secret) < SHORTEST_SECRET:
            raise Unavailable(UNCHECKED, about=f"the secret of tokens has fewer than {SHORTEST_SECRET} bytes")
        return _HmacKey(secret)


@dataclass(frozen=True)
class _HmacKey:
    secret: bytes

    def signed(self, message: bytes, signature: bytes) -> bool:
        return compare_digest(digest(self.secret, message, "sha256"), signature)


def trusted_keys(
    algorithm: str,
    jwks: str,
    secret: Callable[[], str],
    remembered: Callable[[Callable[[], list[Any]]], Cached[list[Any]]],
) -> KeySource:
    """Return the keys that a deployment trusts: a shared secret, or the key set in `jwks`, a document or its URL."""
    if algorithm == SHARED_SECRET:
        return SharedSecret(secret)
    from ticketing.directory.key_sets import KeySet, parse_jwks  # a shared secret needs no cryptography

    if jwks.lstrip().startswith("{"):
        return KeySet(remembered(lambda: parse_jwks(jwks, algorithm)))
    from ticketing.directory.issuer import fetch_jwks

    return KeySet(remembered(lambda: parse_jwks(fetch_jwks(jwks), algorithm)))


@dataclass(frozen=True)
class JwtVerifier:
    """Checks signature, issuer, audience and times of tokens."""

    keys: KeySource
    algorithm: str
    issuer: str
    audience: str

    def claims(self, token: str) -> Mapping[str, Any]:
        """Return the claims of a genuine token that has not expired; raises Unauthorized, Unavailable."""
        parts = _COMPACT.fullmatch(token)
        if not parts:
            raise Unauthorized("The token is no signed JWT.")
        message, header, payload, signature = parts.groups()
        self._require_genuine(_object(header), message.encode(), _bytes(signature))
        claims = _object(payload)
        self._require_ours(claims)
        _require_present(claims, time.time())
        return claims

    def _require_genuine(self, header: Mapping[str, Any], message: bytes, signature: bytes) -> None:
        # an extension that must be understood (`crit`) is one that we do not understand
        is_plain = "crit" not in header and isinstance(header.get("kid", ""), str)
        if header.get("alg") != self.algorithm or not is_plain:
            raise Unauthorized("The token is not signed as it must be.")
        if not self.keys.key(header).signed(message, signature):
            raise Unauthorized("The token's signature is wrong.")

    def _require_ours(self, claims: Mapping[str, Any]) -> None:
        audience = claims.get("aud")
        if claims.get("iss") != self.issuer:
            raise Unauthorized("The token is another issuer's.")
        if audience != self.audience and not (isinstance(audience, list) and self.audience in audience):
            raise Unauthorized("The token is for others.")


def _bytes(part: str) -> bytes:
    try:
        return urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError as error:
        raise Unauthorized("The token is not in base64url.") from error


def _object(part: str) -> dict[str, Any]:
    try:
        document = json.loads(_bytes(part))
    except (ValueError, RecursionError) as error:
        raise Unauthorized("The token holds no JSON.") from error
    if not isinstance(document, dict):
        raise Unauthorized("The token holds no JSON object.")
    return document


def _require_present(claims: Mapping[str, Any], now: float) -> None:
    """Raise Unauthorized for a token that has expired, is of the future, or lives too long."""
    expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
    begins = _moment(claims, "nbf") if "nbf" in claims else issued
    if expires <= now - LEEWAY or max(issued, begins) > now + LEEWAY:
        raise Unauthorized("The token is not of the present.")
    if expires - issued > LONGEST_LIFE:
        raise Unauthorized("The token lives longer than 24 hours.")


def _moment(claims: Mapping[str, Any], name: str) -> float:
    moment = claims.get(name)
    if isinstance(moment, bool) or not isinstance(moment, int | float) or not abs(moment) < LATEST:
        raise Unauthorized(f"The token's {name} is no time.")
    return moment
