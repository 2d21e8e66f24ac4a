"""Signature Version 4, as https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html says. botocore's signer
costs three times as much to load as Python itself."""

import time
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from hmac import digest
from urllib.parse import quote, urlencode, urlsplit

_ALGORITHM = "AWS4-HMAC-SHA256"

type Credentials = tuple[str, str, str | None]
"""An access key, its secret, and the token of temporary ones."""


class Signer:
    """Signs with credentials, for a place such as `eu-west-1/sqs`, at a moment (epoch seconds)."""

    def __init__(self, credentials: Credentials, place: str, now: float) -> None:
        self._access_key, self._secret_key, self._token = credentials
        self._moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
        self._scope = f"{self._moment[:8]}/{place}/aws4_request"

    def signed(self, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
        """Return the headers (names in lower case) of a POST to `/`, with its moment and its signature."""
        headers = {**headers, "x-amz-date": self._moment}
        if self._token:
            headers["x-amz-security-token"] = self._token
        names = sorted(headers)
        lines = [f"{name}:{headers[name]}" for name in names]
        signature = self._signature("POST", "/", "", *lines, "", ";".join(names), sha256(body).hexdigest())
        parts = f"Credential={self._access_key}/{self._scope}, SignedHeaders={';'.join(names)}, Signature={signature}"
        return {**headers, "authorization": f"{_ALGORITHM} {parts}"}

    def presigned(self, method: str, url: str, query: Mapping[str, str], seconds: int) -> str:
        """Return the URL of a request to S3 that whoever holds it may make within so many seconds; `url` is quoted."""
        told = {
            **query,
            "X-Amz-Algorithm": _ALGORITHM,
            "X-Amz-Credential": f"{self._access_key}/{self._scope}",
            "X-Amz-Date": self._moment,
            "X-Amz-Expires": str(seconds),
            "X-Amz-SignedHeaders": "host",
        }
        if self._token:
            told["X-Amz-Security-Token"] = self._token
        parts, in_order = urlsplit(url), _quoted(dict(sorted(told.items())))
        signature = self._signature(
            method, parts.path, in_order, f"host:{parts.netloc}", "", "host", "UNSIGNED-PAYLOAD"
        )
        return f"{url}?{_quoted(told)}&X-Amz-Signature={signature}"

    def _signature(self, *canonical: str) -> str:
        hashed = sha256("\n".join(canonical).encode()).hexdigest()
        text = "\n".join((_ALGORITHM, self._moment, self._scope, hashed))
        return digest(_key(self._secret_key, self._scope), text.encode(), "sha256").hex()


@lru_cache(16)
def _key(secret_key: str, scope: str) -> bytes:
    """Return the key of a day, a region and a service."""
    key = f"AWS4{secret_key}".encode()
    for part in scope.split("/"):
        key = digest(key, part.encode(), "sha256")
    return key


def _quoted(query: Mapping[str, str]) -> str:
    return urlencode(query, safe="~", quote_via=quote)
