"""The glossary names every model, every kind of entry and every role: `| identifier | 中文 | meaning |`."""

import re

from django.apps import apps

from concerto.journal import kinds
from concerto.places.sight import Role

from .tree import CHECKOUT, OURS

GLOSSARY = CHECKOUT / "docs" / "glossary.md"
ROW = re.compile(r"^\|\s*`?(\w+)`?\s*\|\s*([^|]+?)\s*\|\s*([^|]+?)\s*\|", re.M)


def wanted() -> set[str]:
    models = {model.__name__ for label in OURS for model in apps.get_app_config(label).get_models()}
    return models | {kind.KIND for kind in kinds.KINDS} | {role.value for role in Role}


def test_every_model_kind_and_role_is_named():
    if GLOSSARY.exists():
        rows = {identifier: (chinese, meaning) for identifier, chinese, meaning in ROW.findall(GLOSSARY.read_text())}
        assert sorted(wanted() - rows.keys()) == []
        assert [
            name
            for name, (chinese, _) in rows.items()
            if name in wanted() and not re.search(r"[\u4e00-\u9fff]", chinese)
        ] == []
