"""Recordings of calls in an S3 bucket."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from ticketing.calls.call import Recording
from ticketing.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import DeleteTypeDef


@dataclass(frozen=True)
class S3Recordings:
    """A RecordingStore of a bucket; the client, which must sign with SigV4, is made when first used."""

    client: Callable[[], "S3Client"]
    bucket: str

    def size(self, recording: Recording) -> int | None:
        """One HeadObject. S3 says 404 to those only who may list the bucket; to others a missing object is a 403."""
        try:
            return self.client().head_object(Bucket=self.bucket, Key=recording.key)["ContentLength"]
        except ClientError as error:
            if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
                return None
            raise Unavailable("The store of recordings does not answer.") from error
        except BotoCoreError as error:
            raise Unavailable("The store of recordings does not answer.") from error

    def url(self, recording: Recording, filename: str, seconds: int) -> str:
        """A presigned GET; type and name are part of what is signed, so the URL gives nothing else."""
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
        """One request for all of them."""
        objects: DeleteTypeDef = {"Objects": [{"Key": recording.key} for recording in recordings], "Quiet": True}
        try:
            reply = self.client().delete_objects(Bucket=self.bucket, Delete=objects)
        except (ClientError, BotoCoreError) as error:
            raise Unavailable("The store of recordings does not answer.") from error
        if reply.get("Errors"):
            raise Unavailable("The store of recordings did not delete everything.")
