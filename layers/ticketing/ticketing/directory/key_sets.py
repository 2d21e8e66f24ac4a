"""Key sets (JWKS, RFC 7517): the public keys of RS256 and ES256 (RFC 7518), and which one a token is signed with."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256

from ticketing.directory.jwt import UNCHECKED
from ticketing.errors import Unauthorized, Unavailable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    from ticketing.kernel.cached import Cached

YOUNG_KEYS = 60
"""Seconds after which an unknown key id is reason to load the key set again."""
SHORTEST_RSA_KEY = 2048
"""Bits of an RSA key at least (RFC 7518 §3.3)."""
_HALF = 32
"""Bytes of each of the two numbers that an ES256 signature is made of."""


@dataclass(frozen=True)
class PublicKey:
    """A key of a key set; `check` raises InvalidSignature, or ValueError for what is no signature at all."""

    key_id: Any
    check: Callable[[bytes, bytes], None]

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Tell whether the signature of the message was made with the private half of this key."""
        try:
            self.check(message, signature)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class KeySet:
    """A JWKS; keys of another type than the algorithm's do not count."""

    jwks: Cached[list[PublicKey]]

    def key(self, header: Mapping[str, Any]) -> PublicKey:
        """Return the key that the header names, or the only key when it names none."""
        kid = header.get("kid")
        for newer_than in (None, YOUNG_KEYS):
            keys = self.jwks(newer_than)
            named = [key for key in keys if key.key_id == kid] if kid is not None else keys
            if len(named) == 1:
                return named[0]
        raise Unauthorized("The token is signed with a key that is not known.")


def parse_jwks(text: str, algorithm: str) -> list[PublicKey]:
    """Return the keys in a JWKS document that can verify `algorithm`; raises Unavailable when it cannot be read."""
    try:
        found = [_key(entry, algorithm) for entry in json.loads(text)["keys"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unavailable(UNCHECKED, about=f"the key set is no JWKS: {type(error).__name__}") from error
    return [key for key in found if key is not None]


def _key(entry: Mapping[str, Any], algorithm: str) -> PublicKey | None:
    """Return the key in an entry, None when it is for something else, or broken: an issuer may publish keys that we
    cannot use."""
    kind = {"kty": "EC", "crv": "P-256"} if algorithm == "ES256" else {"kty": "RSA"}
    purpose = {"use": "sig", "alg": algorithm}
    if not kind.items() <= entry.items() or any(entry.get(name, meant) != meant for name, meant in purpose.items()):
        return None
    try:
        check = _es256(entry) if algorithm == "ES256" else _rs256(entry)
    except (ValueError, KeyError, TypeError):
        return None
    return PublicKey(entry.get("kid"), check)


def _rs256(entry: Mapping[str, Any]) -> Callable[[bytes, bytes], None]:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    key: RSAPublicKey = RSAPublicNumbers(_number(entry["e"]), _number(entry["n"])).public_key()
    if key.key_size < SHORTEST_RSA_KEY:
        raise ValueError("The key is too short.")
    return lambda message, signature: key.verify(signature, message, PKCS1v15(), SHA256())


def _es256(entry: Mapping[str, Any]) -> Callable[[bytes, bytes], None]:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicNumbers
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    numbers = EllipticCurvePublicNumbers(_number(entry["x"]), _number(entry["y"]), SECP256R1())
    key: EllipticCurvePublicKey = numbers.public_key()

    def check(message: bytes, signature: bytes) -> None:
        if len(signature) != 2 * _HALF:
            raise InvalidSignature
        r, s = int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:])
        key.verify(encode_dss_signature(r, s), message, ECDSA(SHA256()))

    return check


def _number(text: str) -> int:
    return int.from_bytes(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
