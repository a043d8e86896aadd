"""Every template compiles and obeys the security policy; every view says who may enter."""

import re
from collections.abc import Iterator

import pytest
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

from .tree import SOURCE, files, shown

TEMPLATES = [path for path in files(".html", ".txt", ".svg", under=SOURCE) if "templates" in path.parts]
FORBIDDEN = {
    "an inline style": r"""\sstyle\s*=|<style\b""",
    "an inline script": r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")""",
    "a handler in an attribute": r"""\son[a-z]+\s*=\s*["']|\shx-on""",
    "an address that is code": r"""(?:href|src|action)\s*=\s*["']\s*javascript:""",
    "something from elsewhere": r"""(?:src|href)\s*=\s*["'](?:https?:)?//""",
}


def test_every_template_compiles():
    engine = engines["django"]
    for path in TEMPLATES:
        inside = path.parts[path.parts.index("templates") + 1 :]
        engine.get_template("/".join(inside))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    found = [
        shown(path) for path in TEMPLATES if path.suffix == ".html" and re.search(FORBIDDEN[what], path.read_text())
    ]
    assert found == []


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


def test_every_view_says_who_may_enter():
    """Either `@open_to(…)`, which leaves its roles on the view, or `@login_not_required`."""
    silent = [
        address
        for address, entry in patterns(get_resolver())
        if (entry.callback.__module__ or "").startswith("concerto.")
        and not hasattr(entry.callback, "open_to")
        and getattr(entry.callback, "login_required", True)
    ]
    assert silent == []


def test_no_address_holds_a_name_or_a_number_of_a_person():
    held = [
        address for address, _ in patterns(get_resolver()) if re.search(r"<str:(name|phone|called|query|q)>", address)
    ]
    assert held == []
