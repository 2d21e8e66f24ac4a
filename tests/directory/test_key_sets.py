"""Key sets: which key a token is checked with, rotation, and outages of where they come from."""

import base64
import io
import json
import urllib.request
from collections.abc import Callable
from http.client import BadStatusLine, IncompleteRead
from typing import Any
from urllib.error import URLError

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.calls.test_twilio import dripping
from tests.directory.signing import Signer, ec_key, key_set, rsa_key
from tests.fakes import FakeClock
from ticketing.directory import issuer
from ticketing.directory.issuer import fetch_jwks
from ticketing.directory.key_sets import KeySet, parse_jwks
from ticketing.errors import Unauthorized, Unavailable
from ticketing.kernel.cached import Cached
from ticketing.kernel.timelimit import within

ONE, TWO = Signer("RS256", rsa_key(1), "one"), Signer("RS256", rsa_key(2), "two")


class Issuer:
    """An issuer whose key set can change, and be out of reach."""

    def __init__(self, *signers: Signer) -> None:
        self.signers = signers
        self.is_down = False
        self.asked = 0
        self.clock = FakeClock()
        self.keys = KeySet(Cached(self.load, 600, self.clock.seconds))

    def load(self) -> list[Any]:
        self.asked += 1
        if self.is_down:
            raise Unavailable("The key set does not answer.")
        return parse_jwks(key_set(*(signer.jwk() for signer in self.signers)), "RS256")

    def knows(self, kid: str | None) -> bool:
        try:
            self.keys.key({} if kid is None else {"kid": kid})
        except Unauthorized:
            return False
        return True


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "==")


def test_the_key_that_is_named_is_taken() -> None:
    issuer = Issuer(ONE, TWO)
    for signer in (ONE, TWO):
        message, _, signature = signer.token().rpartition(".")
        genuine = [issuer.keys.key({"kid": kid}).signed(message.encode(), decoded(signature)) for kid in ("one", "two")]
        assert genuine == [signer is ONE, signer is TWO]
    assert issuer.asked == 1


def test_where_none_is_named_the_only_one_is_taken() -> None:
    assert Issuer(ONE).knows(None)
    assert not Issuer(ONE, TWO).knows(None)


def test_two_keys_of_one_name_are_none() -> None:
    assert not Issuer(ONE, Signer("RS256", rsa_key(2), "one")).knows("one")


def test_a_new_key_is_taken_within_a_minute_without_asking_for_every_unknown_one() -> None:
    issuer = Issuer(ONE)
    assert not issuer.knows("two")
    issuer.signers = (ONE, TWO)
    for _ in range(20):
        assert not issuer.knows("two")
    assert issuer.asked == 1
    issuer.clock.pass_(60)
    assert issuer.knows("two")
    assert issuer.asked == 2


def test_a_key_that_is_withdrawn_stops_working() -> None:
    issuer = Issuer(ONE, TWO)
    assert issuer.knows("one")
    issuer.signers = (TWO,)
    issuer.clock.pass_(599)
    assert issuer.knows("one")
    issuer.clock.pass_(1)
    assert not issuer.knows("one")


def test_an_outage_is_outlived() -> None:
    issuer = Issuer(ONE)
    assert issuer.knows("one")
    issuer.is_down = True
    issuer.clock.pass_(100_000)
    assert issuer.knows("one")
    asked = issuer.asked
    for _ in range(20):
        assert issuer.knows("one")
        assert not issuer.knows("two")
    assert issuer.asked == asked
    issuer.is_down = False
    issuer.signers = (TWO,)
    issuer.clock.pass_(600)
    assert issuer.knows("two")


def test_an_outage_from_the_start_is_unavailable_and_passes() -> None:
    issuer = Issuer(ONE)
    issuer.is_down = True
    for _ in range(2):
        with pytest.raises(Unavailable):
            issuer.keys.key({"kid": "one"})
    issuer.is_down = False
    assert issuer.knows("one")


def test_keys_that_cannot_verify_the_algorithm_do_not_count() -> None:
    p256 = Signer("ES256", ec_key(), "p256")
    others = [
        ONE.jwk(),
        Signer("ES384", ec_key(0, ec.SECP384R1), "p384").jwk(),
        Signer("ES256", ec_key(3), "es384-only").jwk(alg="ES384"),
        Signer("ES256", ec_key(4), "for encryption").jwk(use="enc"),
        {"kty": "oct", "k": "c2VjcmV0", "kid": "oct"},
        {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "ed"},
        {"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA", "kid": "k1"},
        {"kty": "EC", "kid": "broken"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "kid": "no point of the curve"},
        {"kty": "new", "kid": "unheard of"},
    ]
    keys = parse_jwks(key_set(*others, p256.jwk(), Signer("ES256", ec_key(5), "named").jwk(alg="ES256")), "ES256")
    assert [key.key_id for key in keys] == ["p256", "named"]


def test_an_rsa_key_that_is_too_short_does_not_count() -> None:
    short = Signer("RS256", rsa.generate_private_key(65537, 1024), "short")  # noqa: S505
    assert [key.key_id for key in parse_jwks(key_set(short.jwk(), ONE.jwk()), "RS256")] == ["one"]


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", "null", '{"keys": 7}', '{"keys": null}', '{"keys": ["x"]}'])
def test_what_is_no_key_set_is_unavailable(text: str) -> None:
    with pytest.raises(Unavailable):
        parse_jwks(text, "RS256")


def answering(answer: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: answer())


def test_a_key_set_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    document = key_set(ONE.jwk())
    answering(lambda: io.BytesIO(document.encode()), monkeypatch)
    assert json.loads(fetch_jwks("https://id.example/jwks")) == json.loads(document)


@pytest.mark.parametrize(
    "error", [URLError("refused"), TimeoutError(), ConnectionResetError(), BadStatusLine("x"), IncompleteRead(b"")]
)
def test_an_issuer_that_does_not_answer_is_unavailable(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> None:
        raise error

    answering(fail, monkeypatch)
    with pytest.raises(Unavailable):
        fetch_jwks("https://id.example/jwks")


def test_an_answer_that_is_no_text_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(lambda: io.BytesIO(b"\xff"), monkeypatch)
    with pytest.raises(Unavailable):
        fetch_jwks("https://id.example/jwks")


@pytest.mark.parametrize(("longest", "left"), [(0.1, 9), (3, 0.1)])
def test_an_issuer_that_sends_a_byte_now_and_then_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, longest: float, left: float
) -> None:
    monkeypatch.setattr(issuer, "TIMEOUT", longest)
    answer = b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"keys": []}'
    with dripping(answer) as url, within(left), pytest.raises(Unavailable):
        fetch_jwks(url)


@pytest.mark.parametrize("url", ["", "id.example/jwks", "nonsense:"])
def test_what_is_no_url_is_unavailable(url: str) -> None:
    with pytest.raises(Unavailable):
        fetch_jwks(url)
