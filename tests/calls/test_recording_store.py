"""The contract of RecordingStore, on the fake and on S3 (here moto); and what is signed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest

from tests.builders import A_CALL, ANOTHER_CALL
from tests.calls.fakes import InMemoryRecordings
from tests.engines import bucket_at, mocked_aws
from tests.kernel.service import saying, serving
from ticketing.adapters import Adapters
from ticketing.calls.call import Recording, recordings_of
from ticketing.calls.ports import RecordingStore
from ticketing.calls.s3 import S3Recordings
from ticketing.errors import Unavailable
from ticketing.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REGION: Final = "eu-west-1"
BUCKET = "sounds"
MP3, WAV = recordings_of(1, A_CALL)


@dataclass(frozen=True)
class Store:
    """A store, and what the copier of recordings does."""

    recordings: RecordingStore
    put: Callable[[Recording, bytes], None]


def client() -> "S3Client":
    made: S3Client = boto3.client("s3", region_name=REGION)
    return made


def recordings() -> RecordingStore:
    """The adapter as a deployment makes it."""
    return Adapters(Settings(RECORDINGS_BUCKET=BUCKET)).recordings


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator["S3Client"]:
    """A bucket, and the environment of a deployment."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mocked_aws():
        client().create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield client()


@pytest.fixture(params=["fake", "s3"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "fake":
        fake = InMemoryRecordings()
        return Store(fake, fake.sounds.__setitem__)
    s3: S3Client = request.getfixturevalue("s3")

    def put(recording: Recording, sound: bytes) -> None:
        s3.put_object(Bucket=BUCKET, Key=recording.key, Body=sound)

    return Store(recordings(), put)


def test_the_size_of_a_recording_is_known_and_of_none_is_none(store: Store) -> None:
    store.put(MP3, b"sound")
    assert store.recordings.size(MP3) == 5
    assert store.recordings.size(WAV) is None
    assert store.recordings.size(Recording(2, A_CALL, "mp3")) is None


def test_recordings_are_deleted_and_no_others(store: Store) -> None:
    other = Recording(1, ANOTHER_CALL, "mp3")
    for recording in (MP3, other):
        store.put(recording, b"sound")
    for _ in range(2):
        store.recordings.delete([MP3, WAV])
    assert (store.recordings.size(MP3), store.recordings.size(other)) == (None, 5)


def test_a_url_names_its_recording(store: Store) -> None:
    assert MP3.key in store.recordings.url(MP3, "ticket-7.mp3", 300)


@pytest.mark.parametrize(("recording", "content_type"), [(MP3, "audio/mpeg"), (WAV, "audio/wav")])
def test_type_and_name_and_time_are_signed(s3: "S3Client", recording: Recording, content_type: str) -> None:
    assert s3
    url = urlsplit(recordings().url(recording, "ticket-7.mp3", 300))
    query = parse_qs(url.query, strict_parsing=True)
    assert (url.scheme, url.path) == ("https", f"/{recording.key}")
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert query["X-Amz-Expires"] == ["300"]
    assert query["response-content-type"] == [content_type]
    assert query["response-content-disposition"] == ['inline; filename="ticket-7.mp3"']
    assert "X-Amz-Signature" in query


def signed_host(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    """Return the host that a presigned URL names under these variables."""
    for name, value in {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("RECORDINGS_BUCKET", BUCKET)
    url = urlsplit(Adapters(Settings.of_environment()).recordings.url(MP3, "ticket-7.mp3", 300))
    return f"{url.netloc}{url.path}"


@pytest.mark.parametrize("region", ["eu-west-1", "il-central-1"])
def test_a_url_names_the_regions_own_host(monkeypatch: pytest.MonkeyPatch, region: str) -> None:
    """A region opened since 2019 does not answer at the global host."""
    host = signed_host(monkeypatch, AWS_DEFAULT_REGION=region, STAGE="prod")
    assert host == f"{BUCKET}.s3.{region}.amazonaws.com/{MP3.key}"


def test_a_url_of_the_local_run_has_the_bucket_in_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bucket's name before localhost is resolved by few clients."""
    local = {"AWS_ENDPOINT_URL": "http://localhost:3160", "AWS_DEFAULT_REGION": REGION, "STAGE": "local"}
    assert signed_host(monkeypatch, **local) == f"localhost:3160/{BUCKET}/{MP3.key}"


@pytest.mark.usefixtures("no_pauses")
def test_a_store_that_refuses_or_is_silent_is_unavailable() -> None:
    with serving(saying(b"", 403)) as service:
        for url in (service.url, "http://127.0.0.1:9"):
            store = S3Recordings(partial(bucket_at, url))
            with pytest.raises(Unavailable):
                store.size(MP3)
            with pytest.raises(Unavailable):
                store.delete([MP3])
