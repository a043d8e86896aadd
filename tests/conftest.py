"""What every test may use. The cast of people follows below; each of them is named as in the demo world."""

import os
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.utils import translation

from tests.again import enter_again
from tests.cast import Desk, World

# What lands is judged by the same examples twice; at home every run looks for new ones.
# How long an example takes says what else the machine does, and fails nothing.
UNTIMED = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("home", **UNTIMED)
hypothesis.settings.register_profile("landing", derandomize=True, **UNTIMED)
hypothesis.settings.load_profile("landing" if os.environ.get("CI") else "home")

CHECKOUT = Path(__file__).resolve().parents[1]
MEETS_A_DATABASE = {"db", "transactional_db", "live_server", "engine"}


# ---------------------------------------------------------------- the run


@pytest.hookimpl(trylast=True)  # the terminal has come by then
def pytest_configure(config: pytest.Config) -> None:
    """Say at once which test failed; why is said at the end."""
    if terminal := config.pluginmanager.get_plugin("terminalreporter"):
        config.pluginmanager.register(AtOnce(terminal))


class AtOnce:
    """Names each failure when it happens."""

    def __init__(self, terminal: Any) -> None:
        self.terminal = terminal

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Name a test that failed, and on which engine."""
        if report.failed:
            node = getattr(report, "node", None)
            self.terminal.ensure_newline()
            self.terminal.write_line(f"failed: {report.nodeid} ({node.gateway.id if node else report.when})", red=True)

    def pytest_terminal_summary(self, terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
        """Tell in which order it failed, so that the same order can be had again."""
        if exitstatus and (seed := getattr(config.option, "randomly_seed", None)) is not None:
            terminalreporter.write_line(f"the order of this run: -p randomly --randomly-seed={seed}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run what meets no database once, on SQLite: it says the same beside either engine.

    A test that asks for none cannot touch it by mistake: pytest-django fails it on SQLite as well.
    """
    if os.environ.get("ENGINE", "sqlite") == "postgres":
        once = [item for item in items if not _meets_a_database(item)]
        items[:] = [item for item in items if _meets_a_database(item)]
        config.hook.pytest_deselected(items=once)


def _meets_a_database(item: pytest.Item) -> bool:
    asked = MEETS_A_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


# ---------------------------------------------------------------- what every test may ask for


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
def nobody_spoke_before() -> None:
    """Forget which language the last page of an earlier test was in: a thread keeps it."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def nobody_knocked_before() -> None:
    """Forget how often somebody knocked at the door in earlier tests: sign-ins of one address are limited by minute."""
    cache.clear()


# ---------------------------------------------------------------- the cast


@pytest.fixture
def world(db) -> World:
    """The whole cast of `tests/cast.py`, by name; each person and household also has a fixture of its own."""
    return enter_again()


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
