"""Services of AWS that fail, refuse, or answer what cannot be parsed: each is a 503, and the log says which it was."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.builders import a_ticket
from tests.engines import REGION, bucket_at, client_of
from tests.lists.fakes import InMemoryLessons
from ticketing.calls.call import Recording
from ticketing.calls.s3 import S3Recordings
from ticketing.directory.model import Topic
from ticketing.errors import Unavailable
from ticketing.events.event import event_of
from ticketing.events.eventbridge import EventBridgeBus
from ticketing.jobs.job import CleanUp
from ticketing.jobs.sqs import SqsJobQueue
from ticketing.kernel.aws.services import EVENTBRIDGE, SQS, SSM
from ticketing.kernel.aws.session import ONCE, guarded
from ticketing.kernel.ssm import SsmSecrets
from ticketing.kernel.timelimit import within
from ticketing.learning.bedrock import BedrockTopicDetector
from ticketing.learning.classifiers import LearningTopicDetector

pytestmark = pytest.mark.usefixtures("no_pauses")

RECORDING = Recording(1, "CA" + "0" * 32, "mp3")
SECRET = "my-secret-text"


def client(service: str, url: str) -> Any:
    session = boto3.Session("test", "test", region_name=REGION)
    config = ONCE.merge(Config(read_timeout=0.2))
    return guarded(session.client(service, endpoint_url=url, config=config))


def send_job(url: str) -> None:
    job = CleanUp(customerID=1, ticketID=1, lastMessageID=0)
    SqsJobQueue(lambda: client_of(url, 0.2, SQS), f"{url}/1/jobs", lambda: "").send([job])


def tell(url: str) -> None:
    event = event_of(None, a_ticket(subject=SECRET), datetime.now(UTC))
    assert event
    EventBridgeBus(lambda: client_of(url, 0.2, EVENTBRIDGE), "tickets").send([event])


def detect(url: str) -> None:
    learning = LearningTopicDetector(InMemoryLessons())
    topics = [Topic(topicID=1, name="Billing")]
    BedrockTopicDetector(client("bedrock-runtime", url), "model", learning).topics(1, SECRET, topics)


ASKED: dict[str, Callable[[str], object]] = {
    "SendMessageBatch of the job queue": send_job,
    "GetParameter of a secret": lambda url: SsmSecrets(lambda: client_of(url, 0.2, SSM)).value(f"/{SECRET}"),
    "HeadObject of a recording": lambda url: S3Recordings(lambda: bucket_at(url, 0.2)).size(RECORDING),
    "DeleteObject of a recording": lambda url: S3Recordings(lambda: bucket_at(url, 0.2)).delete([RECORDING]),
    "PutEvents of the event bus": tell,
    "Converse with the language model": detect,
}
ANSWERS = {
    "cut off": (200, b'{"Parameter": {"Value": "'),
    "a proxy's page": (200, b"<html><body>Sign in to this network</body></html>"),
    "nothing": (200, b""),
    "a proxy's failure": (502, b"<html>bad gateway</html>"),
    "not granted": (400, b'{"__type": "AccessDeniedException", "message": "my-secret-text"}'),
    "not there": (400, b'{"__type": "ResourceNotFoundException", "message": "my-secret-text"}'),
}


@pytest.fixture(params=[*ANSWERS.values()], ids=[*ANSWERS])
def service(request: pytest.FixtureRequest) -> Iterator[str]:
    """A service that gives always the same answer."""
    status, body = request.param

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("about", ASKED)
def test_what_a_service_cannot_say_is_unavailable(service: str, about: str) -> None:
    with pytest.raises(Unavailable) as refusal:
        ASKED[about](service)
    assert refusal.value.about.startswith(f"{about}: ")
    assert SECRET not in refusal.value.about + refusal.value.detail


@pytest.mark.parametrize("about", ASKED)
def test_nothing_is_asked_when_no_time_is_left(about: str) -> None:
    with within(0), pytest.raises(Unavailable) as refusal:
        ASKED[about]("http://127.0.0.1:9")
    assert refusal.value.about == f"{about}: no time left"
