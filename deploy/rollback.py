"""Takes all functions of a stack back to the versions before the last deployment, or forward again.

A deployment publishes a version of each function that it changed, and has the alias `live` name it; whatever calls a
function calls that alias. The newest version and the one that answered before it are kept: the way back is one step.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from bundle.errors import CannotContinue
from deploy import versions
from deploy.versions import ALIAS

ONE_DEPLOYMENT = timedelta(minutes=30)
"""Within which the versions of one deployment are published; CloudFormation takes some minutes."""


@dataclass(frozen=True)
class Published:
    """The versions of a function, oldest first, the moment of the newest one, and the one that answers."""

    function: str
    versions: tuple[str, ...]
    newest: datetime
    live: str


@dataclass(frozen=True)
class AliasMove:
    """A function, the version that answers, and the one that is to."""

    function: str
    before: str
    after: str


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--stack", required=True)
    parser.add_argument("--undo", action="store_true", help="forward again, to the newest versions")
    parser.add_argument("--dry-run", action="store_true", help="show what would be done")


def roll_back(client: Any, functions: Sequence[str], arguments: argparse.Namespace) -> None:
    """Have all functions answer with the versions before the last deployment, or none; raises CannotContinue."""
    published = [_published(client, function) for function in functions]
    moves = forward(published) if arguments.undo else back(published)
    for move in moves:
        print(f"{move.function}: {move.before} -> {move.after}")
    if not moves:
        print("Nothing to do: they answer with these versions already.")
    if not arguments.dry_run:
        _make(client, moves)
        print(f"{len(moves)} of {len(functions)} functions moved")


def back(published: Sequence[Published]) -> list[AliasMove]:
    """Return what takes the functions of the last deployment to the version before it; raises CannotContinue.

    The same again returns nothing: the way back starts at the newest version, not at the one that answers.
    """
    last = max(each.newest for each in published)
    concerned = [each for each in published if last - each.newest < ONE_DEPLOYMENT]
    first = [each.function for each in concerned if len(each.versions) < 2]
    if first:
        raise CannotContinue(f"Nothing was moved: there is no version before the newest of {', '.join(first)}.")
    return _moves(concerned, -2)


def forward(published: Sequence[Published]) -> list[AliasMove]:
    """Return what takes all functions to their newest versions."""
    return _moves(published, -1)


def _moves(published: Sequence[Published], place: int) -> list[AliasMove]:
    moves = [AliasMove(each.function, each.live, each.versions[place]) for each in published]
    return [move for move in moves if move.before != move.after]


def _make(client: Any, moves: Sequence[AliasMove]) -> None:
    """Move every alias; where one cannot be moved, those that were go back."""
    done: list[AliasMove] = []
    try:
        for move in moves:
            _point(client, move.function, move.after)
            done.append(move)
    except (ClientError, BotoCoreError) as error:
        for move in reversed(done):
            _point(client, move.function, move.before)
        raise CannotContinue(f"{moves[len(done)].function} could not be moved, so none was: {error}") from error


def _point(client: Any, function: str, version: str) -> None:
    client.update_alias(
        FunctionName=function,
        Name=ALIAS,
        FunctionVersion=version,
        RoutingConfig={"AdditionalVersionWeights": {}},  # whatever was shifted gradually is over
    )


def _published(client: Any, function: str) -> Published:
    found = versions.published(client, function)
    if not found:
        raise CannotContinue(f"Nothing was moved: no version of {function} was published.")
    live = client.get_alias(FunctionName=function, Name=ALIAS)["FunctionVersion"]
    newest = datetime.fromisoformat(found[-1]["LastModified"])
    return Published(function, tuple(version["Version"] for version in found), newest, live)
