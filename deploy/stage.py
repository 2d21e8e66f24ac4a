"""A stage of samconfig.toml: the stack that it deploys, and its parameters, looked at before anything is built."""

import json
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bundle.errors import CannotContinue
from ticketing.directory.key_sets import parse_jwks
from ticketing.errors import Unavailable

PLACEHOLDER = re.compile(r"(\.|//)example(\.(com|net|org))?(?![\w.-])")
"""A host under a name that is nobody's (RFC 2606)."""
ESCAPED = re.compile(r"""[ "']""")
"""Characters before which SAM drops a backslash when it reads a parameter, quoted or not."""


@dataclass(frozen=True)
class Stage:
    """A stage by its name in samconfig.toml."""

    name: str
    stack: str
    parameters: Mapping[str, str]
    environment: Mapping[str, str]
    """The variables by which SAM and boto3 find the region and the account that samconfig.toml names, if it does."""

    @staticmethod
    def read(config: Path, name: str) -> "Stage":
        """Return a stage of the file; raises CannotContinue."""
        settings = _settings(config, name)
        if "stack_name" not in settings:
            raise CannotContinue(f"[{name}.deploy.parameters] in {config.name} has no stack_name.")
        overrides = settings.get("parameter_overrides", {})
        if not isinstance(overrides, dict) or not all(type(value) in (str, int) for value in overrides.values()):
            table = f"[{name}.deploy.parameters.parameter_overrides]"
            raise CannotContinue(f"{table} in {config.name} must be a table of texts and whole numbers.")
        ways = {"AWS_DEFAULT_REGION": settings.get("region"), "AWS_PROFILE": settings.get("profile")}
        return Stage(
            name,
            settings["stack_name"],
            {parameter: str(value) for parameter, value in overrides.items()},
            {variable: value for variable, value in ways.items() if value},
        )

    def require_sound(self, declared: Collection[str]) -> None:
        """Raise CannotContinue for parameters that are not `declared` in the template, which SAM would leave out in
        silence, and while one is not filled in or holds a key set without a key to check tokens with."""
        unknown = sorted(self.parameters.keys() - set(declared))
        if unknown:
            raise CannotContinue(f"{self.name} sets what the template has not: {', '.join(unknown)}.")
        self.require_filled_in()
        jwks, algorithm = self.parameters.get("TokenJwks", ""), self.parameters.get("TokenAlgorithm", "RS256")
        if jwks.lstrip().startswith("{") and not _has_key(jwks, algorithm):
            raise CannotContinue(f"TokenJwks of {self.name} holds no key that {algorithm} could be checked with.")

    def require_filled_in(self) -> None:
        """Raise CannotContinue while a parameter names a host that is only there to be replaced."""
        for parameter, value in self.parameters.items():
            if PLACEHOLDER.search(value):
                raise CannotContinue(f"{parameter} of {self.name} is still {value}: put your own into samconfig.toml.")


def declared_parameters(template: Path) -> frozenset[str]:
    """Return the names of the parameters that a template declares; its own tags are passed over."""
    (document,) = yaml.compose_all(template.read_text())
    sections = {key.value: section for key, section in document.value}
    return frozenset(key.value for key, _ in sections["Parameters"].value)


def _has_key(jwks: str, algorithm: str) -> bool:
    try:
        return bool(parse_jwks(jwks, algorithm))
    except Unavailable:
        return False


def _settings(config: Path, name: str) -> dict[str, Any]:
    try:
        stages = tomllib.loads(config.read_text())
    except tomllib.TOMLDecodeError as error:
        raise CannotContinue(f"{config.name} is no TOML: {error}") from error
    found: dict[str, Any] = stages.get(name, {}).get("deploy", {}).get("parameters", {})
    if not found:
        known = ", ".join(
            each for each, commands in stages.items() if isinstance(commands, dict) and "deploy" in commands
        )
        raise CannotContinue(f"{config.name} has no [{name}.deploy.parameters]; the stages that it has: {known}.")
    return found


def written(parameters: Mapping[str, str], file: Path) -> str:
    """Write the parameters into a YAML file; return the value of --parameter-overrides by which SAM reads them to the
    letter. On its command line SAM would take a value's first word, and refuse an empty one; what comes from a file it
    unquotes twice."""
    quoted = {name: _quoted(_quoted(value)) for name, value in parameters.items()}
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(quoted, ensure_ascii=False, indent=2), encoding="utf-8")
    return f"file://{file}"


def _quoted(value: str) -> str:
    return '"' + ESCAPED.sub(r"\\\g<0>", value) + '"'
