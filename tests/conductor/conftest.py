"""What tests of whole homes share."""

import pytest


@pytest.fixture
def home_of_its_own(home, settings):
    """A home and a tail that may be destroyed."""
    settings.CONCERTO_HOME = home / "home"
    settings.CONCERTO_HOME.mkdir()
    settings.CONCERTO_TAIL = home / "other disk" / "tail"
