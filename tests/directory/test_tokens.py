"""Tokens as JWTs: what is genuine, ours and of the present, and what is not."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.directory.signing import AUDIENCE, ISSUER, REP, SECRET, Signer, ec_key, key_set, rsa_key, shared
from tests.world import World
from ticketing.directory.authentication import Authentication
from ticketing.directory.jwt import JwtVerifier, KeySource, SharedSecret
from ticketing.directory.key_sets import KeySet, parse_jwks
from ticketing.errors import Unauthorized, Unavailable
from ticketing.kernel.cached import Cached

SIGNERS = {
    "HS256": shared(),
    "RS256": Signer("RS256", rsa_key(), "one"),
    "ES256": Signer("ES256", ec_key(), "one"),
}

type Claims = Callable[[int], dict[str, Any]]
"""Claims that are made now, not when the tests were collected."""


def keys_of(signer: Signer) -> KeySource:
    if signer.algorithm == "HS256":
        return SharedSecret(lambda: signer.key)
    return KeySet(Cached(lambda: parse_jwks(key_set(signer.jwk()), signer.algorithm), 600, time.time))


def verifier(signer: Signer) -> JwtVerifier:
    return JwtVerifier(keys_of(signer), signer.algorithm, ISSUER, AUDIENCE)


@pytest.fixture(params=SIGNERS)
def signer(request: pytest.FixtureRequest) -> Signer:
    return SIGNERS[request.param]


def refused(verifier: JwtVerifier, token: str) -> None:
    with pytest.raises(Unauthorized):
        verifier.claims(token)


def test_a_sound_token_lets_in(world: World, signer: Signer) -> None:
    world.application.authentication = Authentication(verifier(signer), world.directory, time.time)
    world.keep(customerRepID=13)
    world.keep(customerRepID=14)
    world.call("GET", "/api/Tickets/1", signer.token()).as_expected(200)
    world.call("GET", "/api/Tickets/2", signer.token()).refused(403, "Forbidden")
    world.call("GET", "/api/Tickets/1", signer.token()[:-3]).refused(401, "Unauthorized")


SOUND: list[Claims] = [
    lambda _: {},
    lambda _: {"aud": ["others", AUDIENCE]},
    lambda now: {"nbf": now - 10},
    lambda now: {"nbf": now + 30},
    lambda now: {"iat": now + 30},
    lambda now: {"exp": now - 30, "iat": now - 600},
    lambda now: {"iat": now - 5, "exp": now - 5 + 24 * 3600},
    lambda now: {"iat": now - 0.5, "exp": now + 60.5},
]


@pytest.mark.parametrize("claims", SOUND)
def test_claims_that_hold(signer: Signer, claims: Claims) -> None:
    assert verifier(signer).claims(signer.token(**claims(int(time.time()))))["repID"] == REP["repID"]


UNSOUND: list[Claims] = [
    lambda _: {"iss": None},
    lambda _: {"iss": "https://id.example/"},
    lambda _: {"iss": [ISSUER]},
    lambda _: {"iss": ""},
    lambda _: {"aud": None},
    lambda _: {"aud": "others"},
    lambda _: {"aud": []},
    lambda _: {"aud": ["others"]},
    lambda _: {"aud": {"tickets": 1}},
    lambda _: {"exp": None},
    lambda now: {"exp": now - 90},
    lambda now: {"exp": str(now + 600)},
    lambda _: {"exp": True},
    lambda now: {"exp": [now + 600]},
    lambda _: {"exp": 10**400},
    lambda _: {"exp": float("inf")},
    lambda _: {"exp": float("nan")},
    lambda _: {"exp": -1},
    lambda _: {"iat": None},
    lambda now: {"iat": now + 90},
    lambda now: {"iat": str(now)},
    lambda _: {"iat": True},
    lambda _: {"iat": float("nan")},
    lambda _: {"iat": float("-inf")},
    lambda _: {"iat": 0},
    lambda now: {"iat": now - 10, "exp": now - 9 + 24 * 3600},
    lambda now: {"nbf": now + 90},
    lambda now: {"nbf": str(now)},
    lambda _: {"nbf": False},
    lambda _: {"nbf": float("nan")},
    lambda _: {"nbf": {}},
]


@pytest.mark.parametrize("claims", UNSOUND)
def test_claims_that_do_not_hold(signer: Signer, claims: Claims) -> None:
    refused(verifier(signer), signer.token(**claims(int(time.time()))))


def test_a_null_nbf_is_no_time(signer: Signer) -> None:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 600, "nbf": None, **REP}
    refused(verifier(signer), signer.signed(json.dumps(claims).encode()))


def part(document: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", "HS512", "RS512", "PS256", None, 1, ["HS256"]])
def test_another_algorithm_is_refused_whatever_the_token_says(signer: Signer, algorithm: object) -> None:
    _, claims, signature = signer.token().split(".")
    header = part({"alg": algorithm, "typ": "JWT", "kid": "one"})
    for forged in (signature, ""):
        refused(verifier(signer), f"{header}.{claims}.{forged}")


def test_a_public_key_is_no_shared_secret() -> None:
    signer = SIGNERS["RS256"]
    public = signer.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = part({"alg": "HS256", "kid": "one"}) + "." + signer.token().split(".")[1]
    signature = hmac.digest(public, signed.encode(), "sha256")
    forged = base64.urlsafe_b64encode(signature).decode().rstrip("=")
    refused(verifier(signer), f"{signed}.{forged}")


def test_a_secret_that_can_be_guessed_lets_nobody_in() -> None:
    short = shared("x" * 31)
    with pytest.raises(Unavailable):
        verifier(short).claims(shared().token())


def test_a_token_of_another_key_is_refused() -> None:
    refused(verifier(SIGNERS["HS256"]), shared(SECRET + "!").token())
    refused(verifier(SIGNERS["RS256"]), Signer("RS256", rsa_key(1), "one").token())
    refused(verifier(SIGNERS["ES256"]), Signer("ES256", ec_key(1), "one").token())
    refused(verifier(SIGNERS["RS256"]), SIGNERS["ES256"].token())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda _: "x",
        lambda _: "..",
        lambda token: token + ".x",
        lambda token: token.replace(".", "", 1),
        lambda token: token[:-10],
        lambda token: token + "é",
        lambda _: "\ud800",
        lambda token: part([]) + token[token.index(".") :],
        lambda token: part("x" * 10_000) + token[token.index(".") :],
        lambda token: ("[" * 3000) + token,
        lambda token: part({"alg": "HS256", "kid": 7}) + token[token.index(".") :],
    ],
)
def test_what_is_no_token_is_refused(signer: Signer, spoil: Callable[[str], str]) -> None:
    refused(verifier(signer), spoil(signer.token()))


@pytest.mark.parametrize("payload", [b"[]", b"7", b"null", b"\xff", b"[" * 10_000, b"{"])
def test_a_genuine_token_whose_payload_is_no_object(signer: Signer, payload: bytes) -> None:
    refused(verifier(signer), signer.signed(payload))
