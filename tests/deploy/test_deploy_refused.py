"""Refusals of a deployment before anything is built or deployed, in one line each; and what just passes."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, NoCredentialsError

from tests.deploy.trial import CONFIG, Account, Trial


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
    trial: Trial, capsys: pytest.CaptureFixture[str], parameters: str, reason: str
) -> None:
    assert trial.deploy(account=Account(), config=CONFIG + parameters) == 1
    assert reason in capsys.readouterr().err
    assert (trial.built, trial.is_deployed) == ([], False)


def test_a_stack_that_may_not_be_looked_at_is_one_line(
    trial: Trial, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account()

    def describe(StackName: str) -> dict[str, Any]:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": StackName}}, "DescribeStacks")

    monkeypatch.setattr(account, "describe_stacks", describe)
    assert "AccessDenied" in refusal(trial, capsys, account=account)


def refusal(trial: Trial, capsys: pytest.CaptureFixture[str], *words: str, **what: Any) -> str:
    """Return the line that a deployment is refused with, before anything is built."""
    assert trial.deploy(*words, **what) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.count("\n") == 1
    assert trial.built == []
    return said


def test_a_placeholder_is_refused(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    config = CONFIG.replace("id.acme.com", "identity.example")
    assert "TokenIssuer of qa is still" in refusal(trial, capsys, account=Account(), config=config)


def test_no_region_is_one_line(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    assert "AWS_DEFAULT_REGION" in refusal(trial, capsys)


def test_no_account_is_one_line(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    account = Account()
    trial.patch.setattr(account, "get_caller_identity", lambda: (_ for _ in ()).throw(NoCredentialsError()))
    assert "Unable to locate credentials" in refusal(trial, capsys, account=account)


@pytest.mark.parametrize("option", ["--region=eu-west-1", "--stack-name", "--parameter-overrides"])
def test_what_stands_in_the_file_is_no_option(trial: Trial, capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert "samconfig.toml" in refusal(trial, capsys, "--", option, account=Account())


def test_a_new_account_has_no_reserve_for_webchat(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    new = Account(limit=10, unreserved=10)
    said = refusal(trial, capsys, account=new, config=CONFIG + "WebchatConcurrency = 20")
    assert "the account has 0 to reserve: it may run 10 functions at once" in said
    assert trial.deploy(account=new) == 0
    assert trial.parameters()["AccountConcurrency"] == "10"


@pytest.mark.parametrize(
    ("unreserved", "reserved", "wanted", "status"),
    [(1000, None, 900, 0), (1000, None, 901, 1), (100, 20, 20, 0), (100, 20, 21, 1), (120, 0, 20, 0)],
)
def test_what_webchat_has_already_counts_as_free(
    trial: Trial, unreserved: int, reserved: int | None, wanted: int, status: int
) -> None:
    account = Account(unreserved=unreserved, reserved=reserved)
    assert trial.deploy(account=account, config=f"{CONFIG}WebchatConcurrency = {wanted}") == status


@pytest.mark.parametrize(("name", "lacks"), [("other", "cannot be looked at"), ("empty", "has no current version")])
def test_a_secret_that_is_not_there_is_one_line(
    trial: Trial, capsys: pytest.CaptureFixture[str], name: str, lacks: str
) -> None:
    config = f'{CONFIG}WebhookUrl = "https://crm.acme.com/"\nWebhookSecret = "{name}"'
    said = refusal(trial, capsys, account=Account(), config=config)
    assert f"The secret {name}, which WebhookUrl needs, {lacks}" in said
