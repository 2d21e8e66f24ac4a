"""The bundle in containers with Lambda's own runtime, by `sam local`, on the emulator's tables, queues and buckets."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any

from bundle import building
from bundle.children import started
from bundle.errors import CannotContinue
from bundle.places import SAM
from local import aws
from local.deployment import STACK, parameters, template
from local.identity import rep_token
from local.places import State
from local.ports import Ports
from local.server import HOST, PATIENCE, Server

IMAGE = "public.ecr.aws/lambda/python:3.13"
"""Lambda's runtime, as AWS publishes it; `sam local` looks for it with `-` and the architecture behind."""
STAND_IN = "tickets.stand-in"
"""The label of an image that local/lambda-image.sh made in its place."""


def prepared(architecture: str) -> str:
    """Return the address of this machine for containers, once everything is there. Raises CannotContinue."""
    require_engine()
    address = address_of_this_machine()
    if not fetched(architecture):
        raise CannotContinue("Lambda's image cannot be fetched: `make lambda-image` makes a stand-in for it.")
    return address


def require_engine() -> None:
    """Raise CannotContinue where no engine answers."""
    try:
        engine = _docker("version", "--format", "{{.Server.Version}}")
    except FileNotFoundError:
        raise CannotContinue("There is no Docker: `make sam-local` needs it, `make run` does not.") from None
    if engine.returncode != 0:
        raise CannotContinue(f"Docker does not answer: {engine.stderr.strip().splitlines()[-1]}")


def fetched(architecture: str) -> bool:
    """Fetch Lambda's image where neither it nor its stand-in is here; return False where it cannot be had."""
    image = f"{IMAGE}-{architecture}"
    present = _docker("image", "inspect", image, "--format", f'{{{{index .Config.Labels "{STAND_IN}"}}}}')
    if present.returncode == 0:
        if present.stdout.strip():
            print(f"Functions run in a stand-in for Lambda's image; `docker rmi -f {image}` drops it.", flush=True)
        return True
    print(f"Fetching {image} …", flush=True)
    return subprocess.run(["docker", "pull", image], check=False).returncode == 0


def address_of_this_machine() -> str:
    """Return the address of Docker's bridge, which containers and this machine both can call."""
    found = _docker("network", "inspect", "bridge", "--format", "{{json .IPAM.Config}}")
    if found.returncode != 0:
        raise CannotContinue(f"Docker has no bridge network: {found.stderr.strip()}")
    for network in json.loads(found.stdout) or []:
        # an engine that was just started may not name the gateway yet; it is the first address then
        address = network.get("Gateway") or str(next(ip_network(network["Subnet"]).hosts()))
        with socket.socket() as probe:
            try:
                probe.bind((address, 0))
            except OSError:
                continue
        return str(address)
    raise CannotContinue(
        "Docker's containers cannot reach this machine at an address of its own (Docker Desktop, rootless or remote "
        "Docker): `make sam-local` needs an engine of this machine's own."
    )


def _docker(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)


@contextmanager
def serving(state: State, ports: Ports, address: str) -> Iterator[Server]:
    """Run `sam local start-api`, whose functions find the emulator at `address`, once they have reached it."""
    _write_settings(state, ports.emulator, address)
    command = [str(SAM), "local", "start-api", "--host", HOST, "--port", str(ports.api)]
    command += ["--template-file", str(state.containers_template), "--env-vars", str(state.containers_variables)]
    command += ["--skip-pull-image", "--warm-containers", "LAZY", "--no-watch"]
    settings = {
        "SAM_CLI_TELEMETRY": "0",
        "AWS_ENDPOINT_URL_STS": aws.endpoint(ports.emulator),
        # sam keeps a lock there while it builds an image: if it is stopped meanwhile, the next run must not wait for it
        "TMPDIR": str(state.scratch),
    }
    with started(command, os.environ | settings, state.log("containers")) as process:
        api = Server("sam local", process, ports.api, state.log("containers"))
        api.wait_for("/api/health")
        _require_way_to_emulator(state, ports, address)
        yield api


def _write_settings(state: State, port: int, address: str) -> None:
    """Write the template for `sam local`, and the variables of its functions."""
    variables = {
        "AWS_ENDPOINT_URL": f"http://{address}:{port}",
        "AWS_ACCESS_KEY_ID": os.environ["AWS_ACCESS_KEY_ID"],
        "AWS_SECRET_ACCESS_KEY": os.environ["AWS_SECRET_ACCESS_KEY"],
        "AWS_SESSION_TOKEN": "",
    }
    state.containers_template.write_text(json.dumps(_template(port, [*variables]), indent=2))
    state.containers_variables.write_text(json.dumps({"Parameters": variables}, indent=2))


def _require_way_to_emulator(state: State, ports: Ports, address: str) -> None:
    """Raise CannotContinue where a function in its container does not reach the emulator; health does not show it."""
    url = f"http://{HOST}:{ports.api}/api/Tickets?pageSize=1"
    token = rep_token(state, 1, 11, lifetime=60)
    asked = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        urllib.request.urlopen(asked, timeout=PATIENCE).close()  # noqa: S310 - our own http address
    except OSError as failure:
        if not isinstance(failure, urllib.error.HTTPError) or failure.code >= 500:
            raise CannotContinue(
                f"Containers do not reach {address}:{ports.emulator}: does a firewall forbid it? "
                f"(their log: {state.log('containers')})"
            ) from None


def _template(port: int, further: list[str]) -> Any:
    """Return the built template with what was deployed: its parameters, and each function's environment.

    `sam local` itself would take a table's logical name for its name. It passes on no variable that is not declared,
    as those `further` ones are.
    """
    built = template(parameters(building.machine_architecture()))
    functions = aws.client("lambda", port)
    for resource in aws.client("cloudformation", port).describe_stack_resources(StackName=STACK)["StackResources"]:
        if resource["ResourceType"] == "AWS::Lambda::Function":
            deployed = functions.get_function_configuration(FunctionName=resource["PhysicalResourceId"])
            variables = deployed["Environment"]["Variables"] | dict.fromkeys(further, "")
            built["Resources"][resource["LogicalResourceId"]]["Properties"]["Environment"] = {"Variables": variables}
    return built


if __name__ == "__main__":
    # says in one line what is missing but for the image
    try:
        require_engine()
        address_of_this_machine()
    except CannotContinue as problem:
        sys.exit(str(problem))
