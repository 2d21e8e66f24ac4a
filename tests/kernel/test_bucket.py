"""A bucket is asked with the URLs that boto3 presigns, and refuses as it refuses boto3."""

import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from botocore.config import Config
from botocore.session import Session
from hypothesis import given
from hypothesis import strategies as st

from tests.engines import REGION, bucket_at
from tests.kernel.service import Answer, Asked, octets, saying, serving
from ticketing.errors import Unavailable
from ticketing.kernel.aws.bucket import Bucket, configured_bucket
from ticketing.kernel.aws.clock import TOLERANCE
from ticketing.kernel.aws.session import ONCE, guarded, tried
from ticketing.kernel.retries import NoAnswer, Refusal, attempted

pytestmark = pytest.mark.usefixtures("no_pauses")

MOMENT = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
BUCKET = "the-sounds"
KEYS = ["recordings/1/CA0.mp3", "a b+c%2F~é先/\U0001f600", "*'()!&=?#;:@$,", "//a/../b/./", 'a\\b"<>|^`{}[]']
SHOWN = {
    "ResponseContentType": "audio/mpeg",
    "ResponseContentDisposition": 'inline; filename="é +.mp3"',
    "ResponseCacheControl": "no-store, max-age=0",
}
NAMED = {
    "response-content-type": "audio/mpeg",
    "response-content-disposition": 'inline; filename="é +.mp3"',
    "response-cache-control": "no-store, max-age=0",
}
VISIBLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1)
BOTOCORE = Session()
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signers' clocks stand still, and everybody has the same credentials."""
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: MOMENT)
    monkeypatch.setattr("ticketing.kernel.aws.clock.Clock.now", lambda _: MOMENT.timestamp())
    for name, value in {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}.items():
        monkeypatch.setenv(name, value)
    # botocore goes on to sign for the global host, where that is the region
    monkeypatch.setenv("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "regional")


def of_boto3(style: Any, region: str | None = None, url: str | None = None, token: str | None = None) -> Any:
    config = Config(signature_version="s3v4", s3={"addressing_style": style})
    return BOTOCORE.create_client(
        "s3",
        region,
        endpoint_url=url,
        config=config,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        aws_session_token=token,
    )


def url_of_boto3(client: Any, key: str, shown: dict[str, str], operation: str = "get_object") -> str:
    url: str = client.generate_presigned_url(operation, {"Bucket": BUCKET, "Key": key} | shown, 300)
    return url


@pytest.mark.parametrize("token", [None, "a/token+of=a role"])
@pytest.mark.parametrize("style", ["virtual", "path"])
@pytest.mark.parametrize("key", KEYS)
def test_a_url_is_boto3s(key: str, style: str, token: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    if token:
        monkeypatch.setenv("AWS_SESSION_TOKEN", token)
    bucket, theirs = configured_bucket(BUCKET, has_host=style == "virtual"), of_boto3(style, token=token)
    assert bucket.url(key, 300, {}) == url_of_boto3(theirs, key, {})
    assert bucket.url(key, 300, NAMED) == url_of_boto3(theirs, key, SHOWN)


@given(key=TEXT, type_=TEXT, keys=st.tuples(VISIBLE, VISIBLE, st.none() | VISIBLE))
def test_any_url_is_boto3s(client: Any, key: str, type_: str, keys: tuple[str, str, str | None]) -> None:
    held = client._request_signer._credentials
    held.access_key, held.secret_key, held.token = keys
    ours = Bucket(f"http://localhost:3160/{BUCKET}", REGION, lambda: keys)
    shown = {"ResponseContentType": type_}
    assert ours.url(key, 300, {"response-content-type": type_}) == url_of_boto3(client, key, shown)


@pytest.fixture(scope="module")
def client() -> Any:
    return of_boto3("path", REGION, "http://localhost:3160")


def test_the_url_of_every_region_is_boto3s(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session()
    regions = [
        each for part in session.get_available_partitions() for each in session.get_available_regions("s3", part)
    ]
    assert {"eu-west-1", "us-east-1", "cn-north-1", "us-gov-west-1"} <= {*regions}
    for region in regions:
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        ours = configured_bucket(BUCKET, has_host=True)
        assert ours.url("key", 300, {}) == url_of_boto3(of_boto3("virtual", region), "key", {})


@pytest.mark.parametrize(
    "environment",
    [
        {"AWS_ENDPOINT_URL": "http://localhost:3160"},
        {"AWS_ENDPOINT_URL": "http://localhost:1", "AWS_ENDPOINT_URL_S3": "https://s3.example"},
        {"AWS_USE_FIPS_ENDPOINT": "true"},
        {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("style", ["virtual", "path"])
def test_hosts_that_the_environment_chooses_are_boto3s(
    environment: dict[str, str], style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"AWS_DEFAULT_REGION": "us-east-2", **environment}.items():
        monkeypatch.setenv(name, value)
    ours = configured_bucket(BUCKET, has_host=style == "virtual")
    assert ours.url("key", 300, NAMED) == url_of_boto3(of_boto3(style), "key", SHOWN)


@pytest.mark.parametrize(("method", "operation"), [("HEAD", "head_object"), ("DELETE", "delete_object")])
def test_a_request_is_a_presigned_url(method: str, operation: str) -> None:
    with serving(saying(b"", 204 if method == "DELETE" else 200)) as service:
        bucket = Bucket(f"{service.url}/{BUCKET}", REGION)
        {"HEAD": bucket.size, "DELETE": bucket.delete}[method](KEYS[1])
        (asked,) = service.asked
        theirs = of_boto3("path", REGION, service.url)
        url = theirs.generate_presigned_url(operation, {"Bucket": BUCKET, "Key": KEYS[1]}, 900)
        assert asked.line == f"{method} {url.removeprefix(service.url)}"
        assert asked.headers == {"host": bucket.connections.host, "content-length": "0"}


def test_the_size_is_that_of_the_body_which_a_head_does_not_have() -> None:
    with serving(octets(b"HTTP/1.1 200 OK\r\nContent-Length: 1234567\r\n\r\n")) as service:
        bucket = bucket_at(service.url)
        assert [bucket.size("key") for _ in range(3)] == [1234567] * 3
        assert service.connections == 1


@pytest.mark.parametrize("length", [b"", b"Content-Length: \r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_size_that_is_not_told_is_no_answer(length: bytes) -> None:
    with serving(octets(b"HTTP/1.1 200 OK\r\n" + length + b"\r\n")) as service, pytest.raises(NoAnswer):
        bucket_at(service.url).size("key")


def test_an_object_is_deleted_without_a_word() -> None:
    with serving(octets(b"HTTP/1.1 204 No Content\r\n\r\n")) as service:
        bucket = bucket_at(service.url)
        for _ in range(3):
            bucket.delete("key")
        assert service.connections == 1


def outcome(call: Callable[[str], Any], answer: Answer) -> tuple[object, int]:
    """Return what came of looking for an object, and how many tries there were."""
    with serving(answer) as service:
        try:
            return call(service.url), len(service.asked)
        except Refusal as refusal:
            return refusal.code, len(service.asked)
        except Unavailable as unavailable:
            return unavailable.about, len(service.asked)


def we_look(url: str) -> int:
    return attempted("S3", partial(bucket_at(url).size, "key"), "HeadObject", "404".__eq__)


def boto3_looks(url: str) -> int:
    config = ONCE.merge(Config(read_timeout=5, s3={"addressing_style": "path"}))
    client: Any = BOTOCORE.create_client("s3", REGION, endpoint_url=url, config=config)
    look = partial(guarded(client).head_object, Bucket="sounds", Key="key")
    length: int = attempted("S3", partial(tried, look), "HeadObject", "404".__eq__)["ContentLength"]
    return length


@pytest.mark.parametrize("status", [200, 403, 404, 405, 409, 412, 429, 500, 502, 503, 504])
def test_an_answer_means_what_it_means_to_boto3(status: int) -> None:
    answer = octets(f"HTTP/1.1 {status} x\r\nContent-Length: 7\r\n\r\n".encode())
    assert outcome(we_look, answer) == outcome(boto3_looks, answer)


@pytest.mark.parametrize("status", [301, 302, 307, 400])
def test_no_redirect_to_another_region_is_followed(status: int) -> None:
    """The bucket and the function are of one stack, which lies in one region."""
    elsewhere = "Location: http://127.0.0.1:1/\r\nx-amz-bucket-region: eu-central-1\r\n"
    answer = octets(f"HTTP/1.1 {status} x\r\n{elsewhere}Content-Length: 0\r\n\r\n".encode())
    assert outcome(we_look, answer) == (f"HeadObject: {status}", 1)


def silent(_: Asked, line: socket.socket) -> bool:
    """Say nothing until the client hangs up."""
    line.recv(1)
    return False


def test_a_silent_service_is_unavailable() -> None:
    def look(url: str) -> int:
        return attempted("S3", partial(bucket_at(url, 0.1).size, "key"), "HeadObject")

    assert outcome(look, silent)[0] == "HeadObject: TimeoutError"


@pytest.mark.parametrize("seconds", [70, -70, 200, -200])
def test_a_request_counts_although_a_clock_is_minutes_wrong(seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    def strict(asked: Asked, line: socket.socket) -> bool:
        told = dict(parse_qsl(urlsplit(asked.line.split()[1]).query))
        signed = datetime.strptime(told["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
        is_valid = time.time() + seconds < signed + int(told["X-Amz-Expires"])
        return saying(b"", 200 if is_valid else 403)(asked, line)

    assert outcome(we_look, strict) == (0, 1)


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_a_wrong_clock_costs_one_try_and_no_more_later(seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    def timely(asked: Asked, line: socket.socket) -> bool:
        now = time.time() + seconds
        written = asked.line.partition("X-Amz-Date=")[2].partition("&")[0]
        signed = datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
        date = datetime.fromtimestamp(now, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        is_timely = abs(now - signed) < TOLERANCE
        return saying(b"", 200 if is_timely else 403, date=date)(asked, line)

    with serving(timely) as service:
        look = partial(bucket_at(service.url).size, "key")
        for _ in range(3):
            attempted("S3", look, "HeadObject")
        assert len(service.asked) == 1 + 3


def test_a_right_clock_and_no_grant_are_refused_at_once() -> None:
    date = MOMENT.strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert outcome(we_look, saying(b"", 403, date=date)) == ("HeadObject: 403", 1)
