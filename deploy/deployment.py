"""A stage, deployed: asked for, built, handed to SAM, and old versions of its functions removed."""

import argparse
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bundle import building
from bundle.errors import CannotContinue
from bundle.places import BUILD, BUILT_TEMPLATE, ROOT, SAM, TEMPLATE
from deploy import account, stack, versions
from deploy.stage import Stage, declared_parameters, written

CONFIG = ROOT / "samconfig.toml"
PARAMETERS = BUILD.parent / "parameters.yaml"
OF_SAMCONFIG = ("--region", "--profile", "--stack-name", "--parameter-overrides", "--config-env", "--config-file")
"""Options that would send SAM elsewhere than the calls that are made here."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("stage", help="a stage of samconfig.toml, such as dev or prod")
    parser.add_argument("--architecture", choices=["arm64", "x86_64"], help="as samconfig.toml says, else arm64")
    parser.add_argument("options", nargs="*", help="more options of `sam deploy`, after --")


def deploy(client: Callable[[str], Any], arguments: argparse.Namespace) -> None:
    """Build and deploy a stage of samconfig.toml, then remove old versions; raises CannotContinue."""
    stage = Stage.read(CONFIG, arguments.stage)
    stage.require_sound(declared_parameters(TEMPLATE))
    _refuse_samconfig_options(arguments.options)
    os.environ |= stage.environment
    parameters = {**stage.parameters, **account.asked(client, stage.stack, stage.parameters)}
    former = _answering(client, stage.stack)
    parameters["Architecture"] = arguments.architecture or parameters.get("Architecture", "arm64")
    with building.built(parameters["Architecture"]) as build:
        # a change of a parameter, or of a layer, reaches the functions by it
        parameters["Revision"] = building.fingerprint((CONFIG,), build)
        _hand_to_sam(stage, parameters, arguments.options)
    versions.prune_stack(client, stage.stack, former)


def _answering(client: Callable[[str], Any], name: str) -> dict[str, str]:
    """Return the versions that answer in a stack, by function; none where there is no such stack yet."""
    if not stack.is_there(client("cloudformation"), name):
        return {}
    return versions.answering(client("lambda"), stack.functions(client("cloudformation"), name))


def _hand_to_sam(stage: Stage, parameters: Mapping[str, str], options: Sequence[str]) -> None:
    command = [str(SAM), "deploy", "--template-file", str(BUILT_TEMPLATE), "--config-env", stage.name]
    command += ["--config-file", str(CONFIG), "--parameter-overrides", written(parameters, PARAMETERS), *options]
    status = subprocess.run(command, env=os.environ | {"SAM_CLI_TELEMETRY": "0"}, check=False).returncode
    if status != 0:
        raise CannotContinue("The deployment failed; sam says above why.")


def _refuse_samconfig_options(options: Sequence[str]) -> None:
    for option in options:
        if option.partition("=")[0] in OF_SAMCONFIG:
            raise CannotContinue(f"{option.partition('=')[0]} is no further option: say it in samconfig.toml.")
