"""Where DynamoDB answers and who asks: a function's environment says it, elsewhere botocore finds it out."""

import re
from os import environ

from ticketing.kernel.dynamodb.signature import Credentials

STANDARD_HOST = r"dynamodb\.(?!cn-)[a-z]{2}-[a-z]+-\d+\.amazonaws\.com"
"""The host in a region of the standard partition; the others have their own names and certificates."""
_OTHER_HOSTS = {"AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"}


def endpoint() -> tuple[str, str]:
    """Return DynamoDB's URL and the region to sign for; raises BotoCoreError where no region is configured."""
    region = environ.get("AWS_DEFAULT_REGION")
    url = environ.get("AWS_ENDPOINT_URL_DYNAMODB") or environ.get("AWS_ENDPOINT_URL")
    host = f"dynamodb.{region}.amazonaws.com"
    if region and (url or (re.fullmatch(STANDARD_HOST, host) and not _OTHER_HOSTS & environ.keys())):
        return url or f"https://{host}", region
    from ticketing.kernel import aws

    return aws.endpoint("dynamodb")


def credentials() -> Credentials:
    """Return the environment's credentials, read anew each time, or those of botocore; raises NoAnswer."""
    key, secret = environ.get("AWS_ACCESS_KEY_ID"), environ.get("AWS_SECRET_ACCESS_KEY")
    if key and secret and "AWS_CREDENTIAL_EXPIRATION" not in environ:
        return key, secret, environ.get("AWS_SESSION_TOKEN")
    from ticketing.kernel import aws

    return aws.credentials()
