"""What every test may use. The cast of people follows below; each of them is named as in the demo world."""

import os
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache

from tests.cast import Desk, World, enter

# What lands is judged by the same examples twice; at home every run looks for new ones.
hypothesis.settings.register_profile("landing", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("landing")

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
    settings.CONCERTO_TAIL = tmp_path / "tail"
    return tmp_path


@pytest.fixture(autouse=True)
def nobody_knocked_before() -> None:
    """Forget how often somebody knocked at the door in earlier tests: sign-ins of one address are limited by minute."""
    cache.clear()


# ---------------------------------------------------------------- the cast


@pytest.fixture
def world(db) -> World:
    """The whole cast of `tests/cast.py`, by name; each person and household also has a fixture of its own."""
    return enter()


def _of_the_cast(name: str):
    @pytest.fixture(name=name)
    def one(world: World):
        return getattr(world, name)

    return one


lin, ma, sec, med, zhou, wang, gao, other, newcomer, adm, pri = (
    _of_the_cast(name) for name in ("lin", "ma", "sec", "med", "zhou", "wang", "gao", "other", "newcomer", "adm", "pri")
)
house_1, house_2, house_3, house_4, far_house = (
    _of_the_cast(name) for name in ("house_1", "house_2", "house_3", "house_4", "far_house")
)


@pytest.fixture
def desk(world: World, client) -> Desk:
    """The desk in a browser: `desk.of(lin)` signs somebody in and gives their client."""
    return Desk(client)
