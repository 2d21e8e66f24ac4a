"""The way to the emulator, and to nothing else: no command here can reach a real account."""

import os
from typing import Any

REGION = "us-east-1"


def endpoint(port: int) -> str:
    """Return the address where the emulator serves AWS itself; on 127.0.0.1 it serves the API."""
    return f"http://localhost:{port}"


def forget_accounts() -> None:
    """Drop every AWS setting of this process and its children: profiles, keys, endpoints, proxies on the way."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "localhost,127.0.0.1",
        "no_proxy": "localhost,127.0.0.1",
    }


def client(service: str, place: int | str) -> Any:
    """Return a client of the emulator on a port, or of what answers at a URL."""
    import boto3  # takes longer than all else that a start imports
    from botocore.config import Config

    config = Config(retries={"mode": "standard", "total_max_attempts": 3})
    return boto3.client(service, endpoint_url=place if isinstance(place, str) else endpoint(place), config=config)
