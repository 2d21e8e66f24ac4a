"""Upload the console, and the widget for customers' sites, to the stack's bucket behind CloudFront."""

import mimetypes
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bundle.errors import CannotContinue
from bundle.pages import BUILT, filled_in

SOON = "no-cache"
"""A browser asks each time if there is a newer one: a page, and the script and styles that fit it alone."""
LATER = "public, max-age=300"
"""For fonts, and for the widget, which other sites load."""


def upload(s3: Any, cloudfront: Any, outputs: dict[str, str]) -> str:
    """Upload what is built, have CloudFront forget what it kept, and return the console's address."""
    if "ConsoleBucket" not in outputs:
        raise CannotContinue("The stack has no console: deploy it with Console=on first.")
    if not BUILT.is_dir():
        raise CannotContinue("The console is not built: `npm ci --prefix web && npm run build --prefix web`.")
    folder = BUILT / "console"
    addresses = {"apiUrl": outputs["ApiUrl"], "consoleUrl": outputs["ConsoleUrl"], "peopleUrl": ""}
    for file in _files(folder):
        body = file.read_bytes()
        s3.put_object(
            Bucket=outputs["ConsoleBucket"],
            Key=file.relative_to(folder).as_posix(),
            Body=filled_in(body.decode(), addresses).encode() if file.suffix == ".html" else body,
            ContentType=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            CacheControl=LATER if file.suffix == ".woff2" or file.name == "widget.js" else SOON,
        )
    everything = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(uuid.uuid4())}
    cloudfront.create_invalidation(DistributionId=outputs["ConsoleDistribution"], InvalidationBatch=everything)
    return outputs["ConsoleUrl"]


def _files(folder: Path) -> Iterator[Path]:
    """Give every file, pages last: a page never names what is not there yet."""
    yield from sorted((file for file in folder.rglob("*") if file.is_file()), key=lambda file: file.suffix == ".html")
