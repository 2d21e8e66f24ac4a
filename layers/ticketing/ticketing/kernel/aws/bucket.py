"""A client of an S3 bucket, which asks by presigned URLs, as browsers do. The tests compare it with boto3's client."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from ticketing.kernel.aws.clock import Clock
from ticketing.kernel.aws.configuration import credentials, endpoint
from ticketing.kernel.aws.connections import Connections, ServiceReply
from ticketing.kernel.aws.services import S3
from ticketing.kernel.aws.signature import Credentials, Signer
from ticketing.kernel.retries import Garbled, Refusal, longest_try

_VALID_FOR = 900
"""Seconds for which a request of our own counts once it is signed: longer than a clock may be wrong uncorrected."""


class Bucket:
    """Asks once for objects of the bucket that lies at a URL, from any number of threads; an answer may take `patience`
    seconds."""

    def __init__(
        self, url: str, region: str, keys: Callable[[], Credentials] = credentials, patience: float = 2
    ) -> None:
        self.connections, self.patience = Connections(url), patience
        self._url, self._place, self._credentials = url, f"{region}/{S3.name}", keys
        self._clock = Clock()

    def size(self, key: str) -> int:
        """Return the bytes of an object, by one HeadObject; raises Refusal, whose code is the status (404 where there
        is no such object), NoAnswer."""
        length = self._asked("HEAD", key).headers.get("content-length", "")
        if not length.isdecimal():
            raise Garbled
        return int(length)

    def delete(self, key: str) -> None:
        """Remove an object, which need not exist, by one DeleteObject; raises Refusal, NoAnswer."""
        self._asked("DELETE", key)

    def url(self, key: str, seconds: int, shown: Mapping[str, str]) -> str:
        """Return the URL at which anybody can get an object for some seconds, with headers that the reply then shows,
        such as response-content-type; raises NoAnswer where there are no credentials."""
        return self._signer(self._clock.now()).presigned("GET", self._object(key), shown, seconds)

    def _asked(self, method: str, key: str) -> ServiceReply:
        now, line = self._clock.now(), self.connections
        url = self._signer(now).presigned(method, self._object(key), {}, _VALID_FOR)
        target = url.partition(line.host)[2]
        read = line.ask(method, target, {"host": line.host}, b"", longest_try(self.patience))
        reply = read(longest_try(self.patience))
        if reply.status not in (200, 204):
            is_corrected = reply.status == 403 and self._clock.is_corrected(reply, now)
            raise Refusal(str(reply.status), reply.status, method, may_pass=is_corrected)
        return reply

    def _signer(self, now: float) -> Signer:
        return Signer(self._credentials(), self._place, now)

    def _object(self, key: str) -> str:
        return f"{self._url}/{quote(key, safe='/~')}"


def configured_bucket(name: str, has_host: bool) -> Bucket:
    """Return the client of a bucket where the configuration has S3, on a host of its own or in a folder of S3's
    host."""
    url, region = endpoint(S3)
    url = url.rstrip("/")
    return Bucket(url.replace("//", f"//{name}.", 1) if has_host else f"{url}/{name}", region)
