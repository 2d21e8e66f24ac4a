"""The files that are made of the description."""

import json
from pathlib import Path

from description.document import document
from description.reading import as_markdown

ROOT = Path(__file__).parent.parent


def files() -> dict[Path, str]:
    """Return the text of each file: for people and their tools, for readers, and to be served, as small as can be."""
    description = document()
    return {
        ROOT / "docs/openapi.json": json.dumps(description, indent=2, ensure_ascii=False) + "\n",
        ROOT / "docs/api.md": as_markdown(description),
        ROOT / "functions/docs/openapi.json": json.dumps(description, separators=(",", ":"), ensure_ascii=False),
    }
