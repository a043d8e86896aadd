"""The leaflet of routes, as data: every way a matter may go, in plain words and both languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Said:
    """The same in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Route:
    """One way: who it is, what for, and a number only where it holds in the whole country."""

    id: str
    name: Said
    what_for: Said
    phone: str = ""
    run_by: str = ""


@cache
def routes() -> Mapping[str, Route]:
    """Give every route by its id, in the order of the leaflet.

    >>> routes()["police"].phone, routes()["land_arbitration"].phone
    ('110', '')
    """
    found = (
        Route(one["id"], Said(**one["name"]), Said(**one["for"]), one.get("phone", ""), one.get("run_by", ""))
        for one in _told()["route"]
    )
    return {route.id: route for route in found}


@cache
def sheet_words() -> Mapping[str, Said]:
    """Give what stands on the leaflet besides the routes."""
    return {name: Said(**said) for name, said in _told()["words"].items()}


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(files("concerto.rulebook").joinpath("data/routes.toml").read_text(encoding="utf-8"))
