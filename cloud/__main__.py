"""Commands for AWS, in the account that the AWS CLI uses: `python -m cloud --help` lists them."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cloud import account, directory, rollback, stack, versions
from cloud.progress import shown
from cloud.rebuild import rebuild
from cloud.replay import UNREPEATED, replay
from cloud.restore import command as restoring
from cloud.smoke import command as smoke
from cloud.stage import Stage, written
from local import bundle
from local.errors import CannotContinue
from local.places import BUILD, BUILT_TEMPLATE, ROOT, SAM
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import Engine

CONFIG = ROOT / "samconfig.toml"
PARAMETERS = BUILD.parent / "parameters.yaml"
OF_SAMCONFIG = ("--region", "--profile", "--stack-name", "--parameter-overrides", "--config-env", "--config-file")


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
    deploying.add_argument("stage", help="a stage of samconfig.toml, such as dev or prod")
    deploying.add_argument("--architecture", choices=["arm64", "x86_64"], help="as samconfig.toml says, else arm64")
    deploying.add_argument("options", nargs="*", help="more options of `sam deploy`, after --")
    deploying.set_defaults(command=_deploy)
    pruning = commands.add_parser("prune", help="remove all but the newest versions of each function")
    pruning.add_argument("stack")
    pruning.set_defaults(command=lambda arguments: _prune(arguments.stack, {}))
    importing = commands.add_parser("import", help="make the directory of customers what a file says")
    importing.add_argument("file", type=Path)
    importing.add_argument("--stack", required=True)
    importing.add_argument("--yes", action="store_true", help="do not ask")
    importing.set_defaults(command=_import)
    rebuilding = commands.add_parser("rebuild", help="make search and totals again; everybody may go on working")
    rebuilding.add_argument("--stack", required=True)
    rebuilding.set_defaults(command=_rebuild)
    replaying = commands.add_parser("replay", help="tell again the events that could not be told")
    replaying.add_argument("--stack", required=True)
    replaying.set_defaults(command=_replay)
    restore = commands.add_parser("restore", help="bring back what the tables held at a moment")
    restoring.add_options(restore)
    restore.set_defaults(command=_restore)
    rolling_back = commands.add_parser("rollback", help="have all functions answer as before the last deployment")
    rollback.add_options(rolling_back)
    rolling_back.set_defaults(command=_rollback)
    smoking = commands.add_parser("smoke", help="try 25 calls against a deployed API")
    smoke.add_options(smoking)
    smoking.set_defaults(command=smoke.run)
    return parser


def _deploy(arguments: argparse.Namespace) -> None:
    stage = Stage.read(CONFIG, arguments.stage)
    stage.require_filled_in()
    _require_further(arguments.options)
    os.environ |= stage.environment
    parameters = {**stage.parameters, **account.asked(_client, stage.stack, stage.parameters)}
    former = _answering(stage.stack)
    parameters["Architecture"] = arguments.architecture or parameters.get("Architecture", "arm64")
    with bundle.built(parameters["Architecture"]) as build:
        # a change of a parameter, or of a layer, reaches the functions by it
        parameters["Revision"] = bundle.fingerprint((CONFIG,), build)
        command = [str(SAM), "deploy", "--template-file", str(BUILT_TEMPLATE), "--config-env", stage.name]
        command += ["--config-file", str(CONFIG), "--parameter-overrides", written(parameters, PARAMETERS)]
        command += arguments.options
        status = subprocess.run(command, env=os.environ | {"SAM_CLI_TELEMETRY": "0"}, check=False).returncode
    if status != 0:
        raise CannotContinue("The deployment failed; sam says above why.")
    _prune(stage.stack, former)


def _answering(name: str) -> dict[str, str]:
    """Return the versions that answer in a stack, by function; none where there is no such stack yet."""
    cloudformation = _client("cloudformation")
    if not stack.is_there(cloudformation, name):
        return {}
    return versions.answering(_client("lambda"), stack.functions(cloudformation, name))


def _require_further(options: list[str]) -> None:
    """Raise CannotContinue for an option that would send SAM elsewhere than the calls that are made here."""
    for option in options:
        if option.partition("=")[0] in OF_SAMCONFIG:
            raise CannotContinue(f"{option.partition('=')[0]} is no further option: say it in samconfig.toml.")


def _prune(name: str, former: Mapping[str, str]) -> None:
    client = _client("lambda")
    for function in stack.functions(_client("cloudformation"), name):
        removed = versions.prune(client, function, former.get(function))
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


def _replay(arguments: argparse.Namespace) -> None:
    bucket = stack.output(_client("cloudformation"), arguments.stack, "FailedEventsBucket")
    told = replay(_client("s3"), _client("lambda", UNREPEATED), bucket, f"{arguments.stack}-publisher")
    print(f"{told} batches told again")


def _restore(arguments: argparse.Namespace) -> None:
    adapters = restoring.adapters_of(stack.outputs(_client("cloudformation"), arguments.stack))
    with restoring.workers() as executor:
        restoring.restore(arguments, adapters, _client("dynamodb"), executor)


def _rollback(arguments: argparse.Namespace) -> None:
    rollback.roll_back(_client("lambda"), stack.functions(_client("cloudformation"), arguments.stack), arguments)


def _client(service: str, config: Config | None = None) -> Any:
    return boto3.client(service, config=config)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
