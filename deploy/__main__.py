"""Commands for AWS, in the account that the AWS CLI uses: `python -m deploy --help` lists them."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bundle.errors import CannotContinue
from deploy import console, deployment, directory, rollback, stack, versions
from deploy.rebuild import rebuild
from deploy.replay import UNREPEATED, replay
from deploy.restore import command as restoring
from deploy.smoke import command as smoke
from ticketing.errors import Unavailable


def main(words: list[str]) -> int:
    """Carry out one command and return its exit status; what the reader can put right is one line on standard error."""
    arguments = _parser().parse_args(words)
    try:
        arguments.command(arguments)
    except (CannotContinue, ClientError, BotoCoreError, Unavailable) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, (purpose, add_options, command) in COMMANDS.items():
        added = commands.add_parser(name, help=purpose)
        add_options(added)
        added.set_defaults(command=command)
    return parser


def _add_stack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stack", required=True)


def _deploy(arguments: argparse.Namespace) -> None:
    deployment.deploy(_client, arguments)


def _prune(arguments: argparse.Namespace) -> None:
    versions.prune_stack(_client, arguments.stack, {})


def _import(arguments: argparse.Namespace) -> None:
    directory.import_file(_client, arguments)


def _rebuild(arguments: argparse.Namespace) -> None:
    rebuild(stack.outputs(_client("cloudformation"), arguments.stack))


def _replay(arguments: argparse.Namespace) -> None:
    bucket = stack.output(_client("cloudformation"), arguments.stack, "FailedEventsBucket")
    done = replay(_client("s3"), _client("lambda", UNREPEATED), bucket)
    print(f"{done} batches done again")


def _console(arguments: argparse.Namespace) -> None:
    outputs = stack.outputs(_client("cloudformation"), arguments.stack)
    print(console.upload(_client("s3"), _client("cloudfront"), outputs))


def _restore(arguments: argparse.Namespace) -> None:
    adapters = restoring.adapters_of(stack.outputs(_client("cloudformation"), arguments.stack))
    with restoring.workers() as executor:
        restoring.restore(arguments, adapters, _client("dynamodb"), executor)


def _rollback(arguments: argparse.Namespace) -> None:
    rollback.roll_back(_client("lambda"), stack.functions(_client("cloudformation"), arguments.stack), arguments)


def _client(service: str, config: Config | None = None) -> Any:
    return boto3.client(service, config=config)


type Options = Callable[[argparse.ArgumentParser], None]
type Command = Callable[[argparse.Namespace], None]

COMMANDS: dict[str, tuple[str, Options, Command]] = {
    "stage": ("build, deploy as samconfig.toml says, remove old versions", deployment.add_options, _deploy),
    "prune": ("remove all but the newest versions of each function", _add_stack, _prune),
    "import": ("make the directory of customers what a file says", directory.add_options, _import),
    "rebuild": ("make search and totals again; everybody may go on working", _add_stack, _rebuild),
    "replay": ("do again what could not be told or indexed", _add_stack, _replay),
    "console": ("upload the console and the widget to the bucket of a stack with Console=on", _add_stack, _console),
    "restore": ("bring back what the tables held at a moment", restoring.add_options, _restore),
    "rollback": ("have all functions answer as before the last deployment", rollback.add_options, _rollback),
    "smoke": ("make 25 checks of a deployed API", smoke.add_options, smoke.run),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
