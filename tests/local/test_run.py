"""A run does not begin on data that another engine keeps: it would find none, and begin anew."""

from pathlib import Path

import pytest

from bundle.errors import CannotContinue
from local import run
from local.places import State


@pytest.mark.parametrize(("has_tables", "has_engine"), [(True, False), (False, True)])
def test_data_of_another_engine_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_tables: bool, has_engine: bool
) -> None:
    state, engine = State(tmp_path / "state"), tmp_path / "engine"
    state.emulated.mkdir(parents=True)
    for path, is_there in ((state.tables, has_tables), (engine, has_engine)):
        if is_there:
            path.touch()
    monkeypatch.setattr(run, "ENGINE", engine)
    with pytest.raises(CannotContinue, match="make reset"):
        run.require_same_engine(state)


@pytest.mark.parametrize("is_there", [True, False])
def test_data_of_the_same_engine_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool) -> None:
    state, engine = State(tmp_path / "state"), tmp_path / "engine"
    state.emulated.mkdir(parents=True)
    for path in (state.tables, engine):
        if is_there:
            path.touch()
    monkeypatch.setattr(run, "ENGINE", engine)
    run.require_same_engine(state)
