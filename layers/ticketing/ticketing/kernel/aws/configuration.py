"""Tells where a service answers and who asks: a function's environment says it, elsewhere botocore finds it out."""

import re
from os import environ

from ticketing.kernel.aws.services import Service
from ticketing.kernel.aws.signature import Credentials

STANDARD_HOST = r"([a-z0-9-]+\.)?[a-z0-9]+\.(?!cn-)[a-z]{2}-[a-z]+-\d+\.amazonaws\.com"
"""The host of a service, or of a bucket, in a region of the standard partition; the others have their own names and
certificates."""
_OTHER_HOSTS = {"AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"}


def endpoint(service: Service) -> tuple[str, str]:
    """Return the URL of a service and the region to sign for; raises BotoCoreError where no region is configured."""
    region = environ.get("AWS_DEFAULT_REGION")
    url = environ.get(f"AWS_ENDPOINT_URL_{service.variable}") or environ.get("AWS_ENDPOINT_URL")
    host = f"{service.name}.{region}.amazonaws.com"
    if region and not _OTHER_HOSTS & environ.keys() and (url or re.fullmatch(STANDARD_HOST, host)):
        return url or f"https://{host}", region
    from ticketing.kernel.aws import session

    return session.endpoint(service.name)


def credentials() -> Credentials:
    """Return the environment's credentials, read anew each time, or those of botocore; raises NoAnswer."""
    key, secret = environ.get("AWS_ACCESS_KEY_ID"), environ.get("AWS_SECRET_ACCESS_KEY")
    if key and secret and "AWS_CREDENTIAL_EXPIRATION" not in environ:
        return key, secret, environ.get("AWS_SESSION_TOKEN")
    from ticketing.kernel.aws import session

    return session.credentials()
