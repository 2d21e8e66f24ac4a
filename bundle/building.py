"""The bundle: built by `sam build`, then made smaller and quicker to import, the same for this machine and for AWS."""

import compileall
import fcntl
import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from py_compile import PycInvalidationMode

from bundle.children import finished
from bundle.errors import CannotContinue
from bundle.places import BUILD, BUILD_CACHE, BUILD_LOCK, BUILD_LOG, LIBRARIES, ROOT, SAM, SOURCES, TEMPLATE
from bundle.trimming import trim

MARK = BUILD / "fingerprint"
"""The file with the fingerprint of a finished build; `sam build` clears it away, and it is written last."""
LAYER_ROOT, FUNCTION_ROOT = "/opt", "/var/task"
"""The folders into which AWS unpacks a layer and a function; tracebacks name these."""
ARCHITECTURES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


def machine_architecture() -> str:
    """Return the architecture of this machine, as AWS calls it."""
    machine = platform.machine().lower()
    if machine not in ARCHITECTURES:
        raise CannotContinue(f"There is no bundle for a {machine} machine: x86_64 and arm64 are known.")
    return ARCHITECTURES[machine]


@contextmanager
def built(architecture: str) -> Iterator[str]:
    """Build where something changed; yield the build's fingerprint, and let no other build start meanwhile."""
    BUILD_LOCK.parent.mkdir(exist_ok=True)
    with BUILD_LOCK.open("w") as lock:
        _wait_for(lock.fileno())
        wanted = fingerprint((*SOURCES, Path(__file__).parent), architecture)
        if not MARK.exists() or MARK.read_text() != wanted:
            print("Building the bundle …", flush=True)
            _build(architecture)
            MARK.write_text(wanted)
        yield wanted


def _wait_for(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another build …", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def fingerprint(sources: tuple[Path, ...], *texts: str) -> str:
    """Return a digest of files, folders and texts."""
    digest = hashlib.sha256()
    for path in (path for source in sources for path in _files(source)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    for text in texts:
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()


def _files(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    return sorted(path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _build(architecture: str) -> None:
    command = [str(SAM), "build", "--template-file", str(TEMPLATE), "--config-env", "local"]
    command += ["--build-dir", str(BUILD), "--cache-dir", str(BUILD_CACHE), "--cached", "--parallel"]
    command += ["--parameter-overrides", f"Architecture={architecture}"]
    # sam takes the interpreter that is first on PATH, and builds for its version
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    finished(command, os.environ | {"PATH": path, "SAM_CLI_TELEMETRY": "0"}, BUILD_LOG, "The build")
    trim(LIBRARIES)
    for folder in (folder for folder in BUILD.iterdir() if folder.is_dir()):
        _precompile(folder, without_sources=folder in LIBRARIES.parents)


def _precompile(folder: Path, without_sources: bool) -> None:
    """Compile a layer or a function; `without_sources` leaves nothing but what is compiled, in its place."""
    is_layer = (folder / "python").is_dir()
    compiled = compileall.compile_dir(
        folder,
        quiet=2,
        stripdir=str(folder),
        prependdir=LAYER_ROOT if is_layer else FUNCTION_ROOT,
        # unpacking gives every file a new date, which must not make the compiled code stale
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        force=True,
        legacy=without_sources,
    )
    if not compiled:
        raise CannotContinue(f"{folder.name} holds Python that does not compile: see `python -m compileall {folder}`.")
    if without_sources:
        for source in folder.rglob("*.py"):
            source.unlink()
