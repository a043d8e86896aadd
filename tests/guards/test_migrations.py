"""The tables are what the models say, and every step towards them has a name."""

import inspect
import re

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override

from .tree import OURS


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def test_no_migration_is_missing(loader):
    with override(None):  # names of fields are compared as they are written, not as they are said
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph)
    assert {app: [str(op) for m in made for op in m.operations] for app, made in changes.items() if app in OURS} == {}


def test_the_migrations_of_an_app_stand_in_one_line(loader):
    forked = {app: leaves for app in OURS if len(leaves := loader.graph.leaf_nodes(app)) > 1}
    assert forked == {}


def test_every_migration_is_named_by_what_it_does(loader):
    nameless = [
        f"{app}.{name}"
        for app, name in loader.disk_migrations
        if app in OURS and (not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", name) or "auto" in name)
    ]
    assert nameless == []


def test_no_migration_reads_what_the_code_says_today(loader):
    told = {
        (app, name): re.findall(
            r"^(?:from|import) (concerto\.[\w.]+)", inspect.getsource(inspect.getmodule(made)), re.M
        )
        for (app, name), made in loader.disk_migrations.items()
        if app in OURS
    }
    # a default is named by where it stands, and no table is made from it
    assert {one: read for one, read in told.items() if read} == {("places", "0001_first"): ["concerto.places.models"]}
