"""The case that most of these tests walk, and the line of the panel of whoever handles it."""

import pytest

from tests.cases import Matter, panel_line
from tests.cast import VILLAGE_A


@pytest.fixture
def line(world):
    """The line of village A's mediator, who holds its committee's seal."""
    return panel_line(world, world.med, VILLAGE_A, holds_seal=True)


@pytest.fixture
def matter(world, line):
    """A case of village A that its mediator brought, and that nobody has answered."""
    return Matter(world, by=world.med, on="2026-06-20")
