"""Every example in a docstring of the rulebook is true."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from concerto import rulebook


@pytest.mark.parametrize("name", [module.name for module in iter_modules(rulebook.__path__)])
def test_the_examples_hold(name):
    assert doctest.testmod(import_module(f"concerto.rulebook.{name}")).failed == 0
