"""Imports point down only, names show the domain, and the clock is an argument."""

import ast
import subprocess
import sys
from pathlib import Path

from .tree import CHECKOUT, SOURCE, files, imports, shown

BANNED_NAMES = {"utils", "helpers", "common", "base", "manager", "managers", "service", "services", "core", "shared"}
PAGES_ONLY = (
    "django.http",
    "django.forms",
    "django.shortcuts",
    "django.urls",
    "django.template",
    "django_htmx",
    "allauth",
)
TABLES = ("allauth.mfa.models.Authenticator",)  # a backup keeps the second factor too
BELOW_THE_PAGES = ("rulebook", "groundwork", "places", "journal", "register", "parts", "conductor", "duties", "papers")


def below_the_pages() -> list[Path]:
    return [
        path for floor in BELOW_THE_PAGES if (SOURCE / floor).exists() for path in files(".py", under=SOURCE / floor)
    ]


def test_imports_point_down_only():
    lint_imports = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([lint_imports, "--no-logo"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


def test_no_module_is_named_after_nothing():
    named = {
        shown(path)
        for path in files(".py", under=SOURCE)
        if path.stem in BANNED_NAMES or path.parent.name in BANNED_NAMES
    }
    assert named == set()


def test_below_the_pages_nothing_knows_of_pages():
    found = [
        f"{shown(path)}: {name}"
        for path in below_the_pages()
        for name in imports(path)
        if name.startswith(PAGES_ONLY) and name not in TABLES and "management" not in path.parts
    ]
    assert found == []


def test_below_the_pages_nothing_looks_at_the_clock():
    found = [shown(path) for path in below_the_pages() if path.name != "clock.py" and looks_at_the_clock(path)]
    assert found == []


def looks_at_the_clock(path: Path) -> bool:
    if "management" in path.parts:
        return False
    asked = {"concerto.groundwork.clock.now", "concerto.groundwork.clock.today"}
    calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    by_name = any(ast.unparse(call) in {"clock.now", "clock.today"} for call in calls)
    return by_name or not asked.isdisjoint(imports(path))


def test_every_module_says_what_it_is_for():
    def silent(path: Path) -> bool:
        text = path.read_text(encoding="utf-8")
        return bool(text.strip()) and ast.get_docstring(ast.parse(text)) is None

    assert [shown(path) for path in files(".py", under=SOURCE) if "migrations" not in path.parts and silent(path)] == []
