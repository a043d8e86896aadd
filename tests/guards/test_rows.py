"""Rows and models are the same columns in the same order, and folds know nobody but the thing they fold."""

import pytest
from django.apps import apps

from concerto.conductor.cues import LEDGERS
from concerto.conductor.replay import TABLES
from concerto.conductor.rows import EntryRow, SealedRow, TouchRow, TrayRow

from .tree import SOURCE, imports

ROWS = (EntryRow, SealedRow, TouchRow, TrayRow, *TABLES)
PARTS = ("study", "branch", "visits", "disputes", "assistance")


def model_of(table: str):
    return next(model for model in apps.get_models() if model._meta.db_table == table)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_row_is_its_model_s_columns_in_order(row):
    assert row._fields == tuple(field.column for field in model_of(row.TABLE)._meta.concrete_fields)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_row_s_key_is_its_model_s(row):
    assert tuple(model_of(row.TABLE)._meta.pk.field_names) == row.KEY


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.__name__)
def test_a_ledger_table_has_no_foreign_key_and_no_check(row):
    meta = model_of(row.TABLE)._meta
    assert [field.name for field in meta.concrete_fields if field.is_relation] == []
    assert meta.constraints == []


def test_every_ledger_the_models_have_is_folded():
    ledgers = {"register", *PARTS}
    tables = {m._meta.db_table for m in apps.get_models() if m._meta.app_label in ledgers}
    assert {row.TABLE for row in LEDGERS} == tables


@pytest.mark.parametrize("part", PARTS)
def test_a_fold_imports_the_journal_alone(part):
    taken = imports(SOURCE / "parts" / part / "posting.py")
    ours = {name for name in taken if name.startswith("concerto.")}
    assert {name for name in ours if not name.startswith("concerto.journal.")} == set()
