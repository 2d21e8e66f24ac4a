"""The operator's commands: `python -m operate rebuild --stack tickets-prod`.

Region and credentials are the environment's or the profile's, as for the AWS command line.
"""

import argparse
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from operate.rebuild import rebuild
from ticketing.errors import Unavailable
from ticketing.ports import Contended


def main() -> int:
    """Carries out one command; what the reader can put right is one line on standard error."""
    parser = argparse.ArgumentParser(prog="python -m operate", description=__doc__)
    commands = parser.add_subparsers(required=True)
    rebuilding = commands.add_parser("rebuild", help="make search and totals again; everybody may go on working")
    rebuilding.add_argument("--stack", required=True, help="the CloudFormation stack's name")
    arguments = parser.parse_args()
    try:
        rebuild(_outputs(arguments.stack))
    except (BotoCoreError, ClientError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except (Contended, Unavailable):
        print("error: The store is too busy. Run the same again: it does no harm to begin anew.", file=sys.stderr)
        return 1
    return 0


def _outputs(stack: str) -> dict[str, str]:
    described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}


if __name__ == "__main__":
    sys.exit(main())
