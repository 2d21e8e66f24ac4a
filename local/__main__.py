"""The commands of a local run."""

import argparse
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from bundle import building
from bundle.errors import CannotContinue
from local import aws
from local.chat import begun_chat
from local.deployment import Deployment
from local.identity import ALGORITHM, AUDIENCE, ISSUER, phone_token, rep_token, secret, with_tokens
from local.places import State
from local.ports import Ports
from local.run import held, run
from local.server import url

type Command = Callable[[str, str, object], argparse.ArgumentParser]
"""Adds a command by its name, what it does, and the function that does it."""


def main() -> int:
    """Carry out one command; what the reader can put right is one line on standard error."""
    arguments = _arguments()
    aws.forget_accounts()
    try:
        arguments.command(State.chosen(), arguments)
    except CannotContinue as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def command(name: str, does: str, function: object) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=does)
        added.set_defaults(command=function)
        return added

    _add_starts(command)
    _add_credentials(command)
    building = command("build", "build the bundle where something changed", _build)
    building.add_argument("--architecture", choices=["arm64", "x86_64"], help="the machine's without it")
    command("reset", "drop everything that was kept", _reset)
    command("env", "print how to reach it, as JSON", _env)
    command("rebuild", "make search and totals again from tickets and messages", _rebuild)
    loading = command("load", "add many tickets, while it runs or not", _load)
    loading.add_argument("--tickets", type=int, required=True, metavar="COUNT")
    _add_recording(command)
    return parser.parse_args()


def _add_starts(command: Command) -> None:
    for name, does, ports in (
        ("run", "start everything in the foreground, on PORT (3000)", Ports.shared),
        ("sam-local", "the same, with each function in a container of Docker's", Ports.apart),
    ):
        starting = command(name, does, lambda state, given: run(state, given.ports(), given.until_parent_ends))
        starting.set_defaults(ports=ports)
        starting.add_argument("--until-parent-ends", action="store_true", help="stop too when the parent process ends")


def _add_credentials(command: Command) -> None:
    """Add the commands that print what lets somebody in."""
    token = command("token", "print a token", _token)
    token.add_argument("--customer", type=int, required=True)
    whose = token.add_mutually_exclusive_group(required=True)
    whose.add_argument("--rep", type=int, help="a representative's, with the role that the demo directory gives")
    whose.add_argument("--channel", type=int, help="a phone context's")
    token.add_argument("--expires", type=int, default=3600, metavar="SECONDS")
    chat = command("chat", "begin a chat in the demo shop's channel, and print its reply with the visitorKey", _chat)
    chat.add_argument("message", nargs="?", default="Hello, can you help me?", help="what the visitor says first")
    event = command("event", "print a request of events/ with tokens in the place of names", _event)
    event.add_argument("file", type=Path, metavar="FILE")


def _add_recording(command: Command) -> None:
    recording = command("recording", "put a recording of a call", _recording)
    recording.add_argument("--customer", type=int, required=True)
    recording.add_argument("--call", required=True, metavar="CA…")
    recording.add_argument("file", type=Path, metavar="FILE")


def _build(_: State, given: argparse.Namespace) -> None:
    architecture = given.architecture or building.machine_architecture()
    with building.built(architecture):
        print(f"Built for {architecture}: .aws-sam/build")


def _reset(state: State, _: argparse.Namespace) -> None:
    with held(state):
        shutil.rmtree(state.folder)


def _env(state: State, _: argparse.Namespace) -> None:
    ports, deployment = Ports.of(state), Deployment.recorded(state)
    environment = {
        "baseUrl": url(ports.api),
        "console": url(ports.console),
        "shop": url(ports.shop),
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "algorithm": ALGORITHM,
        "secret": secret(state),
        "awsEndpoint": aws.endpoint(ports.emulator),
        "recordingsBucket": deployment.recordings_bucket if deployment else None,
        "tables": deployment.tables if deployment else {},
    }
    print(json.dumps(environment, indent=2))


def _token(state: State, given: argparse.Namespace) -> None:
    if given.rep is not None:
        print(rep_token(state, given.customer, given.rep, given.expires))
    else:
        print(phone_token(state, given.customer, given.channel, given.expires))


def _chat(state: State, given: argparse.Namespace) -> None:
    print(begun_chat(Ports.of(state).api, given.message))


def _event(state: State, given: argparse.Namespace) -> None:
    if not given.file.is_file():
        raise CannotContinue(f"There is no file {given.file}.")
    print(with_tokens(state, given.file.read_text()), end="")


def _recording(state: State, given: argparse.Namespace) -> None:
    from local.recordings import put_recording  # imports the bundle

    bucket, port = Deployment.required(state).recordings_bucket, Ports.of(state).emulator
    put_recording(bucket, port, given.customer, given.call, given.file)


def _load(state: State, given: argparse.Namespace) -> None:
    from local.load import load  # imports the bundle

    load(state, given.tickets)


def _rebuild(state: State, _: argparse.Namespace) -> None:
    deployment = Deployment.required(state)
    os.environ["AWS_ENDPOINT_URL"] = aws.endpoint(Ports.of(state).emulator)
    from deploy.rebuild import rebuild

    rebuild(deployment.outputs)


if __name__ == "__main__":
    sys.exit(main())
