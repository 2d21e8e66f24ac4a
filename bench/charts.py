"""Draw the charts of docs/charts from a page of results: `python -m bench.charts bench/results/<date>.md`."""

import subprocess
from pathlib import Path

from bench.command import command_line
from bench.peers.servers import environment_of
from tests.tables import ROOT


def main() -> None:
    """Draw them with the drawing library in an environment of its own."""
    parser = command_line(__doc__)
    parser.add_argument("page", metavar="PAGE")
    page = parser.parse_args().page
    python = environment_of("charts", "matplotlib==3.10.7")
    script = Path(__file__).with_name("drawing") / "draw.py"
    subprocess.run([python, script, page, ROOT / "docs" / "charts"], check=True)


if __name__ == "__main__":
    main()
