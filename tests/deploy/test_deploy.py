"""A deployment from end to end but for AWS and SAM: what SAM is told, and what is kept."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from bundle.places import BUILT_TEMPLATE
from deploy.account import TOKEN_SECRET
from tests.deploy.bench import CONFIG, KEY_SET, Account, Bench
from tests.tables import template


def test_a_stage_of_any_name_is_deployed_and_its_own_stack_pruned(bench: Bench) -> None:
    account = Account()
    assert bench.deploy(account=account) == 0
    assert bench.told()[:5] == ["deploy", "--template-file", str(BUILT_TEMPLATE), "--config-env", "qa"]
    assert set(account.pruned) == {"helpdesk-qa"}
    assert bench.parameters()["Stage"] == "qa"


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
