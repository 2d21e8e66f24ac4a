"""What `sam local` needs of Docker: a running engine, Lambda's image, and an address that containers reach us at.

`python -m local.containers.docker` says in one line what is missing but for the image.
"""

import json
import socket
import subprocess
import sys
from ipaddress import ip_network

from bundle.errors import CannotContinue

IMAGE = "public.ecr.aws/lambda/python:3.13"
"""Lambda's runtime, as AWS publishes it."""
STAND_IN = "tickets.stand-in"
"""The label of an image that was made here in its place."""


def image_names(architecture: str) -> tuple[str, str]:
    """The names under which `sam local` looks for the image of an architecture."""
    return f"{IMAGE}-{architecture}", IMAGE


def prepared(architecture: str) -> str:
    """Sees to everything; gives the address. Fails with one line that says what is missing."""
    require_engine()
    address = address_of_this_machine()
    if not fetched(architecture):
        raise CannotContinue("Lambda's image cannot be fetched: `make lambda-image` makes a stand-in for it.")
    return address


def require_engine() -> None:
    """Fails where no engine answers."""
    try:
        engine = _asked("version", "--format", "{{.Server.Version}}")
    except FileNotFoundError:
        raise CannotContinue("There is no Docker: `make sam-local` needs it, `make run` does not.") from None
    if engine.returncode != 0:
        raise CannotContinue(f"Docker does not answer: {engine.stderr.strip().splitlines()[-1]}")


def fetched(architecture: str) -> bool:
    """Whether Lambda's image, or its stand-in, is here; fetches it where it is missing."""
    image, _ = image_names(architecture)
    present = _asked("image", "inspect", image, "--format", f'{{{{index .Config.Labels "{STAND_IN}"}}}}')
    if present.returncode == 0:
        if present.stdout.strip():
            print(f"Functions run in a stand-in for Lambda's image; `docker rmi -f {image}` drops it.", flush=True)
        return True
    print(f"Fetching {image} …", flush=True)
    return subprocess.run(["docker", "pull", image], check=False).returncode == 0


def address_of_this_machine() -> str:
    """The address of Docker's bridge, which containers and this machine both can call."""
    found = _asked("network", "inspect", "bridge", "--format", "{{json .IPAM.Config}}")
    if found.returncode != 0:
        raise CannotContinue(f"Docker has no bridge network: {found.stderr.strip()}")
    for network in json.loads(found.stdout) or []:
        # an engine that was just started may not name the gateway yet; it is the first address then
        address = network.get("Gateway") or str(next(ip_network(network["Subnet"]).hosts()))
        if _is_ours(address):
            return str(address)
    raise CannotContinue(
        "Docker's containers cannot reach this machine at an address of its own (Docker Desktop, rootless or remote "
        "Docker): `make sam-local` needs an engine of this machine's own."
    )


def _asked(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)


def _is_ours(address: str) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    try:
        require_engine()
        address_of_this_machine()
    except CannotContinue as problem:
        sys.exit(str(problem))
