"""A leash that waits for less than its 20 seconds."""

from pathlib import Path

import pytest

from bundle.places import ROOT

TO_END = 3
"""Seconds that are enough for a program to end by itself, on a machine that is ten times slower."""


def shorten_grace(seconds: float, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the leash be a copy, in a folder, that waits for so many seconds."""
    leash, text = folder / "leash.py", (ROOT / "bundle" / "leash.py").read_text()
    assert "GRACE = 20" in text
    leash.write_text(text.replace("GRACE = 20", f"GRACE = {seconds}"))
    monkeypatch.setattr("bundle.leash.__file__", str(leash))
