"""Draw the charts of docs/charts from a page of results: `python -m bench.charts bench/results/<date>.md`."""

import subprocess
import sys
from pathlib import Path

from bench.peers.servers import environment_of
from tests.tables import ROOT


def main() -> None:
    """Draw them with the drawing library in an environment of its own."""
    python = environment_of("charts", "matplotlib==3.10.7")
    script = Path(__file__).with_name("drawing") / "draw.py"
    subprocess.run([python, script, sys.argv[1], ROOT / "docs" / "charts"], check=True)


if __name__ == "__main__":
    main()
