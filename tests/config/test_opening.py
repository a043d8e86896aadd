"""A home is made ready once, and one that was left half-made is not served."""

import pytest

from concerto.config import opening


def test_a_demo_world_that_was_not_finished_is_not_served(db, home, settings, monkeypatch):
    monkeypatch.setattr(opening, "prepare_home", lambda: None)
    (home / opening.BEGUN).touch()
    with pytest.raises(SystemExit, match="was not finished"):
        opening.open_house(0)
