"""The line to DynamoDB: connections are kept and shared, and no damaged answer passes for one."""

import gzip
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from threading import Barrier
from typing import Any
from zlib import crc32

import botocore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.engines import Tables, client_of
from tests.kernel.service import Answer, Asked, StandIn, octets, saying, serving
from tests.local_stack import wait_until
from ticketing.errors import Unavailable
from ticketing.kernel import retries
from ticketing.kernel.aws.connections import tls
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.retries import NoAnswer

pytestmark = pytest.mark.usefixtures("no_pauses")
ITEM = b'{"Item": {"n": {"N": "7"}}}'
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"".join(b"1;x=y\r\n%c\r\n" % octet for octet in ITEM)
    + b"0\r\nExpires: never\r\n\r\n"
)
SIZED = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(ITEM) + ITEM
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n" + ITEM


def ask(service: StandIn) -> dict[str, Any]:
    return client_of(service.url).call("GetItem", {})


def trickling(_: Asked, line: socket.socket) -> bool:
    """Send a head, then one octet at a time, each well within a second, and never the last."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        line.sendall(b" ")


def silent(_: Asked, line: socket.socket) -> bool:
    """Say nothing until the client hangs up."""
    line.recv(1)
    return False


def rushing(_: Asked, line: socket.socket) -> bool:
    """Answer, say that the connection stays open, and close it all the same."""
    line.sendall(b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}")
    return False


WHOLE: dict[str, Answer] = {
    "as DynamoDB sends it": saying(ITEM, x_amz_crc32=str(crc32(ITEM))),
    "without a checksum": saying(ITEM),
    "in chunks": octets(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n" + ITEM + b"\r\n0\r\n\r\n"),
    "in many chunks, with a trailer": octets(CHUNKED),
    "with names in lower case": octets(b"HTTP/1.1 200\r\ncontent-length: %d\r\n\r\n" % len(ITEM) + ITEM),
    "after a hint": octets(b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + SIZED),
    "as the last on its line": saying(ITEM, Connection="close"),
    "of HTTP 1.0": octets(b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % len(ITEM) + ITEM, stays_open=False),
}
DAMAGED: dict[str, tuple[Answer, str]] = {
    "another checksum": (saying(ITEM, x_amz_crc32="1"), "Garbled"),
    "no checksum": (saying(ITEM, x_amz_crc32=""), "Garbled"),
    "compressed, which was not asked for": (saying(gzip.compress(ITEM), Content_Encoding="gzip"), "Garbled"),
    "as long as the connection": (octets(b"HTTP/1.1 200 OK\r\n\r\n" + ITEM, stays_open=False), "Garbled"),
    "cut off": (octets(CUT, stays_open=False), "EOFError"),
    "cut off in the head": (octets(b"HTTP/1.1 200 OK\r\nConte", stays_open=False), "EOFError"),
    "no answer at all": (octets(b"", stays_open=False), "EOFError"),
    "not HTTP": (octets(b"SSH-2.0-OpenSSH_9.6\r\n"), "HttpParserError"),
    "another protocol": (
        octets(b"HTTP/1.1 101 Switch\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
        "HttpParserUpgrade",
    ),
}
ENDLESS: dict[str, Answer] = {"silence": silent, "a trickle": trickling}


@pytest.mark.parametrize("answer", WHOLE.values(), ids=WHOLE)
def test_an_answer_is_read(answer: Answer) -> None:
    with serving(answer) as service:
        for _ in range(2):
            assert ask(service) == {"Item": {"n": {"N": "7"}}}


@pytest.mark.parametrize(("answer", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_answer_is_none_and_the_call_is_made_again(answer: Answer, reason: str) -> None:
    with serving(answer, answer, saying(ITEM), answer) as service:
        engine = Engine(client_of(service.url))
        assert engine.call("get_item", TableName="t", Key={}) == {"Item": {"n": {"N": "7"}}}
        assert len(service.asked) == 3
        with pytest.raises(Unavailable) as refusal:
            engine.call("get_item", TableName="t", Key={})
        assert refusal.value.about.startswith(f"GetItem of t: {reason}")
        assert len(service.asked) == 6


@pytest.mark.parametrize("answer", ENDLESS.values(), ids=ENDLESS)
def test_an_answer_that_never_ends_is_none_and_the_call_is_made_again(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def pause(attempt: int) -> bool:
        """Go on at once; the third try is answered, and has all the time that this needs."""
        tried.append(attempt)
        client.patience = (0.1, 60)[attempt]
        return True

    def third(asked: Asked, line: socket.socket) -> bool:
        return (saying(ITEM) if len(tried) == 2 else answer)(asked, line)

    monkeypatch.setattr(retries, "pause", pause)
    with serving(third) as service:
        client = client_of(service.url, patience=0.1)
        assert Engine(client).call("get_item", TableName="t", Key={}) == {"Item": {"n": {"N": "7"}}}
    assert tried == [0, 1]


@pytest.mark.parametrize("answer", ENDLESS.values(), ids=ENDLESS)
def test_a_call_whose_answers_never_end_is_unavailable(answer: Answer) -> None:
    with serving(answer) as service, pytest.raises(Unavailable) as refusal:
        Engine(client_of(service.url, patience=0.1)).call("get_item", TableName="t", Key={})
    assert refusal.value.about == "GetItem of t: TimeoutError"


def test_one_connection_serves_calls_that_follow_each_other() -> None:
    with serving(saying()) as service:
        client = client_of(service.url)
        for _ in range(5):
            client.call("GetItem", {})
        assert (service.connections, len(service.asked)) == (1, 5)


def test_calls_at_once_have_a_connection_each_which_is_used_again() -> None:
    together = Barrier(4, timeout=60)

    def meet(asked: Asked, line: socket.socket) -> bool:
        together.wait()
        return saying()(asked, line)

    with serving(meet) as service, ThreadPoolExecutor(4) as threads:
        client = client_of(service.url)
        for _ in range(3):
            list(threads.map(lambda _: client.call("GetItem", {}), range(4)))
        assert (service.connections, len(service.asked)) == (4, 12)


def test_a_connection_that_was_closed_while_idle_is_made_anew_without_another_try() -> None:
    with serving(octets(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", stays_open=False)) as service:
        client = client_of(service.url)
        client.call("GetItem", {})
        (idle,) = client.connections._idle
        assert idle.recv(1, socket.MSG_PEEK) == b""  # so the end has arrived
        client.call("GetItem", {})
        assert (service.connections, len(service.asked)) == (2, 2)


def test_a_connection_is_not_used_again_after_a_failure() -> None:
    late = octets(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", stays_open=True)
    with serving(silent, late, saying()) as service:
        client = client_of(service.url, patience=1)
        with pytest.raises(NoAnswer):
            client.call("GetItem", {})
        wait_until(lambda: len(service.asked) == 1)
        client.patience = 60
        with pytest.raises(NoAnswer):
            client.call("GetItem", {})
        assert client.call("GetItem", {}) == {}


def test_an_idle_connection_that_the_host_ends_costs_no_try() -> None:
    """DynamoDB and S3 end connections that are idle for long, without a word in the answer before."""
    with serving(rushing) as service:
        client = client_of(service.url)
        for _ in range(3):
            client.call("GetItem", {})
            for idle in client.connections._idle:
                assert idle.recv(1, socket.MSG_PEEK) == b""  # so the end has arrived
        assert (service.connections, len(service.asked)) == (3, 3)


def test_threads_get_their_own_answers(scratch: Tables, customerID: int) -> None:
    engine, table = Engine(scratch.client), scratch.names["messages"]
    keys = [{"customerTicket": f"threads-{customerID}", "messageID": number} for number in range(64)]

    def there_and_back(key: dict[str, Any]) -> dict[str, Any]:
        engine.call("put_item", TableName=table, Item=engine.typed(key | {"body": "x" * 1000 * key["messageID"]}))
        reply = engine.call("get_item", TableName=table, Key=engine.typed(key), ConsistentRead=True)
        return engine.plain(reply["Item"])

    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(there_and_back, keys))
    assert [(item["messageID"], len(item["body"])) for item in found] == [
        (number, 1000 * number) for number in range(64)
    ]


def certificate(folder: Path, host: str) -> Path:
    """Write a key and a certificate of its own for a host, and return their file."""
    key, name, now = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]),
        datetime.now(UTC),
    )
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(host))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = folder / f"{host}.pem"
    file.write_bytes(
        made.public_bytes(encoding) + key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
    )
    return file


@pytest.fixture
def no_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has said whom to trust."""
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)


