"""Installs the packages of benchmarks that the project does not set up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.tables import ROOT


def require(*names: str) -> None:
    """Install packages that are missing, and say so; raises FileNotFoundError where root must do it. A system without
    Debian's packages is left alone: it may have the programs in another way."""
    if not shutil.which("dpkg-query"):
        return
    missing = [name for name in names if not version_of(name)]
    if not missing:
        return
    if os.getuid():
        raise FileNotFoundError(f"missing packages: sudo apt-get install --no-install-recommends {' '.join(missing)}")
    print(f"Installing with apt-get: {', '.join(missing)} …", file=sys.stderr, flush=True)
    command = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *missing]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def require_typical() -> Path:
    """Set up what the typical function imports, and return the folder of its environment."""
    subprocess.run(["sh", "local/setup.sh", "typical"], cwd=ROOT, check=True, stdout=sys.stderr)
    return ROOT / ".local" / "tools" / "typical"


def version_of(name: str) -> str:
    """Return the version of an installed package, nothing if it is not installed."""
    if not shutil.which("dpkg-query"):
        return ""
    command = ["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Version}", name]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    status, _, version = asked.stdout.partition(" ")
    return version if status == "installed" else ""
