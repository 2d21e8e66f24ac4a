"""A deployment from end to end but for AWS and SAM: what SAM is told, and what is kept."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

import deploy.__main__
from bundle.places import BUILT_TEMPLATE
from deploy.account import TOKEN_SECRET, WEBHOOK_SECRET
from tests.deploy.trial import CONFIG, KEY_SET, Account, Trial
from tests.tables import template


def test_a_stage_of_any_name_is_deployed_and_its_own_stack_pruned(trial: Trial) -> None:
    account = Account()
    assert trial.deploy(account=account) == 0
    assert trial.told()[:5] == ["deploy", "--template-file", str(BUILT_TEMPLATE), "--config-env", "qa"]
    assert set(account.pruned) == {"helpdesk-qa"}
    assert trial.parameters()["Stage"] == "qa"


@pytest.mark.parametrize("parameters", ['TwilioCredentialsParameter = "/acme/twilio"', 'TokenAlgorithm = "HS256"'])
def test_a_secret_that_is_there_is_deployed_with(trial: Trial, parameters: str) -> None:
    config = CONFIG.replace(f"TokenJwks = '{KEY_SET}'\n", "") + parameters
    assert trial.deploy(account=Account(), config=config) == 0


def test_the_token_s_secret_is_the_template_s() -> None:
    assert template()["Parameters"]["TokenSecretParameter"]["Default"] == TOKEN_SECRET


class Deployed(Account):
    """An account whose one function answers with its first version of three, the last of which SAM publishes."""

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.trial = trial
        self.deleted: list[str] = []

    def get_alias(self, FunctionName: str, Name: str) -> dict[str, str]:
        assert (FunctionName, Name) == ("helpdesk-qa-docs", "live")
        return {"FunctionVersion": "3" if self.trial.is_deployed else "1"}

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


def test_what_answered_before_a_deployment_is_kept_to_go_back_to(trial: Trial) -> None:
    account = Deployed(trial)
    assert trial.deploy(account=account) == 0
    assert account.deleted == ["2"]


def test_a_stack_that_is_not_there_is_deployed(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account()
    described = account.describe_stacks

    def describe(StackName: str) -> dict[str, Any]:
        if trial.is_deployed:
            return described(StackName)
        message = f"Stack with id {StackName} does not exist"
        raise ClientError({"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks")

    monkeypatch.setattr(account, "describe_stacks", describe)
    assert trial.deploy(account=account) == 0
    assert trial.is_deployed


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
    trial: Trial, words: tuple[str, ...], line: str, wanted: str
) -> None:
    assert trial.deploy(*words, account=Account(), config=CONFIG + line) == 0
    assert trial.built == [wanted]
    assert trial.parameters()["Architecture"] == wanted


def test_another_build_is_another_revision(trial: Trial) -> None:
    revisions = []
    for processor in ("arm64", "x86_64", "x86_64"):
        assert trial.deploy("--architecture", processor, account=Account()) == 0
        revisions.append(trial.parameters()["Revision"])
    assert revisions[0] != revisions[1] == revisions[2]


def test_the_region_of_the_stage_is_everybodys(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "")
    seen: list[str | None] = []

    def client(_: str) -> Account:
        seen.append(boto3.session.Session().region_name)
        return Account()

    monkeypatch.setattr(deploy.__main__, "_client", client)
    config = CONFIG.replace('"helpdesk-qa"', '"helpdesk-qa"\nregion = "eu-west-1"')
    assert trial.deploy(config=config) == 0
    assert set(seen) == {"eu-west-1"}


def test_the_webhooks_secret_is_named_by_its_current_version(trial: Trial) -> None:
    assert trial.deploy(account=Account(), config=CONFIG + 'WebhookUrl = "https://crm.acme.com/"') == 0
    assert trial.parameters()["WebhookSecretVersion"] == "new"
    assert template()["Parameters"]["WebhookSecret"]["Default"] == WEBHOOK_SECRET


def test_without_a_webhook_no_secret_is_looked_at(trial: Trial) -> None:
    assert trial.deploy(account=Account()) == 0
    assert "WebhookSecretVersion" not in trial.parameters()
