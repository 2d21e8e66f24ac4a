"""The libraries of the bundle, without what no function uses: less to fetch and to unpack before a function starts."""

import gzip
import json
import shutil
import struct
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

OPERATIONS: Mapping[str, Collection[str]] = {
    "bedrock-runtime": {"Converse"},
    **dict.fromkeys(("dynamodb", "events", "s3", "sqs", "ssm"), ()),  # our client asks botocore for their hosts alone
    "sts": {"AssumeRole", "AssumeRoleWithWebIdentity"},  # by which botocore finds credentials
}
"""AWS services and their operations that the functions call; the descriptions of all others are 97 % of botocore."""
UNUSED = (
    "*-stubs",
    "*.data",
    "*.dist-info/[!l]*",  # all but the licenses
    "**/*.pyi",
    "aws_lambda_powertools/event_handler",
    "aws_lambda_powertools/utilities/[!_j]*",  # all but what its logger imports, see below
    "botocore/data/*/*/examples-1.json",
    "botocore/data/*/*/paginators-1*",
    "botocore/data/*/*/waiters-2*",
    "cffi",  # cryptography imports its backend alone
    "cryptography/x509",
    "dateutil/zoneinfo",
    "jsonpatch_cli.py",
    "pycparser",
    "pydantic/mypy.py",
    "pydantic/v1",
)
"""Parts of libraries, as globs, that no function imports."""
REPLACED = {
    "aws_lambda_powertools/utilities/jmespath_utils/__init__.py": "",
    "pydantic/plugin/_loader.py": "def get_plugins():\n    return ()\n",
}
"""Modules that do more than functions need. For paths to correlation ids, which we do not use, Powertools' logger loads
a query language, a fourteenth of the smallest function's start; to find out that there is no plugin, pydantic loads
what reads packages' metadata, a twenty-fifth of the others'."""


def trim(libraries: Path) -> None:
    """Remove from the folder of the libraries what no function uses."""
    for unused in UNUSED:
        _remove(libraries.glob(unused))
    for module, program in REPLACED.items():
        (libraries / module).write_text(program)
    _remove(service for service in libraries.glob("botocore/data/*/") if service.name not in OPERATIONS)
    for service, operations in OPERATIONS.items():
        for file in libraries.glob(f"botocore/data/{service}/*/service-2.json.gz"):
            _trim_service(file, operations)
    _trim_endpoints(libraries / "botocore" / "data" / "endpoints.json")
    for library in libraries.rglob("*.so"):
        library.write_bytes(_as_loaded(library.read_bytes()))


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _trim_service(file: Path, operations: Collection[str]) -> None:
    """Leave some operations in the description of a service, with the shapes that they are made of."""
    document = json.loads(gzip.decompress(file.read_bytes()))
    document["operations"] = {name: document["operations"][name] for name in sorted(operations)}
    needed: dict[str, object] = {}
    waiting = _shapes(document["operations"])
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = document["shapes"][name]
            waiting |= _shapes(needed[name])
    document["shapes"] = needed
    file.write_bytes(gzip.compress(json.dumps(document, separators=(",", ":")).encode(), mtime=0))


def _shapes(part: object) -> set[str]:
    """Return the names of the shapes that a part of a description refers to."""
    if isinstance(part, list):
        return set().union(*map(_shapes, part))
    if not isinstance(part, dict):
        return set()
    named = {part["shape"]} if isinstance(part.get("shape"), str) else set()
    return named.union(*map(_shapes, part.values()))


def _trim_endpoints(file: Path) -> None:
    """Leave the services that are used in the file of all endpoints, which botocore reads for each client."""
    document = json.loads(file.read_text())
    for partition in document["partitions"]:
        partition["services"] = {name: kept for name, kept in partition["services"].items() if name in OPERATIONS}
    file.write_text(json.dumps(document, separators=(",", ":")))


def _as_loaded(library: bytes) -> bytes:
    """Return a native library (ELF, 64 bits) up to the end of what is loaded of it: behind that stand the names of its
    symbols, which only debuggers read. Its header then tells of no sections."""
    start = struct.unpack_from("<Q", library, 32)[0]
    size, count = struct.unpack_from("<HH", library, 54)
    segments = (struct.unpack_from("<IIQQQQ", library, start + size * number) for number in range(count))
    end = max(offset + length for _, _, offset, _, _, length in segments)
    without_sections = library[:40] + bytes(8) + library[48:58] + bytes(6) + library[64:]
    return without_sections[:end]
