"""A deployment with files of its own, an account that is told, and a SAM that notes what it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

import deploy.__main__
from bundle import building
from deploy import deployment
from deploy.__main__ import main
from deploy.account import TOKEN_SECRET, WEBHOOK_SECRET
from tests.directory.signing import Signer, key_set, rsa_key

KEY_SET = key_set(Signer("RS256", rsa_key()).jwk())
CONFIG = f"""
[qa.deploy.parameters]
stack_name = "helpdesk-qa"
[qa.deploy.parameters.parameter_overrides]
Stage = "qa"
TokenIssuer = "https://id.acme.com/"
TokenJwks = '{KEY_SET}'
AlarmTopic = ""
"""
SAM = """#!/bin/sh
printf '%s\\n' "$@" > "$(dirname "$0")/told"
"""


class Account:
    """Lambda, STS, CloudFormation and Secrets Manager of an account, as far as a deployment asks them."""

    def __init__(self, limit: int = 1000, unreserved: int = 1000, reserved: int | None = None) -> None:
        self.limits = {"ConcurrentExecutions": limit, "UnreservedConcurrentExecutions": unreserved}
        self.reserved = reserved
        self.pruned: list[str] = []

    def get_caller_identity(self) -> dict[str, str]:
        return {"Account": "123456789012"}

    def get_account_settings(self) -> dict[str, Any]:
        return {"AccountLimit": self.limits}

    def get_function_concurrency(self, FunctionName: str) -> dict[str, int]:
        assert FunctionName == "helpdesk-qa-webchat"
        if self.reserved is None:
            raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetFunctionConcurrency")
        return {"ReservedConcurrentExecutions": self.reserved}

    def describe_secret(self, SecretId: str) -> dict[str, Any]:
        if SecretId == "empty":
            return {"Name": SecretId}
        if SecretId != WEBHOOK_SECRET:
            raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "DescribeSecret")
        return {"VersionIdsToStages": {"old": ["AWSPREVIOUS"], "new": ["AWSCURRENT"]}}

    def describe_parameters(self, ParameterFilters: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ((name,),) = (each["Values"] for each in ParameterFilters if each["Key"] == "Name")
        if name == "/denied":
            raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "DescribeParameters")
        found = [{"Name": name}] if name in (TOKEN_SECRET, "/acme/twilio") else []
        return [{"Parameters": [], "NextToken": "2"}, {"Parameters": found}]

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        self.pruned.append(StackName)
        return {"Stacks": [{}]}

    def get_paginator(self, operation: str) -> Any:
        return SimpleNamespace(paginate=getattr(self, operation))

    def list_stack_resources(self, StackName: str) -> list[dict[str, Any]]:
        assert StackName == self.pruned[-1]
        return [{"StackResourceSummaries": []}]


class Trial:
    """A deployment with files of its own, and a SAM that notes what it is told."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch, self.built = folder, patch, list[str]()
        (folder / "sam").write_text(SAM)
        (folder / "sam").chmod(0o755)
        patch.setattr(deployment, "SAM", folder / "sam")
        patch.setattr(deployment, "CONFIG", folder / "samconfig.toml")
        patch.setattr(deployment, "PARAMETERS", folder / "parameters.yaml")
        patch.setattr(building, "ROOT", folder)
        patch.setattr(building, "built", self._built)

    def deploy(self, *words: str, account: Account | None = None, config: str = CONFIG) -> int:
        (self.folder / "samconfig.toml").write_text(config)
        if account:
            self.patch.setattr(deploy.__main__, "_client", lambda _: account)
        return main(["stage", "qa", *words])

    @contextmanager
    def _built(self, architecture: str) -> Iterator[str]:
        self.built.append(architecture)
        yield f"a build for {architecture}"

    @property
    def is_deployed(self) -> bool:
        return (self.folder / "told").exists()

    def told(self) -> list[str]:
        return (self.folder / "told").read_text().splitlines()

    def parameters(self) -> dict[str, str]:
        """Return what SAM is given, as it stands in the file that it reads."""
        assert f"file://{self.folder}/parameters.yaml" in self.told()
        found = json.loads((self.folder / "parameters.yaml").read_text())
        return {name: value.strip('\\"') for name, value in found.items()}
