"""Functions in an account of this process's own, deployed as SAM does: a version each, and the alias moved to it."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from moto import mock_aws


@contextmanager
def functions_of(monkeypatch: pytest.MonkeyPatch, *names: str) -> Iterator[Any]:
    """Return a client of an account with these functions, none of them published."""
    for name, value in {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        policy = json.dumps({"Version": "2012-10-17", "Statement": []})
        role = boto3.client("iam").create_role(RoleName="function", AssumeRolePolicyDocument=policy)["Role"]["Arn"]
        client: Any = boto3.client("lambda", "eu-west-1")
        for name in names:
            client.create_function(
                FunctionName=name, Runtime="python3.13", Handler="app.handler", Role=role, Code={"ZipFile": code("")}
            )
        yield client


def code(text: str) -> bytes:
    """Return a function's code, packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("app.py", text)
    return file.getvalue()


def publish(client: Any, name: str, text: str) -> str:
    """Return the version that a function's code becomes."""
    client.update_function_code(FunctionName=name, ZipFile=code(text))
    return str(client.publish_version(FunctionName=name)["Version"])


def deployed(client: Any, text: str, *names: str) -> None:
    """Publish these functions, and have `live` name what was published."""
    for name in names:
        version = publish(client, name, text)
        try:
            client.update_alias(FunctionName=name, Name="live", FunctionVersion=version)
        except client.exceptions.ResourceNotFoundException:
            client.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
