"""Commands for AWS: `python -m cloud deploy`, `prune`, `import`, `rebuild`; in the account that the AWS CLI uses."""

import argparse
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from cloud import directory, stack, versions
from cloud.progress import shown
from cloud.rebuild import rebuild
from local import bundle
from local.errors import CannotContinue
from local.places import BUILT_TEMPLATE, ROOT, SAM
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import Engine

CONFIG = ROOT / "samconfig.toml"


def main(words: list[str]) -> int:
    """Carries out one command; what the reader can put right is one line on standard error."""
    arguments = _parser().parse_args(words)
    try:
        arguments.command(arguments)
    except (CannotContinue, ClientError, BotoCoreError, Unavailable) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cloud", description=__doc__)
    commands = parser.add_subparsers(required=True)
    deploying = commands.add_parser("deploy", help="build, deploy as samconfig.toml says, remove old versions")
    deploying.add_argument("environment", choices=["dev", "prod"])
    deploying.add_argument("--architecture", choices=["arm64", "x86_64"], default="arm64")
    deploying.add_argument("options", nargs="*", help="more options of `sam deploy`, after --")
    deploying.set_defaults(command=_deploy)
    pruning = commands.add_parser("prune", help="remove all but the newest versions of each function")
    pruning.add_argument("stack")
    pruning.set_defaults(command=lambda arguments: _prune(arguments.stack))
    importing = commands.add_parser("import", help="make the directory of customers what a file says")
    importing.add_argument("file", type=Path)
    importing.add_argument("--stack", required=True)
    importing.add_argument("--yes", action="store_true", help="do not ask")
    importing.set_defaults(command=_import)
    rebuilding = commands.add_parser("rebuild", help="make search and totals again; everybody may go on working")
    rebuilding.add_argument("--stack", required=True)
    rebuilding.set_defaults(command=_rebuild)
    return parser


def _deploy(arguments: argparse.Namespace) -> None:
    with bundle.built(arguments.architecture) as build:
        command = [str(SAM), "deploy", "--template-file", str(BUILT_TEMPLATE), "--config-env", arguments.environment]
        command += ["--config-file", str(CONFIG), "--parameter-overrides", *_parameters(arguments.environment, build)]
        command += arguments.options
        status = subprocess.run(command, env=os.environ | {"SAM_CLI_TELEMETRY": "0"}, check=False).returncode
    if status != 0:
        raise CannotContinue("The deployment failed; sam says above why.")
    _prune(f"tickets-{arguments.environment}")


def _parameters(environment: str, build: str) -> list[str]:
    """Those of samconfig.toml, and a revision by which a change of theirs, or of a layer, reaches the functions."""
    settings = tomllib.loads(CONFIG.read_text())[environment]["deploy"]["parameters"]
    return [*settings["parameter_overrides"], f"Revision={bundle.fingerprint((CONFIG,), build)}"]


def _prune(name: str) -> None:
    client = _client("lambda")
    for function in stack.functions(_client("cloudformation"), name):
        removed = versions.prune(client, function)
        print(f"{function}: {len(removed)} old versions removed")


def _import(arguments: argparse.Namespace) -> None:
    customers = directory.customers_in(arguments.file)
    table = stack.output(_client("cloudformation"), arguments.stack, "DirectoryTable")
    kept = DynamoDirectory(Engine(_client("dynamodb")), table)
    changes = [change for customer in customers for change in directory.changes(kept, customer)]
    for change in changes:
        print(change)
    print(f"{len(changes)} changes in {table}")
    if changes and not arguments.yes and input("Make them? [y/N] ").strip().lower() != "y":
        raise CannotContinue("Nothing was changed.")
    for change in shown(changes, "Writing"):
        change.make(kept)


def _rebuild(arguments: argparse.Namespace) -> None:
    rebuild(stack.outputs(_client("cloudformation"), arguments.stack))


def _client(service: str) -> Any:
    return boto3.client(service)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
