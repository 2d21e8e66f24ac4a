"""Recordings of calls, put where the copier of the telephony provider's recordings would put them."""

from pathlib import Path

from bundle.errors import CannotContinue
from local import aws
from ticketing.calls.call import CONTENT_TYPES, Recording


def put_recording(bucket: str, port: int, customer_id: int, call_sid: str, file: Path) -> None:
    """Put a file of sound as the recording of a call; the bundle's function then tells the call's ticket."""
    key = f"recordings/{customer_id}/{call_sid}{file.suffix}"
    recording = Recording.named(key)
    if recording is None:
        endings = " or ".join(CONTENT_TYPES)
        raise CannotContinue(f"{key} names no recording: a call is CA and 32 of 0-9 and a-f, a file {endings}.")
    if not file.is_file():
        raise CannotContinue(f"There is no file {file}.")
    body = file.read_bytes()
    aws.client("s3", port).put_object(Bucket=bucket, Key=key, Body=body, ContentType=recording.content_type)
