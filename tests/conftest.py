"""What every test may use. The cast of people follows below; each of them is named as in the demo world."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def engine() -> str:
    """Which database this run is on: `sqlite` or `postgres`."""
    return os.environ.get("ENGINE", "sqlite")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of the repository."""
    return CHECKOUT


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    """An empty home of this test alone, for what is kept in files."""
    settings.CONCERTO_HOME = tmp_path
    return tmp_path


# ---------------------------------------------------------------- the cast
