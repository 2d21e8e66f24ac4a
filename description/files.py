"""The files that are made of the description."""

import json
from pathlib import Path

from description.document import document
from description.reading import as_markdown

ROOT = Path(__file__).parent.parent


def files() -> dict[Path, str]:
    """What each file holds: one for people and their tools, one for readers, and one that is served, as small as can
    be, from the folder that becomes the bundle of the function that serves it."""
    description = document()
    return {
        ROOT / "docs" / "openapi.json": json.dumps(description, indent=2, ensure_ascii=False) + "\n",
        ROOT / "docs" / "api.md": as_markdown(description),
        ROOT / "functions" / "docs" / "openapi.json": json.dumps(
            description, separators=(",", ":"), ensure_ascii=False
        ),
    }


def write() -> None:
    """Writes every file anew."""
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
