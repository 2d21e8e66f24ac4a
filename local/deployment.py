"""The bundle in the emulator: deployed when it or its settings changed."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bundle import building
from bundle.children import finished
from bundle.errors import CannotContinue
from bundle.places import BUILD, BUILT_TEMPLATE, SAM
from local import aws, gateway, telephony
from local.identity import ALGORITHM, AUDIENCE, ISSUER, secret
from local.places import State

STACK = "tickets-local"
ARTIFACTS = "tickets-local-artifacts"
SECRET_PARAMETER = "/tickets/local/token-secret"
HOOK_SECRET = ("/tickets/hooks/1/PostTopicDetection/1", "local-hook-secret")
"""The parameter that holds the secret of the demo data's ApiCall, and that secret."""
TABLE = "Table"
CODE = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}
"""The property of each kind of resource that names the folder it was built in."""


@dataclass(frozen=True)
class Deployment:
    """A deployment that is complete, and the stack's outputs."""

    fingerprint: str
    outputs: dict[str, str]

    @staticmethod
    def recorded(state: State) -> "Deployment | None":
        """Return the deployment that the state folder holds, once its first setup is complete."""
        return Deployment(**json.loads(state.deployment.read_text())) if state.deployment.exists() else None

    @staticmethod
    def required(state: State) -> "Deployment":
        """Return the deployment that the state folder holds. Raises CannotContinue."""
        if deployment := Deployment.recorded(state):
            return deployment
        raise CannotContinue("Nothing is set up yet: run `make run` first.")

    def record(self, state: State) -> None:
        """Note that the deployment is complete and kept; in one step, for a crash may come at any time."""
        draft = state.deployment.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self), indent=2))
        draft.replace(state.deployment)

    @property
    def tables(self) -> dict[str, str]:
        """Return the tables' names by role, such as `tickets`."""
        return {
            name.removesuffix(TABLE).lower(): value
            for name, value in sorted(self.outputs.items())
            if name.endswith(TABLE)
        }

    @property
    def recordings_bucket(self) -> str:
        """Return the bucket of call recordings."""
        return self.outputs["RecordingsBucket"]


def parameters(architecture: str) -> dict[str, str]:
    """Return the template's parameters for a local run."""
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


def template(values: Mapping[str, str]) -> Any:
    """Return the built template with these values as its parameters' defaults.

    `sam local` takes no values from a file, and the emulator's SAM transform sees no others (then this can go there).
    """
    import yaml  # only a deployment needs it

    built = yaml.safe_load(BUILT_TEMPLATE.read_text())
    for name, value in values.items():
        built["Parameters"][name]["Default"] = value
    for resource in built["Resources"].values():
        if code := CODE.get(resource["Type"]):
            resource["Properties"][code] = str(BUILD / resource["Properties"][code])
    text = json.dumps(built)
    for name, declared in built["Parameters"].items():
        if isinstance(declared.get("Default"), int):  # a parameter is text in the emulator, whose poller fails on it
            text = text.replace(json.dumps({"Ref": name}), str(declared["Default"]))
    return json.loads(text)


def fingerprint(build: str, architecture: str, state: State) -> str:
    """Return what tells one deployment from another."""
    sources = (Path(__file__), Path(gateway.__file__))
    return building.fingerprint(sources, build, secret(state), json.dumps(parameters(architecture)))


def deploy(state: State, port: int, architecture: str, mark: str) -> Deployment:
    """Deploy the bundle as it is built; data that is there stays."""
    print("Deploying it into the emulator …", flush=True)
    for name, value in ((SECRET_PARAMETER, secret(state)), HOOK_SECRET):
        aws.client("ssm", port).put_parameter(Name=name, Type="SecureString", Value=value, Overwrite=True)
    aws.client("s3", port).create_bucket(Bucket=ARTIFACTS)
    values = parameters(architecture) | {"Revision": mark}
    file = state.folder / "template.json"
    file.write_text(json.dumps(template(values)))
    command = [str(SAM), "deploy", "--template-file", str(file), "--config-env", "local"]
    command += ["--stack-name", STACK, "--s3-bucket", ARTIFACTS, "--capabilities", "CAPABILITY_IAM"]
    command += ["--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar", "--parameter-overrides"]
    command += [f"{name}={value}" for name, value in values.items()]
    settings = {"AWS_ENDPOINT_URL": aws.endpoint(port), "SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.3"}
    finished(command, os.environ | settings, state.log("deploy"), "The deployment")
    gateway.open_routes(STACK, port)
    (stack,) = aws.client("cloudformation", port).describe_stacks(StackName=STACK)["Stacks"]
    return Deployment(mark, {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]})