@pytest.fixture(params=["127.0.0.1", "127.0.0.2"])
def secure(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Serve over TLS on 127.0.0.1, with a trusted certificate for that address or another."""
    file, context = certificate(tmp_path, request.param), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(file))
    with serving(saying(ITEM), tls=context) as service:
        yield service


@pytest.mark.parametrize("secure", ["127.0.0.1"], indirect=True)
def test_a_host_with_a_trusted_certificate_is_asked_over_kept_connections(secure: StandIn) -> None:
    client = client_of(secure.url)
    for _ in range(3):
        assert client.call("GetItem", {}) == {"Item": {"n": {"N": "7"}}}
    assert secure.connections == 1


@pytest.mark.parametrize("secure", ["127.0.0.2"], indirect=True)
def test_a_host_with_anothers_certificate_is_not_asked(secure: StandIn) -> None:
    with pytest.raises(NoAnswer) as refusal:
        ask(secure)
    assert refusal.value.reason == "SSLCertVerificationError"
    assert secure.asked == []


@pytest.mark.parametrize("secure", ["127.0.0.1"], indirect=True)
def test_a_host_with_an_unknown_certificate_is_not_asked(secure: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE")
    with pytest.raises(NoAnswer):
        ask(secure)
    assert secure.asked == []


@pytest.mark.usefixtures("no_bundle")
@pytest.mark.parametrize("host", ["dynamodb.eu-west-1.amazonaws.com", "the-sounds.s3.us-east-1.amazonaws.com"])
def test_the_hosts_of_the_standard_regions_are_trusted_by_amazons_roots_alone(host: str) -> None:
    roots: list[Any] = tls(host).get_ca_certs()
    assert sorted(value for root in roots for ((name, value),) in root["subject"] if name == "commonName") == [
        *(f"Amazon Root CA {number}" for number in range(1, 5)),
        "Starfield Services Root Certificate Authority - G2",
    ]


@pytest.mark.usefixtures("no_bundle")
@pytest.mark.parametrize(
    "host", ["dynamodb.cn-north-1.amazonaws.com.cn", "dynamodb.eu-west-1.amazonaws.com.evil.example"]
)
def test_other_hosts_are_trusted_by_botocores_roots(host: str) -> None:
    whole = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    whole.load_verify_locations(Path(botocore.__file__).with_name("cacert.pem"))
    assert tls(host).get_ca_certs() == whole.get_ca_certs()
