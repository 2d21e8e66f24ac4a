"""Recordings of calls in an S3 bucket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ticketing.kernel.retries import Refusal, attempted

if TYPE_CHECKING:
    from ticketing.calls.call import Recording
    from ticketing.kernel.aws.bucket import Bucket

_SERVICE, _MISSING = "The store of recordings", "404"


@dataclass(frozen=True)
class S3Recordings:
    """A RecordingStore of a bucket, whose client is made when first used."""

    bucket: Callable[[], Bucket]

    def size(self, recording: Recording) -> int | None:
        """Make one HeadObject. S3 answers 404 only to those who may list the bucket; to others a missing object is a
        403."""
        look = partial(self.bucket().size, recording.key)
        try:
            return attempted(_SERVICE, look, "HeadObject of a recording", _MISSING.__eq__)
        except Refusal:
            return None

    def url(self, recording: Recording, filename: str, seconds: int) -> str:
        """Presign a GET; type and name are part of what is signed, so the URL gives nothing else."""
        shown = {
            "response-content-type": recording.content_type,
            "response-content-disposition": f'inline; filename="{filename}"',
        }
        made = partial(self.bucket().url, recording.key, seconds, shown)
        return attempted(_SERVICE, made, "a URL of a recording")

    def delete(self, recordings: Sequence[Recording]) -> None:
        for recording in recordings:
            attempted(_SERVICE, partial(self.bucket().delete, recording.key), "DeleteObject of a recording")
