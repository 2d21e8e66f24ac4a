"""The commands of a local run: `python -m local run`, `build`, `sam-local`, `reset`, `env`, `token`, …"""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

from bundle import building
from bundle.errors import CannotContinue
from local import aws
from local.deployment import Deployment
from local.identity import ALGORITHM, AUDIENCE, ISSUER, phone_token, rep_token, secret, with_tokens
from local.places import State
from local.ports import Ports
from local.recordings import put_recording
from local.run import held, run
from local.server import HOST


def main() -> int:
    """Carries out one command; what the reader can put right is one line on standard error."""
    arguments = _arguments()
    aws.forget_accounts()
    try:
        arguments.command(arguments)
    except CannotContinue as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    commands = parser.add_subparsers(required=True)
    running = commands.add_parser("run", help="start everything in the foreground, on PORT (3000)")
    running.set_defaults(command=_run)
    in_containers = commands.add_parser("sam-local", help="the same, with each function in a container of Docker's")
    in_containers.set_defaults(command=_sam_local)
    for starting in (running, in_containers):
        starting.add_argument("--until-parent-ends", action="store_true", help="stop too when the parent process ends")
    building = commands.add_parser("build", help="build the bundle where something changed")
    building.add_argument("--architecture", choices=["arm64", "x86_64"], help="the machine's without it")
    building.set_defaults(command=_build)
    commands.add_parser("reset", help="drop everything that was kept").set_defaults(command=_reset)
    commands.add_parser("env", help="print how to reach it, as JSON").set_defaults(command=_env)
    rebuilding = commands.add_parser("rebuild", help="make search and totals again from tickets and messages")
    rebuilding.set_defaults(command=_rebuild)
    token = commands.add_parser("token", help="print a token")
    token.add_argument("--customer", type=int, required=True)
    whose = token.add_mutually_exclusive_group(required=True)
    whose.add_argument("--rep", type=int, help="a representative's, with the role that the demo directory gives")
    whose.add_argument("--channel", type=int, help="a phone context's")
    token.add_argument("--expires", type=int, default=3600, metavar="SECONDS")
    token.set_defaults(command=_token)
    event = commands.add_parser("event", help="print a request of events/ with tokens in the place of names")
    event.add_argument("file", type=Path, metavar="FILE")
    event.set_defaults(command=_event)
    recording = commands.add_parser("recording", help="put a recording of a call")
    recording.add_argument("--customer", type=int, required=True)
    recording.add_argument("--call", required=True, metavar="CA…")
    recording.add_argument("file", type=Path, metavar="FILE")
    recording.set_defaults(command=_recording)
    return parser.parse_args()


def _run(arguments: argparse.Namespace) -> None:
    run(State.chosen(), Ports.shared(), arguments.until_parent_ends)


def _sam_local(arguments: argparse.Namespace) -> None:
    run(State.chosen(), Ports.apart(), arguments.until_parent_ends)


def _build(arguments: argparse.Namespace) -> None:
    architecture = arguments.architecture or building.machine_architecture()
    with building.built(architecture):
        print(f"Built for {architecture}: .aws-sam/build")


def _reset(_: argparse.Namespace) -> None:
    state = State.chosen()
    with held(state):
        shutil.rmtree(state.folder)


def _env(_: argparse.Namespace) -> None:
    state = State.chosen()
    ports = Ports.of(state)
    deployment = Deployment.recorded(state)
    print(
        json.dumps(
            {
                "baseUrl": f"http://{HOST}:{ports.api}",
                "issuer": ISSUER,
                "audience": AUDIENCE,
                "algorithm": ALGORITHM,
                "secret": secret(state),
                "awsEndpoint": aws.endpoint(ports.emulator),
                "recordingsBucket": deployment.recordings_bucket if deployment else None,
                "tables": deployment.tables if deployment else {},
            },
            indent=2,
        )
    )


def _token(arguments: argparse.Namespace) -> None:
    state, customer = State.chosen(), arguments.customer
    if arguments.rep is not None:
        print(rep_token(state, customer, arguments.rep, arguments.expires))
    else:
        print(phone_token(state, customer, arguments.channel, arguments.expires))


def _event(arguments: argparse.Namespace) -> None:
    if not arguments.file.is_file():
        raise CannotContinue(f"There is no file {arguments.file}.")
    print(with_tokens(State.chosen(), arguments.file.read_text()), end="")


def _recording(arguments: argparse.Namespace) -> None:
    state = State.chosen()
    deployment = Deployment.recorded(state)
    if deployment is None:
        raise CannotContinue("Nothing is set up yet: run `make run` first.")
    bucket, port = deployment.recordings_bucket, Ports.of(state).emulator
    put_recording(bucket, port, arguments.customer, arguments.call, arguments.file)


def _rebuild(_: argparse.Namespace) -> None:
    state = State.chosen()
    deployment = Deployment.recorded(state)
    if deployment is None:
        raise CannotContinue("Nothing is set up yet: run `make run` first.")
    os.environ["AWS_ENDPOINT_URL"] = aws.endpoint(Ports.of(state).emulator)
    from deploy.rebuild import rebuild

    rebuild(deployment.outputs)


if __name__ == "__main__":
    sys.exit(main())
