"""Tokens are taken and refused as PyJWT, which is not a part of the bundle, takes and refuses them."""

import base64
import json
import time
from typing import Any

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.directory.signing import AUDIENCE, ISSUER, REP, Signer, ec_key, key_set, rsa_key, shared
from ticketing.directory.jwt import LEEWAY, JwtVerifier, KeySource, SharedSecret
from ticketing.directory.key_sets import KeySet, parse_jwks
from ticketing.errors import Unauthorized
from ticketing.kernel.cached import Cached

SIGNERS = {
    "HS256": shared(),
    "RS256": Signer("RS256", rsa_key(), "one"),
    "ES256": Signer("ES256", ec_key(), "one"),
}
MOMENTS = st.sampled_from([-7200, -90, -1, 0.5, 30, 90, 3600, "soon", None])
"""Seconds from now, far from where either begins to refuse; and what is no time."""
CLAIMS = st.fixed_dictionaries(
    {},
    optional={
        "iss": st.sampled_from([ISSUER, ISSUER + "/", "", None]),
        "aud": st.sampled_from([AUDIENCE, [AUDIENCE], ["others", AUDIENCE], ["others"], [], "others", None]),
        "exp": MOMENTS,
        "iat": MOMENTS,
        "nbf": MOMENTS,
    },
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "alg": st.sampled_from(["HS256", "RS256", "ES256", "none", "HS512", None, 7]),
        "kid": st.sampled_from(["one", "two", None]),
        "crit": st.sampled_from([["exp"], ["b64"], []]),
        "typ": st.sampled_from(["JWT", "other"]),
    },
)


def ours(signer: Signer) -> JwtVerifier:
    return JwtVerifier(_keys(signer), signer.algorithm, ISSUER, AUDIENCE)


def _keys(signer: Signer) -> KeySource:
    if signer.algorithm == "HS256":
        return SharedSecret(lambda: signer.key)
    return KeySet(Cached(lambda: parse_jwks(key_set(signer.jwk()), signer.algorithm), 600, time.time))


def is_taken(signer: Signer, token: str) -> bool:
    try:
        ours(signer).claims(token)
    except Unauthorized:
        return False
    return True


def is_taken_by_pyjwt(signer: Signer, token: str) -> bool:
    key = signer.key if signer.algorithm == "HS256" else signer.key.public_key()
    options: Any = {"require": ["iss", "aud", "exp", "iat"]}
    try:
        jwt.decode(token, key, [signer.algorithm], options, audience=AUDIENCE, issuer=ISSUER, leeway=LEEWAY)
    except (jwt.PyJWTError, TypeError):
        return False
    return True


def sound(claims: dict[str, Any]) -> dict[str, Any]:
    """Return the claims of a sound token, but for these, whose numbers are seconds from now."""
    now = int(time.time())
    moments = {name: now + value if isinstance(value, int | float) else value for name, value in claims.items()}
    return {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 3600, **REP} | moments


def encoded(document: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


def signed(signer: Signer, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """Return a token with a genuine signature, whatever its header says."""
    message = f"{encoded(header)}.{encoded(claims)}"
    algorithm: Any = jwt.get_algorithm_by_name(signer.algorithm)
    signature = algorithm.sign(message.encode(), algorithm.prepare_key(signer.key))
    return f"{message}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


@pytest.mark.parametrize("algorithm", SIGNERS)
@settings(max_examples=150, deadline=None)
@given(claims=CLAIMS)
def test_claims_are_taken_as_by_pyjwt(algorithm: str, claims: dict[str, Any]) -> None:
    signer = SIGNERS[algorithm]
    token = signed(signer, {"alg": algorithm, "kid": "one"}, sound(claims))
    assert is_taken(signer, token) == is_taken_by_pyjwt(signer, token)


@pytest.mark.parametrize("algorithm", SIGNERS)
@settings(max_examples=150, deadline=None)
@given(header=HEADERS)
def test_headers_are_taken_as_by_pyjwt(algorithm: str, header: dict[str, Any]) -> None:
    signer = SIGNERS[algorithm]
    token = signed(signer, {"alg": algorithm, "kid": "one"} | header, sound({}))
    is_ours = header.get("kid", "one") != "two" or algorithm == "HS256"  # PyJWT is given the key itself
    assert is_taken(signer, token) == (is_ours and is_taken_by_pyjwt(signer, token))


@pytest.mark.parametrize("algorithm", SIGNERS)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_token_with_one_character_changed_is_taken_by_neither(algorithm: str, data: st.DataObject) -> None:
    signer = SIGNERS[algorithm]
    token = signer.token()
    at = data.draw(st.integers(0, len(token) - 2))  # of the last character not every bit counts
    changed = data.draw(st.sampled_from("abcXYZ019-_.").filter(lambda character: character != token[at]))
    spoilt = token[:at] + changed + token[at + 1 :]
    assert not is_taken(signer, spoilt)
    assert not is_taken_by_pyjwt(signer, spoilt)
