"""What the product will never do, as far as names can tell."""

import re

import msgspec
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from concerto.journal import kinds

from .tree import OURS, SOURCE, files, shown

NEVER_A_FIELD = re.compile(
    r"(^|_)(score|rank|ranking|grade|points?|streak|leaderboard|lat|latitude|lng|longitude|gps|geolocation|track|"
    r"ethnic|ethnicity|nationality|religion|belief|loyalty|opinion|risk|identity_number|id_number|"
    r"last_login|last_seen|online|check_in)($|_)"
)
NEVER_ON_A_PAGE = re.compile(
    r"geolocation|leaderboard|\bstreak\b|ethnicity|last_login|last[- ]seen|排行|排名|积分|打卡|民族|宗教", re.IGNORECASE
)


def columns() -> list[str]:
    models = (model for label in OURS for model in apps.get_app_config(label).get_models())
    return [f"{model.__name__}.{field.name}" for model in models for field in model._meta.get_fields()]


def fields_of_entries() -> list[str]:
    def below(kind: type) -> list[type]:
        return [kind, *(deeper for child in kind.__subclasses__() for deeper in below(child))]

    ours = {kind for kind in below(msgspec.Struct) if kind.__module__.startswith("concerto.journal")}
    assert ours >= set(kinds.KINDS)
    return [f"{kind.__name__}.{name}" for kind in ours for name in getattr(kind, "__struct_fields__", ())]


@pytest.mark.parametrize("fields", [columns, fields_of_entries])
def test_nothing_is_kept_that_ranks_or_follows_or_sorts_people(fields):
    assert [name for name in fields() if NEVER_A_FIELD.search(name.split(".")[1])] == []


@pytest.mark.parametrize("name", ["score", "household_rank", "last_login", "ethnicity", "gps_track"])
def test_such_a_name_would_be_found(name):
    assert NEVER_A_FIELD.search(name)


def test_no_page_and_no_script_speaks_of_it():
    pages = files(".html", ".js", under=SOURCE)
    assert [shown(path) for path in pages if NEVER_ON_A_PAGE.search(path.read_text(encoding="utf-8"))] == []


def test_nobody_learns_when_somebody_signed_in(settings):
    assert "last_login" not in {field.name for field in get_user_model()._meta.get_fields()}
    assert settings.AXES_DISABLE_ACCESS_LOG
