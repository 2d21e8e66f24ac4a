"""The places of what a local run reads and keeps."""

import os
from pathlib import Path

from bundle.places import ROOT

EMULATOR_PYTHON = ROOT / ".local" / "tools" / "emulator" / "bin" / "python"

ENGINE = Path(
    os.environ.get("DYNOXIDE")
    or ROOT / ".local" / "tools" / "engine" / "node_modules" / "@dynoxide" / "linux-x64" / "dynoxide"
)
"""The program that keeps the tables; npm has none for some machines."""


class State:
    """A folder with everything that a local run keeps; one run uses it at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = folder / "lock"
        """Held by the run that uses the folder; says which process that is."""
        self.secret = folder / "secret"
        """The secret that tokens are signed with."""
        self.ports = folder / "ports.json"
        """Ports at which the last run listened."""
        self.deployment = folder / "deployment.json"
        """A record of the deployment; absent until a first setup is complete."""
        self.emulated = folder / "emulated"
        """Data that the emulator keeps."""
        self.tables = self.emulated / "tables.db"
        """The engine's file with the tables; absent where the emulator keeps them itself."""
        self.engine = self.emulated / "engine.url"
        """Says where the engine answers."""
        self.scratch = folder / "scratch"
        """Files that the emulator needs only while it runs."""
        self.containers_template = folder / "sam-local.yaml"
        """The built template as `sam local` needs it; samconfig.toml names that of `.local/state`."""
        self.containers_variables = folder / "sam-local.json"
        """Variables of every function in a container, beside those of its template; in samconfig.toml likewise."""

    @staticmethod
    def chosen() -> "State":
        """Return the folder named by LOCAL_STATE, `.local/state` without it."""
        return State(Path(os.environ.get("LOCAL_STATE") or ROOT / ".local" / "state").absolute())

    def log(self, name: str) -> Path:
        """Return the file with what a program said when it ran last: emulator, containers, deploy, load, engine."""
        return self.folder / f"{name}.log"
