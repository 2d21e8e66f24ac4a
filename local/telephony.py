"""The telephony account of a local run: from this environment to where the functions look for it."""

import json
import os

from local import aws

CREDENTIALS_PARAMETER = "/tickets/local/twilio"


def api_url() -> str:
    """Return the address that calls are forwarded at."""
    return os.environ.get("TWILIO_API_URL") or "https://api.twilio.com"


def hand_over(port: int) -> None:
    """Keep the account of this run, and forget that of an earlier one."""
    ssm = aws.client("ssm", port)
    sid, token = os.environ.get("TWILIO_ACCOUNT_SID"), os.environ.get("TWILIO_AUTH_TOKEN")
    if sid and token:
        account = json.dumps({"accountSid": sid, "authToken": token})
        ssm.put_parameter(Name=CREDENTIALS_PARAMETER, Type="SecureString", Value=account, Overwrite=True)
    else:
        ssm.delete_parameters(Names=[CREDENTIALS_PARAMETER])
