"""Makes a stand-in for Lambda's image from this machine's Python, where no registry of images can be reached.

`python -m local.containers.image` puts it in the place of the real one. It is no Amazon Linux: it shows the bundle at
work under Lambda's own runtime client and emulator, not that compiled packages fit the real one.
"""

import argparse
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

from local import bundle
from local.containers.docker import fetched, image_names
from local.places import ROOT

REQUIREMENTS = ROOT / "local" / "requirements-image.txt"
LANGUAGE, RUNTIME = "var/lang", "var/runtime"
"""Where Lambda's image has the interpreter and the runtime interface client."""
LEFT_OUT = shutil.ignore_patterns("test", "idlelib", "site-packages", "dist-packages", "__pycache__", "config-*")
PROGRAMS = ("sh", "mv", "chmod", "cp", "rm")
"""What `sam local` runs in the image to add its emulator and the layers."""
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
LIBRARY = re.compile(r"(/\S+) \(0x")
"""A file that ldd found."""
BOOTSTRAP = f"""#!/bin/sh
export PYTHONPATH="/opt/python:/{RUNTIME}${{PYTHONPATH:+:$PYTHONPATH}}"
cd /var/task
exec /{LANGUAGE}/bin/python3 -m awslambdaric "$_HANDLER"
"""


def main() -> None:
    """Makes the image under the names that `sam local` looks for."""
    parser = argparse.ArgumentParser(prog="python -m local.containers.image", description=__doc__)
    parser.add_argument("--unless-fetched", action="store_true", help="only where the real one cannot be had")
    if not (parser.parse_args().unless_fetched and fetched(bundle.machine_architecture())):
        _make()


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
    for library in _libraries([*(root / "bin").iterdir(), root / LANGUAGE / "bin" / "python3", *modules]):
        if not library.is_relative_to(sys.prefix):
            _copy_in_place(root, library)


def _libraries(programs: Iterable[Path]) -> set[Path]:
    found = subprocess.run(["ldd", *map(str, programs)], capture_output=True, text=True, check=False)
    return {Path(name) for name in LIBRARY.findall(found.stdout)}


def _copy_in_place(root: Path, file: Path) -> None:
    copy = root / file.relative_to("/")
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, copy)


def _install_runtime(root: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", str(root / RUNTIME), "--requirement", str(REQUIREMENTS)], check=True)
    bootstrap = root / RUNTIME / "bootstrap"
    bootstrap.write_text(BOOTSTRAP)
    bootstrap.chmod(0o755)
    for folder in (LANGUAGE, RUNTIME):  # a container forgets what it compiles
        compileall.compile_dir(root / folder, quiet=2, stripdir=str(root))


def _import(root: Path) -> None:
    first, *others = image_names(bundle.machine_architecture())
    settings = ["--change", "WORKDIR /var/task", "--change", f"ENV SSL_CERT_FILE={CERTIFICATES}"]
    archive = subprocess.Popen(["tar", "--directory", str(root), "--create", "."], stdout=subprocess.PIPE)
    subprocess.run(["docker", "import", *settings, "-", first], stdin=archive.stdout, check=True)
    for name in others:
        subprocess.run(["docker", "tag", first, name], check=True)


if __name__ == "__main__":
    main()
