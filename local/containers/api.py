"""The bundle in containers with Lambda's own runtime, by `sam local`, on the emulator's tables, queue and bucket."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import yaml

from bundle import building
from bundle.children import started
from bundle.errors import CannotContinue
from bundle.places import BUILD, BUILT_TEMPLATE, SAM
from local import aws
from local.deployment import STACK, parameters
from local.identity import rep_token
from local.places import State
from local.ports import Ports
from local.server import HOST, Server

CODE = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}
"""Where each kind of resource says what it is built of."""

ANYBODY = (1, 11)
"""A customer of the demo world and one of its representatives."""


@contextmanager
def serving(state: State, ports: Ports, address: str) -> Iterator[Server]:
    """`sam local start-api` while it serves the API; the functions find the emulator at `address`."""
    way = _way_to_emulator(ports, address)
    state.containers_template.write_text(yaml.safe_dump(_template(ports.emulator, [*way]), sort_keys=False))
    state.containers_variables.write_text(json.dumps({"Parameters": way}, indent=2))
    command = [str(SAM), "local", "start-api", "--host", HOST, "--port", str(ports.api)]
    command += ["--template-file", str(state.containers_template), "--env-vars", str(state.containers_variables)]
    command += ["--skip-pull-image", "--warm-containers", "LAZY", "--no-watch"]
    settings = {
        "SAM_CLI_TELEMETRY": "0",
        "AWS_ENDPOINT_URL_STS": aws.endpoint(ports.emulator),
        # sam keeps a lock there while it builds an image: if it is stopped meanwhile, the next run must not wait for it
        "TMPDIR": str(state.scratch),
    }
    with started(command, os.environ | settings, state.containers_log) as process:
        yield Server("sam local", process, ports.api, state.containers_log)


def require_way_to_emulator(state: State, ports: Ports, address: str) -> None:
    """Fails where a function in its container does not reach the emulator, which its health does not show."""
    url = f"http://{HOST}:{ports.api}/api/Tickets?pageSize=1"
    token = rep_token(state, *ANYBODY, lifetime=60)
    try:
        # whoever is refused was asked about
        urllib.request.urlopen(urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"}))
    except urllib.error.HTTPError as refused:
        if refused.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            way = f"{address}:{ports.emulator}"
            raise CannotContinue(
                f"Containers do not reach {way}: does a firewall forbid it? (their log: {state.containers_log})"
            ) from None


def _template(port: int, further: list[str]) -> dict[str, Any]:
    """The built template with what was deployed: its parameters, and each function's environment.

    `sam local` itself would take a table's logical name for its name. It passes on no variable that is not declared,
    as those `further` ones are.
    """
    template: dict[str, Any] = yaml.safe_load(BUILT_TEMPLATE.read_text())
    for name, value in parameters(building.machine_architecture()).items():
        template["Parameters"][name]["Default"] = value
    deployed = _environments(port)
    for name, resource in template["Resources"].items():
        if resource["Type"] in CODE:
            properties, code = resource["Properties"], CODE[resource["Type"]]
            properties[code] = str(BUILD / properties[code])
            if name in deployed:
                properties["Environment"] = {"Variables": deployed[name] | dict.fromkeys(further, "")}
    return template


def _way_to_emulator(ports: Ports, address: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": f"http://{address}:{ports.emulator}",
        "AWS_ACCESS_KEY_ID": os.environ["AWS_ACCESS_KEY_ID"],
        "AWS_SECRET_ACCESS_KEY": os.environ["AWS_SECRET_ACCESS_KEY"],
        "AWS_SESSION_TOKEN": "",
    }


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
