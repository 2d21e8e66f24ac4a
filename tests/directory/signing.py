"""Issuers of tokens: keys, key sets, and tokens signed with them."""

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

ISSUER, AUDIENCE = "https://id.example", "tickets"
SECRET = "a secret of more than thirty-two bytes, of no use elsewhere"
REP = {"customerID": 1, "repID": 13, "role": "Agent"}


@dataclass(frozen=True)
class Signer:
    """A private key with its id."""

    algorithm: str
    key: Any
    kid: str | None = None

    def jwk(self, **members: Any) -> dict[str, Any]:
        """The public key as a key set holds it."""
        encoder: Any = jwt.get_algorithm_by_name(self.algorithm)
        document: dict[str, Any] = json.loads(encoder.to_jwk(self.key.public_key()))
        return document | ({"kid": self.kid} if self.kid else {}) | members

    def token(self, **claims: Any) -> str:
        """A sound token, but for what is said; a claim of None is left out."""
        now = int(time.time())
        sound = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 3600, **REP} | claims
        kept = {name: value for name, value in sound.items() if value is not None}
        return self.signed(json.dumps(kept).encode())

    def signed(self, payload: bytes) -> str:
        """A genuine token with any payload."""
        return jwt.PyJWS().encode(payload, self.key, self.algorithm, {"kid": self.kid} if self.kid else {})


@cache
def rsa_key(number: int = 0) -> PrivateKeyTypes:  # noqa: ARG001 - what the cache goes by
    """An RSA key; another number is another key."""
    return rsa.generate_private_key(65537, 2048)


@cache
def ec_key(number: int = 0, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> PrivateKeyTypes:  # noqa: ARG001
    """A key on an elliptic curve; another number is another key."""
    return ec.generate_private_key(curve())


def key_set(*jwks: dict[str, Any]) -> str:
    """A JWKS document."""
    return json.dumps({"keys": jwks})


def shared(secret: str = SECRET) -> Signer:
    """Whoever knows the shared secret."""
    return Signer("HS256", secret)
