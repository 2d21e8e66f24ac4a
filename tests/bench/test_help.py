"""Each benchmark says what it does instead of doing it, where that is asked for."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.tables import ROOT

PROGRAMS = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for file in [*Path(ROOT, "bench").glob("*.py"), ROOT / "bench" / "peers" / "__main__.py"]
    if "\nif __name__ ==" in file.read_text()
)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_benchmark_prints_its_help(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = import_module(name)
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    with pytest.raises(SystemExit) as end:
        program.main()
    assert end.value.code == 0
    assert program.__doc__
    assert program.__doc__.split("\n")[0] in capsys.readouterr().out
