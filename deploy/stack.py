"""A deployed stack: its outputs and its functions, as CloudFormation knows them."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from bundle.errors import CannotContinue


def output(cloudformation: Any, stack: str, name: str) -> str:
    """Return an output of the stack; raises CannotContinue."""
    found = outputs(cloudformation, stack)
    if name not in found:
        raise CannotContinue(f"The stack {stack} has no output {name}: deploy this version first.")
    return found[name]


def outputs(cloudformation: Any, stack: str) -> dict[str, str]:
    """Return every output of the stack by its name; raises CannotContinue."""
    described = _described(cloudformation, stack).get("Outputs", [])
    return {each["OutputKey"]: str(each["OutputValue"]) for each in described}


def functions(cloudformation: Any, stack: str) -> list[str]:
    """Return the names of the stack's functions; raises CannotContinue."""
    _described(cloudformation, stack)
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    found = [resource for page in pages for resource in page["StackResourceSummaries"]]
    return [each["PhysicalResourceId"] for each in found if each["ResourceType"] == "AWS::Lambda::Function"]


def is_there(cloudformation: Any, stack: str) -> bool:
    """Tell whether there is such a stack; raises ClientError where CloudFormation does not say."""
    try:
        cloudformation.describe_stacks(StackName=stack)
    except ClientError as error:
        if error.response["Error"]["Message"].endswith("does not exist"):
            return False
        raise
    return True


def _described(cloudformation: Any, stack: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except (ClientError, BotoCoreError) as error:
        raise CannotContinue(f"The stack {stack} cannot be looked at: {error}") from error
    return found
