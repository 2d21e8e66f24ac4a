"""The places of the bundle's sources, its build and the tool that builds it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
SOURCES = (TEMPLATE, ROOT / "functions", ROOT / "layers")
"""The files and folders that the bundle is made of."""
BUILD = ROOT / ".aws-sam" / "build"
LIBRARIES = BUILD / "Dependencies" / "python"
"""The layer of libraries, as AWS lays it over a function."""
BUILT_TEMPLATE = BUILD / "template.yaml"
BUILD_CACHE = ROOT / ".aws-sam" / "cache"
BUILD_LOG = ROOT / ".aws-sam" / "build.log"
BUILD_LOCK = ROOT / ".aws-sam" / "lock"
SAM = ROOT / ".local" / "tools" / "sam" / "bin" / "sam"
