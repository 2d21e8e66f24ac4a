"""A deployment from end to end but for AWS and SAM: what is refused before anything is built, and what SAM is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, NoCredentialsError

import deploy.__main__
from bundle import building
from bundle.places import BUILT_TEMPLATE
from deploy import deployment
from deploy.__main__ import main
from deploy.account import TOKEN_SECRET, WEBHOOK_SECRET
from tests.directory.signing import Signer, key_set, rsa_key
from tests.tables import template

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


class Bench:
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


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    for name in ("AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return Bench(tmp_path, monkeypatch)


def test_a_stage_of_any_name_is_deployed_and_its_own_stack_pruned(bench: Bench) -> None:
    account = Account()
    assert bench.deploy(account=account) == 0
    assert bench.told()[:5] == ["deploy", "--template-file", str(BUILT_TEMPLATE), "--config-env", "qa"]
    assert set(account.pruned) == {"helpdesk-qa"}
    assert bench.parameters()["Stage"] == "qa"


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        (
            'TwilioCredentialsParameter = "/acme/twillio"',
            "TwilioCredentialsParameter names /acme/twillio, and SSM has no",
        ),
        (
            'TokenAlgorithm = "HS256"\nTokenSecretParameter = "/acme/token"',
            "TokenSecretParameter names /acme/token, and",
        ),
        ('TwilioCredentialsParameter = "/denied"', "It cannot be looked whether SSM has /denied"),
    ],
)
def test_a_secret_that_is_not_there_is_named_before_anything_is_built(
    bench: Bench, capsys: pytest.CaptureFixture[str], parameters: str, reason: str
) -> None:
    assert bench.deploy(account=Account(), config=CONFIG + parameters) == 1
    assert reason in capsys.readouterr().err
    assert (bench.built, bench.is_deployed) == ([], False)


@pytest.mark.parametrize("parameters", ['TwilioCredentialsParameter = "/acme/twilio"', 'TokenAlgorithm = "HS256"'])
def test_a_secret_that_is_there_is_deployed_with(bench: Bench, parameters: str) -> None:
    config = CONFIG.replace(f"TokenJwks = '{KEY_SET}'\n", "") + parameters
    assert bench.deploy(account=Account(), config=config) == 0


def test_the_token_s_secret_is_the_template_s() -> None:
    assert template()["Parameters"]["TokenSecretParameter"]["Default"] == TOKEN_SECRET


class Deployed(Account):
    """An account whose one function answers with its first version of three, the last of which SAM publishes."""

    def __init__(self, bench: "Bench") -> None:
        super().__init__()
        self.bench = bench
        self.deleted: list[str] = []

    def get_alias(self, FunctionName: str, Name: str) -> dict[str, str]:
        assert (FunctionName, Name) == ("helpdesk-qa-docs", "live")
        return {"FunctionVersion": "3" if self.bench.is_deployed else "1"}

    def delete_function(self, FunctionName: str, Qualifier: str) -> None:
        assert FunctionName == "helpdesk-qa-docs"
        self.deleted.append(Qualifier)

    def list_stack_resources(self, StackName: str) -> list[dict[str, Any]]:
        assert StackName == "helpdesk-qa"
        resource = {"PhysicalResourceId": "helpdesk-qa-docs", "ResourceType": "AWS::Lambda::Function"}
        return [{"StackResourceSummaries": [resource]}]

    def list_versions_by_function(self, FunctionName: str) -> list[dict[str, Any]]:
        assert FunctionName == "helpdesk-qa-docs"
        return [{"Versions": [{"Version": number} for number in "123"]}]

    def list_aliases(self, FunctionName: str) -> list[dict[str, Any]]:
        assert FunctionName == "helpdesk-qa-docs"
        return [{"Aliases": [{"FunctionVersion": "3"}]}]


def test_what_answered_before_a_deployment_is_kept_to_go_back_to(bench: Bench) -> None:
    account = Deployed(bench)
    assert bench.deploy(account=account) == 0
    assert account.deleted == ["2"]


def test_a_stack_that_is_not_there_is_deployed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account()
    described = account.describe_stacks

    def describe(StackName: str) -> dict[str, Any]:
        if bench.is_deployed:
            return described(StackName)
        message = f"Stack with id {StackName} does not exist"
        raise ClientError({"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks")

    monkeypatch.setattr(account, "describe_stacks", describe)
    assert bench.deploy(account=account) == 0
    assert bench.is_deployed


def test_a_stack_that_may_not_be_looked_at_is_one_line(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account()

    def describe(StackName: str) -> dict[str, Any]:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": StackName}}, "DescribeStacks")

    monkeypatch.setattr(account, "describe_stacks", describe)
    assert "AccessDenied" in refusal(bench, capsys, account=account)


@pytest.mark.parametrize(
    ("words", "line", "wanted"),
    [
        ((), "", "arm64"),
        (("--architecture", "x86_64"), "", "x86_64"),
        ((), 'Architecture = "x86_64"', "x86_64"),
        (("--architecture", "arm64"), 'Architecture = "x86_64"', "arm64"),
    ],
)
def test_what_is_built_for_a_processor_is_deployed_for_it(
    bench: Bench, words: tuple[str, ...], line: str, wanted: str
) -> None:
    assert bench.deploy(*words, account=Account(), config=CONFIG + line) == 0
    assert bench.built == [wanted]
    assert bench.parameters()["Architecture"] == wanted


def test_another_build_is_another_revision(bench: Bench) -> None:
    revisions = []
    for processor in ("arm64", "x86_64", "x86_64"):
        assert bench.deploy("--architecture", processor, account=Account()) == 0
        revisions.append(bench.parameters()["Revision"])
    assert revisions[0] != revisions[1] == revisions[2]


def refusal(bench: Bench, capsys: pytest.CaptureFixture[str], *words: str, **what: Any) -> str:
    """Return the line that a deployment is refused with, before anything is built."""
    assert bench.deploy(*words, **what) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert bench.built == []
    return said


def test_a_placeholder_is_refused(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    config = CONFIG.replace("id.acme.com", "identity.example")
    assert "TokenIssuer of qa is still" in refusal(bench, capsys, account=Account(), config=config)


def test_no_region_is_one_line(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert "AWS_DEFAULT_REGION" in refusal(bench, capsys)


def test_the_region_of_the_stage_is_everybodys(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "")
    seen: list[str | None] = []

    def client(_: str) -> Account:
        seen.append(boto3.session.Session().region_name)
        return Account()

    monkeypatch.setattr(deploy.__main__, "_client", client)
    config = CONFIG.replace('"helpdesk-qa"', '"helpdesk-qa"\nregion = "eu-west-1"')
    assert bench.deploy(config=config) == 0
    assert set(seen) == {"eu-west-1"}


def test_no_account_is_one_line(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    account = Account()
    bench.patch.setattr(account, "get_caller_identity", lambda: (_ for _ in ()).throw(NoCredentialsError()))
    assert "Unable to locate credentials" in refusal(bench, capsys, account=account)


@pytest.mark.parametrize("option", ["--region=eu-west-1", "--stack-name", "--parameter-overrides"])
def test_what_stands_in_the_file_is_no_option(bench: Bench, capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert "samconfig.toml" in refusal(bench, capsys, "--", option, account=Account())


def test_a_new_account_has_no_reserve_for_webchat(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    new = Account(limit=10, unreserved=10)
    said = refusal(bench, capsys, account=new, config=CONFIG + "WebchatConcurrency = 20")
    assert "the account has 0 to reserve: it may run 10 functions at once" in said
    assert bench.deploy(account=new) == 0
    assert bench.parameters()["AccountConcurrency"] == "10"


@pytest.mark.parametrize(
    ("unreserved", "reserved", "wanted", "status"),
    [(1000, None, 900, 0), (1000, None, 901, 1), (100, 20, 20, 0), (100, 20, 21, 1), (120, 0, 20, 0)],
)
def test_what_webchat_has_already_counts_as_free(
    bench: Bench, unreserved: int, reserved: int | None, wanted: int, status: int
) -> None:
    account = Account(unreserved=unreserved, reserved=reserved)
    assert bench.deploy(account=account, config=f"{CONFIG}WebchatConcurrency = {wanted}") == status


def test_the_webhooks_secret_is_named_by_its_current_version(bench: Bench) -> None:
    assert bench.deploy(account=Account(), config=CONFIG + 'WebhookUrl = "https://crm.acme.com/"') == 0
    assert bench.parameters()["WebhookSecretVersion"] == "new"
    assert template()["Parameters"]["WebhookSecret"]["Default"] == WEBHOOK_SECRET


@pytest.mark.parametrize(("name", "lacks"), [("other", "cannot be looked at"), ("empty", "has no current version")])
def test_a_secret_that_is_not_there_is_one_line(
    bench: Bench, capsys: pytest.CaptureFixture[str], name: str, lacks: str
) -> None:
    config = f'{CONFIG}WebhookUrl = "https://crm.acme.com/"\nWebhookSecret = "{name}"'
    said = refusal(bench, capsys, account=Account(), config=config)
    assert f"The secret {name}, which WebhookUrl needs, {lacks}" in said


def test_without_a_webhook_no_secret_is_looked_at(bench: Bench) -> None:
    assert bench.deploy(account=Account()) == 0
    assert "WebhookSecretVersion" not in bench.parameters()
