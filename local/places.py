"""Where things lie: what a local run reads and keeps."""

import os
from dataclasses import dataclass
from pathlib import Path

from bundle.places import ROOT

EMULATOR_PYTHON = ROOT / ".local" / "tools" / "emulator" / "bin" / "python"

ENGINE = Path(
    os.environ.get("DYNOXIDE")
    or ROOT / ".local" / "tools" / "engine" / "node_modules" / "@dynoxide" / "linux-x64" / "dynoxide"
)
"""The program that keeps the tables; npm has none for some machines."""


@dataclass(frozen=True)
class State:
    """A folder with everything that a local run keeps; one run uses it at a time."""

    folder: Path

    @staticmethod
    def chosen() -> "State":
        """The folder named by LOCAL_STATE, `.local/state` without it."""
        return State(Path(os.environ.get("LOCAL_STATE") or ROOT / ".local" / "state").absolute())

    @property
    def lock(self) -> Path:
        """Held by the run that uses the folder; says which process that is."""
        return self.folder / "lock"

    @property
    def secret(self) -> Path:
        """The secret that tokens are signed with."""
        return self.folder / "secret"

    @property
    def ports(self) -> Path:
        """Ports at which the last run listened."""
        return self.folder / "ports.json"

    @property
    def deployment(self) -> Path:
        """A record of the deployment; absent until a first setup is complete."""
        return self.folder / "deployment.json"

    @property
    def emulated(self) -> Path:
        """Data that the emulator keeps."""
        return self.folder / "emulated"

    @property
    def tables(self) -> Path:
        """The engine's file with the tables; absent where the emulator keeps them itself."""
        return self.emulated / "tables.db"

    @property
    def engine(self) -> Path:
        """Says where the engine answers."""
        return self.emulated / "engine.url"

    @property
    def scratch(self) -> Path:
        """Files that the emulator needs only while it runs."""
        return self.folder / "scratch"

    @property
    def emulator_log(self) -> Path:
        """Output of the emulator in the last run."""
        return self.folder / "emulator.log"

    @property
    def containers_template(self) -> Path:
        """The built template as `sam local` needs it; samconfig.toml names that of `.local/state`."""
        return self.folder / "sam-local.yaml"

    @property
    def containers_variables(self) -> Path:
        """Variables of every function in a container, beside those of its template; in samconfig.toml likewise."""
        return self.folder / "sam-local.json"

    @property
    def containers_log(self) -> Path:
        """Output of `sam local` and of the functions in its containers in the last run."""
        return self.folder / "containers.log"

    @property
    def deploy_log(self) -> Path:
        """Output of the last deployment."""
        return self.folder / "deploy.log"
