"""Recordings of calls in an S3 bucket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ticketing.errors import Unavailable
from ticketing.kernel.aws.session import ask
from ticketing.kernel.retries import Refusal

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import DeleteTypeDef

    from ticketing.calls.call import Recording


_SERVICE = "The store of recordings"
_MISSING = frozenset({"404", "NoSuchKey"})


@dataclass(frozen=True)
class S3Recordings:
    """A RecordingStore of a bucket; the client, which must sign with SigV4, is made when first used."""

    client: Callable[[], S3Client]
    bucket: str

    def size(self, recording: Recording) -> int | None:
        """Make one HeadObject. S3 answers 404 only to those who may list the bucket; to others a missing object is a
        403."""
        look = partial(self.client().head_object, Bucket=self.bucket, Key=recording.key)
        try:
            return ask(_SERVICE, look, "HeadObject of a recording", _MISSING.__contains__)["ContentLength"]
        except Refusal:
            return None

    def url(self, recording: Recording, filename: str, seconds: int) -> str:
        """Presign a GET; type and name are part of what is signed, so the URL gives nothing else."""
        return self.client().generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self.bucket,
                "Key": recording.key,
                "ResponseContentType": recording.content_type,
                "ResponseContentDisposition": f'inline; filename="{filename}"',
            },
            ExpiresIn=seconds,
        )

    def delete(self, recordings: Sequence[Recording]) -> None:
        """Make one request for all of them."""
        objects: DeleteTypeDef = {"Objects": [{"Key": recording.key} for recording in recordings]}
        delete = partial(self.client().delete_objects, Bucket=self.bucket, Delete=objects)
        reply = ask(_SERVICE, delete, "DeleteObjects of recordings")
        if len(reply.get("Deleted", ())) != len(recordings):
            raise Unavailable(f"{_SERVICE} did not delete everything.", about="DeleteObjects of recordings: in part")
