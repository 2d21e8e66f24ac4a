"""The bundle in containers with Lambda's own runtime, by `sam local`, on the emulator's tables, queue and bucket."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from local import aws, bundle
from local.children import started
from local.deployment import STACK, parameters
from local.places import BUILT_TEMPLATE, CONTAINERS_TEMPLATE, SAM, State
from local.ports import Ports
from local.server import HOST, Server

FUNCTION = "AWS::Serverless::Function"


@contextmanager
def serving(state: State, ports: Ports, address: str) -> Iterator[Server]:
    """`sam local start-api` while it serves the API; the functions find the emulator at `address`."""
    write_template(ports.emulator, address)
    command = [str(SAM), "local", "start-api", "--host", HOST, "--port", str(ports.api)]  # the rest: samconfig.toml
    settings = {"SAM_CLI_TELEMETRY": "0", "AWS_ENDPOINT_URL_STS": aws.endpoint(ports.emulator)}
    with started(command, os.environ | settings, state.containers_log) as process:
        yield Server("sam local", process, ports.api, state.containers_log)


def write_template(port: int, address: str) -> None:
    """The built template with what was deployed: its parameters, and each function's environment.

    `sam local` itself would take a table's logical name for its name, and passes on no variable that is not declared.
    """
    template = yaml.safe_load(BUILT_TEMPLATE.read_text())
    for name, value in parameters(bundle.machine_architecture()).items():
        template["Parameters"][name]["Default"] = value
    deployed = _environments(port)
    reached = {
        "AWS_ENDPOINT_URL": f"http://{address}:{port}",
        "AWS_ACCESS_KEY_ID": os.environ["AWS_ACCESS_KEY_ID"],
        "AWS_SECRET_ACCESS_KEY": os.environ["AWS_SECRET_ACCESS_KEY"],
    }
    for name, resource in template["Resources"].items():
        if resource["Type"] == FUNCTION:
            resource["Properties"]["Environment"] = {"Variables": deployed[name] | reached}
    CONTAINERS_TEMPLATE.write_text(yaml.safe_dump(template, sort_keys=False))


def _environments(port: int) -> dict[str, dict[str, Any]]:
    """The variables of each deployed function, by its name in the template."""
    functions = aws.client("lambda", port)
    resources = aws.client("cloudformation", port).describe_stack_resources(StackName=STACK)["StackResources"]
    return {
        resource["LogicalResourceId"]: functions.get_function_configuration(
            FunctionName=resource["PhysicalResourceId"]
        )["Environment"]["Variables"]
        for resource in resources
        if resource["ResourceType"] == "AWS::Lambda::Function"
    }
