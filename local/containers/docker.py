"""What `sam local` needs of Docker: a running engine, Lambda's image, and an address that containers reach us at."""

import json
import socket
import subprocess
from ipaddress import ip_network

from local.errors import CannotContinue

IMAGE = "public.ecr.aws/lambda/python:3.13"
"""Lambda's runtime, as AWS publishes it."""


def image_names(architecture: str) -> tuple[str, str]:
    """The names under which `sam local` looks for the image of an architecture."""
    return f"{IMAGE}-{architecture}", IMAGE


def require_engine() -> None:
    """Fails where no engine answers."""
    try:
        engine = _asked("version", "--format", "{{.Server.Version}}")
    except FileNotFoundError:
        raise CannotContinue("There is no Docker: `make sam-local` needs it, `make run` does not.") from None
    if engine.returncode != 0:
        raise CannotContinue(f"Docker does not answer: {engine.stderr.strip().splitlines()[-1]}")


def fetched(architecture: str) -> bool:
    """Whether Lambda's image is here; fetches it where it is missing."""
    image, _ = image_names(architecture)
    if _asked("image", "inspect", image).returncode == 0:
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
    raise CannotContinue("Docker runs its containers on another machine: `make sam-local` needs Docker on Linux.")


def _asked(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)


def _is_ours(address: str) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True
