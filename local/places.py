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

    lock: Path
    """Held by the run that uses the folder; says which process that is."""
    secret: Path
    """The secret that tokens are signed with."""
    ports: Path
    """Ports at which the last run listened."""
    deployment: Path
    """A record of the deployment; absent until a first setup is complete."""
    emulated: Path
    """Data that the emulator keeps."""
    tables: Path
    """The engine's file with the tables; absent where the emulator keeps them itself."""
    engine: Path
    """Says where the engine answers."""
    scratch: Path
    """Files that the emulator, or a load, needs only while it runs."""
    containers_template: Path
    """The built template as `sam local` needs it; samconfig.toml names that of `.local/state`."""
    containers_variables: Path
    """Variables of every function in a container, beside those of its template; in samconfig.toml likewise."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.emulated, self.scratch = folder, folder / "emulated", folder / "scratch"
        self.lock, self.secret, self.ports = folder / "lock", folder / "secret", folder / "ports.json"
        self.deployment = folder / "deployment.json"
        self.tables, self.engine = self.emulated / "tables.db", self.emulated / "engine.url"
        self.containers_template, self.containers_variables = folder / "sam-local.yaml", folder / "sam-local.json"

    @staticmethod
    def chosen() -> "State":
        """Return the folder named by LOCAL_STATE, `.local/state` without it."""
        return State(Path(os.environ.get("LOCAL_STATE") or ROOT / ".local" / "state").absolute())

    def log(self, name: str) -> Path:
        """Return the file with what a program said when it ran last: emulator, containers, deploy, load, engine."""
        return self.folder / f"{name}.log"
