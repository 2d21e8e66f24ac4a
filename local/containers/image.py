"""Makes a stand-in for Lambda's image from this machine's Python, where no registry of images can be reached.

`python -m local.containers.image` puts it in the place of the real one, with a label. It is no Amazon Linux: it shows
the bundle at work under Lambda's own runtime client and emulator, not that compiled packages fit the real one.
"""

import compileall
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from bundle import building
from bundle.errors import CannotContinue
from bundle.places import ROOT
from local.containers.docker import STAND_IN, fetched, image_names, require_engine

REQUIREMENTS = ROOT / "local" / "requirements-image.txt"
LANGUAGE, RUNTIME = "var/lang", "var/runtime"
"""Where Lambda's image has the interpreter and the runtime interface client."""
LEFT_OUT = shutil.ignore_patterns("test", "idlelib", "site-packages", "dist-packages", "__pycache__", "config-*")
PROGRAMS = ("sh", "mv", "chmod", "cp", "rm")
"""What `sam local` runs in the image to add its emulator and the layers."""
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
LIBRARY = re.compile(r"(/\S+) \(0x")
"""A file that ldd found."""
MISSING = "not found"
BOOTSTRAP = f"""#!/bin/sh
export PYTHONPATH="/opt/python:/{RUNTIME}${{PYTHONPATH:+:$PYTHONPATH}}"
cd /var/task
exec /{LANGUAGE}/bin/python3 -m awslambdaric "$_HANDLER"
"""


def main() -> None:
    """Makes the image under the names that `sam local` looks for, unless the real one can be fetched."""
    try:
        require_engine()
        if not fetched(building.machine_architecture()):
            _make()
    except CannotContinue as problem:
        sys.exit(f"error: {problem}")


def _make() -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for path in ("bin", "etc", "opt", "tmp", "var/task", f"{LANGUAGE}/bin", RUNTIME):
            (root / path).mkdir(parents=True)
        _copy_interpreter(root)
        _copy_programs(root)
        _install_runtime(root)
        _copy_libraries(root)
        _import(root)


def _copy_interpreter(root: Path) -> None:
    standard_library = Path(sysconfig.get_path("stdlib"))
    copy = root / LANGUAGE / "lib" / standard_library.name
    shutil.copytree(standard_library, copy, ignore=LEFT_OUT, ignore_dangling_symlinks=True)
    shutil.copy(os.path.realpath(sys.executable), root / LANGUAGE / "bin" / "python3")


def _copy_programs(root: Path) -> None:
    for name in PROGRAMS:
        shutil.copy(shutil.which(name) or name, root / "bin" / name)
    (root / "etc" / "passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
    if CERTIFICATES.exists():
        _copy_in_place(root, CERTIFICATES)


def _copy_libraries(root: Path) -> None:
    # the packages here are those of the layer, and more
    modules = (module for folder in (root, Path(sys.prefix)) for module in folder.rglob("*.so"))
    needed = _libraries([*(root / "bin").iterdir(), root / LANGUAGE / "bin" / "python3"])
    if MISSING in needed:
        raise CannotContinue(f"A library is missing that this machine's Python needs:\n{needed}")
    for name in LIBRARY.findall(needed + _libraries(modules)):
        if not Path(name).is_relative_to(sys.prefix):
            _copy_in_place(root, Path(name))


def _libraries(programs: Iterable[Path]) -> str:
    """What ldd says of the programs, some of which may be no programs of this machine's."""
    return subprocess.run(["ldd", *map(str, programs)], capture_output=True, text=True, check=False).stdout


def _copy_in_place(root: Path, file: Path) -> None:
    copy = root / file.relative_to("/")
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, copy)


def _install_runtime(root: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    _carry_out([*pip, "--target", str(root / RUNTIME), "--requirement", str(REQUIREMENTS)])
    bootstrap = root / RUNTIME / "bootstrap"
    bootstrap.write_text(BOOTSTRAP)
    bootstrap.chmod(0o755)
    for folder in (LANGUAGE, RUNTIME):  # a container forgets what it compiles
        compileall.compile_dir(root / folder, quiet=2, stripdir=str(root))


def _import(root: Path) -> None:
    first, *others = image_names(building.machine_architecture())
    changes = ("WORKDIR /var/task", f"ENV SSL_CERT_FILE={CERTIFICATES}", f"LABEL {STAND_IN}=yes")
    settings = [part for change in changes for part in ("--change", change)]
    with TemporaryDirectory() as folder:
        archive = f"{folder}/image.tar"
        _carry_out(["tar", "--directory", str(root), "--create", "--file", archive, "."])
        _carry_out(["docker", "import", *settings, archive, first])
    for name in others:
        _carry_out(["docker", "tag", first, name])


def _carry_out(command: list[str]) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        raise CannotContinue(f"No image was made, for this failed: {' '.join(command)}")


if __name__ == "__main__":
    main()
