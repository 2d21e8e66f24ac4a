"""The console is uploaded whole, with the addresses of its stack, and CloudFront forgets the old one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from bundle.errors import CannotContinue
from deploy import console

BUCKET = "pages"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "test")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=BUCKET)
        yield client


@pytest.fixture
def outputs() -> dict[str, str]:
    """Return what CloudFormation tells of a stack with a console."""
    return {
        "ApiUrl": "https://api.example",
        "ConsoleUrl": "https://console.example",
        "ConsoleBucket": BUCKET,
        "ConsoleDistribution": "E2EXAMPLE",
    }


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "console").mkdir()
    (tmp_path / "console" / "index.html").write_text('<html data-api="{{apiUrl}}" data-people="{{peopleUrl}}">')
    (tmp_path / "console" / "console.js").write_text("{{apiUrl}}")
    for name in ("style.css", "inter.woff2", "widget.js"):
        (tmp_path / "console" / name).write_text("")
    monkeypatch.setattr(console, "BUILT", tmp_path)


class Invalidations:
    """A CloudFront that notes what it is to forget."""

    def __init__(self) -> None:
        self.paths: list[tuple[str, list[str]]] = []

    def create_invalidation(self, DistributionId: str, InvalidationBatch: Any) -> None:
        self.paths.append((DistributionId, InvalidationBatch["Paths"]["Items"]))


@pytest.mark.usefixtures("built")
def test_a_page_learns_the_addresses_of_its_stack_and_offers_nobody(s3: Any, outputs: dict[str, str]) -> None:
    assert console.upload(s3, Invalidations(), outputs) == "https://console.example"
    page = s3.get_object(Bucket=BUCKET, Key="index.html")
    assert page["Body"].read() == b'<html data-api="https://api.example" data-people="">'
    assert (page["ContentType"], page["CacheControl"]) == ("text/html", "no-cache")


@pytest.mark.usefixtures("built")
def test_everything_else_is_uploaded_as_it_is(s3: Any, outputs: dict[str, str]) -> None:
    cloudfront = Invalidations()
    console.upload(s3, cloudfront, outputs)
    script = s3.get_object(Bucket=BUCKET, Key="console.js")
    assert (script["Body"].read(), script["ContentType"]) == (b"{{apiUrl}}", "text/javascript")
    assert cloudfront.paths == [("E2EXAMPLE", ["/*"])]


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("name", "kept"),
    [("console.js", False), ("style.css", False), ("inter.woff2", True), ("widget.js", True)],
)
def test_no_page_runs_with_an_older_script_or_style(s3: Any, outputs: dict[str, str], name: str, kept: bool) -> None:
    console.upload(s3, Invalidations(), outputs)
    cache = s3.get_object(Bucket=BUCKET, Key=name)["CacheControl"]
    assert cache == ("public, max-age=300" if kept else "no-cache")


@pytest.mark.usefixtures("built")
def test_a_stack_without_a_console_is_told_so(s3: Any, outputs: dict[str, str]) -> None:
    del outputs["ConsoleBucket"]
    with pytest.raises(CannotContinue, match="Console=on"):
        console.upload(s3, Invalidations(), outputs)


def test_a_console_that_is_not_built_is_told_so(
    s3: Any, outputs: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "BUILT", tmp_path / "missing")
    with pytest.raises(CannotContinue, match="not built"):
        console.upload(s3, Invalidations(), outputs)
