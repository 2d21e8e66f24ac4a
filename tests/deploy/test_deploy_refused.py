"""What is refused before anything is built or deployed, each in one line."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, NoCredentialsError

import deploy.__main__
from deploy.account import WEBHOOK_SECRET
from tests.deploy.bench import CONFIG, Account, Bench
from tests.tables import template


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


def test_a_stack_that_may_not_be_looked_at_is_one_line(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account()

    def describe(StackName: str) -> dict[str, Any]:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": StackName}}, "DescribeStacks")

    monkeypatch.setattr(account, "describe_stacks", describe)
    assert "AccessDenied" in refusal(bench, capsys, account=account)


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
