"""Signature Version 4 of what is posted. botocore's signer costs three times as much to load as Python itself."""

import time
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from hmac import digest

_ALGORITHM = "AWS4-HMAC-SHA256"

type Credentials = tuple[str, str, str | None]
"""An access key, its secret, and the token of temporary ones."""


def signed(headers: Mapping[str, str], body: bytes, credentials: Credentials, place: str, now: float) -> dict[str, str]:
    """Return the headers (names in lower case) of a POST to `/` at a place, such as `eu-west-1/sqs`, with its moment
    (epoch seconds) and its signature, as https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html says."""
    access_key, secret_key, token = credentials
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
    headers = {**headers, "x-amz-date": moment} | ({"x-amz-security-token": token} if token else {})
    names = sorted(headers)
    lines = [f"{name}:{headers[name]}" for name in names]
    canonical = "\n".join(("POST", "/", "", *lines, "", ";".join(names), sha256(body).hexdigest()))
    scope = f"{moment[:8]}/{place}/aws4_request"
    text = "\n".join((_ALGORITHM, moment, scope, sha256(canonical.encode()).hexdigest()))
    signature = digest(_key(secret_key, scope), text.encode(), "sha256").hex()
    parts = f"Credential={access_key}/{scope}, SignedHeaders={';'.join(names)}, Signature={signature}"
    return {**headers, "authorization": f"{_ALGORITHM} {parts}"}


@lru_cache(16)
def _key(secret_key: str, scope: str) -> bytes:
    """Return the key of a day, a region and a service."""
    key = f"AWS4{secret_key}".encode()
    for part in scope.split("/"):
        key = digest(key, part.encode(), "sha256")
    return key
