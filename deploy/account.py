"""An account of AWS, asked before it is deployed to: that it can be reached, and that it has room for the reserves."""

from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from bundle.errors import CannotContinue

UNRESERVED = 100
"""Concurrent executions that Lambda keeps for functions without a reserve (AWS Lambda, reserved concurrency)."""
WEBHOOK_SECRET = "tickets/webhook"
"""The template's default of WebhookSecret."""
SECRETS = ("TokenSecretParameter", "TwilioCredentialsParameter")
"""Parameters that name a secret of SSM's; without the latter no call is forwarded, and nobody would be told why."""
TOKEN_SECRET = "/tickets/token-secret"


def asked(client: Callable[[str], Any], stack: str, parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters that the account itself knows; raises CannotContinue where it cannot be reached, has not
    the secrets that are named, or has no room for what is to be deployed."""
    _require_reachable(client)
    _require_secrets(client, parameters)
    known = {"AccountConcurrency": str(_room(client("lambda"), stack, int(parameters.get("WebchatConcurrency", 0))))}
    if parameters.get("WebhookUrl"):
        secret = parameters.get("WebhookSecret", WEBHOOK_SECRET)
        known["WebhookSecretVersion"] = _current_version(client("secretsmanager"), secret)
    return known


def _require_reachable(client: Callable[[str], Any]) -> None:
    try:
        client("lambda")  # a client of STS is made without a region, too
        client("sts").get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        raise CannotContinue(
            f"No account to deploy to: {error} Name a region (AWS_DEFAULT_REGION, or `region` in samconfig.toml) "
            "and give credentials as to the AWS CLI."
        ) from error


def _require_secrets(client: Callable[[str], Any], parameters: Mapping[str, str]) -> None:
    named = {parameter: parameters[parameter] for parameter in SECRETS if parameter in parameters}
    if parameters.get("TokenAlgorithm") == "HS256":
        named.setdefault("TokenSecretParameter", TOKEN_SECRET)
    for parameter, name in named.items():
        if not _has_secret(client("ssm"), name):
            raise CannotContinue(f"{parameter} names {name}, and SSM has no parameter of that name.")


def _has_secret(client: Any, name: str) -> bool:
    pages = client.get_paginator("describe_parameters")  # one may be empty before the one that has it
    try:
        return any(page["Parameters"] for page in pages.paginate(ParameterFilters=[{"Key": "Name", "Values": [name]}]))
    except ClientError as error:
        raise CannotContinue(f"It cannot be looked whether SSM has {name}: {error}") from error


def _room(client: Any, stack: str, wanted: int) -> int:
    """Return what the account may run at once; raises CannotContinue where the webchat's reserve does not fit in."""
    limits = client.get_account_settings()["AccountLimit"]
    reserved = _reserved(client, f"{stack}-webchat") if wanted else 0
    room = max(0, limits["UnreservedConcurrentExecutions"] + reserved - UNRESERVED)
    if wanted > room:
        raise CannotContinue(
            f"WebchatConcurrency is {wanted}, and the account has {room} to reserve: it may run "
            f"{limits['ConcurrentExecutions']} functions at once, {UNRESERVED} of them unreserved. Set it to {room} or "
            "have the quota raised."
        )
    return int(limits["ConcurrentExecutions"])


def _reserved(client: Any, function: str) -> int:
    """Return what a function, deployed or not, has reserved already."""
    try:
        return int(client.get_function_concurrency(FunctionName=function).get("ReservedConcurrentExecutions", 0))
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return 0
        raise


def _current_version(client: Any, secret: str) -> str:
    try:
        versions: dict[str, list[str]] = client.describe_secret(SecretId=secret).get("VersionIdsToStages", {})
    except ClientError as error:
        raise CannotContinue(f"The secret {secret}, which WebhookUrl needs, cannot be looked at: {error}") from error
    current = [version for version, stages in versions.items() if "AWSCURRENT" in stages]
    if not current:
        raise CannotContinue(f"The secret {secret}, which WebhookUrl needs, has no current version: give it a value.")
    return current[0]
