"""An edit of a recipe, written down so that a test can make it."""

from dataclasses import dataclass
from pathlib import Path

PACKAGE = "layers/ticketing/ticketing"


@dataclass(frozen=True)
class Edit:
    """Text to insert in a file, before each place where another text stands."""

    file: str
    before: str
    inserted: str

    def make(self, project: Path) -> None:
        path = project / self.file
        text = path.read_text()
        assert self.before in text, f"{self.before!r} is not in {self.file}"
        path.write_text(text.replace(self.before, self.inserted + self.before))
