"""The bundle in the emulator: deployed when it or its settings changed, and what came of it."""

import json
import os
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from botocore.exceptions import ClientError

from bundle import building
from bundle.children import finished
from bundle.places import BUILT_TEMPLATE, SAM
from local import aws, gateway, telephony
from local.emulation import transforms
from local.identity import ALGORITHM, AUDIENCE, ISSUER, secret
from local.places import State

STACK = "tickets-local"
ARTIFACTS = "tickets-local-artifacts"
SECRET_PARAMETER = "/tickets/local/token-secret"
HOOK_SECRET = ("/tickets/hooks/1/PostTopicDetection/1", "local-hook-secret")
"""The parameter that holds the secret of the demo world's ApiCall, and that secret."""
TABLE = "Table"
RECORDINGS = "RecordingsBucket"


@dataclass(frozen=True)
class Deployment:
    """What was deployed, and the stack's outputs."""

    fingerprint: str
    outputs: dict[str, str]

    @staticmethod
    def recorded(state: State) -> "Deployment | None":
        """What the state folder holds, once its first setup is complete."""
        return Deployment(**json.loads(state.deployment.read_text())) if state.deployment.exists() else None

    def record(self, state: State) -> None:
        """Notes that the deployment is complete and kept; in one step, for a crash may come at any time."""
        draft = state.deployment.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self), indent=2))
        draft.replace(state.deployment)

    @cached_property
    def tables(self) -> dict[str, str]:
        """The tables' names by role, such as `tickets`."""
        names = {
            name.removesuffix(TABLE).lower(): value for name, value in self.outputs.items() if name.endswith(TABLE)
        }
        return dict(sorted(names.items()))

    @property
    def recordings_bucket(self) -> str:
        """The bucket of call recordings."""
        return self.outputs[RECORDINGS]


def parameters(architecture: str) -> dict[str, str]:
    """The template's parameters for a local run."""
    return {
        "Stage": "local",
        "Architecture": architecture,
        "SnapStart": "off",
        "TokenIssuer": ISSUER,
        "TokenAudience": AUDIENCE,
        "TokenAlgorithm": ALGORITHM,
        "TokenSecretParameter": SECRET_PARAMETER,
        "TwilioApiUrl": telephony.api_url(),
        "TwilioCredentialsParameter": telephony.CREDENTIALS_PARAMETER,
        "TlsOnly": "no",  # the emulator speaks plain http
        "HooksMayCallLoopback": "on",
    }


def fingerprint(build: str, architecture: str, state: State) -> str:
    """What tells one deployment from another."""
    return building.fingerprint(
        (Path(__file__), Path(gateway.__file__), Path(transforms.__file__)),
        build,
        secret(state),
        json.dumps(parameters(architecture)),
    )


def deploy(state: State, port: int, architecture: str, mark: str) -> Deployment:
    """Deploys what is built; data that is there stays."""
    print("Deploying it into the emulator …", flush=True)
    for name, value in ((SECRET_PARAMETER, secret(state)), HOOK_SECRET):
        aws.client("ssm", port).put_parameter(Name=name, Type="SecureString", Value=value, Overwrite=True)
    _make_bucket(port)
    command = [str(SAM), "deploy", "--template-file", str(BUILT_TEMPLATE), "--config-env", "local"]
    command += ["--stack-name", STACK, "--s3-bucket", ARTIFACTS, "--capabilities", "CAPABILITY_IAM"]
    command += ["--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar", "--parameter-overrides"]
    command += [f"{name}={value}" for name, value in (parameters(architecture) | {"Revision": mark}).items()]
    settings = {"AWS_ENDPOINT_URL": aws.endpoint(port), "SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.3"}
    finished(command, os.environ | settings, state.deploy_log, "The deployment")
    gateway.open_routes(STACK, port)
    return Deployment(mark, _outputs(port))


def _make_bucket(port: int) -> None:
    s3 = aws.client("s3", port)
    try:
        s3.head_bucket(Bucket=ARTIFACTS)
    except ClientError:
        s3.create_bucket(Bucket=ARTIFACTS)


def _outputs(port: int) -> dict[str, str]:
    stack = aws.client("cloudformation", port).describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
