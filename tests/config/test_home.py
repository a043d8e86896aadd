"""A home is closed to others, its key is made once, and its database is described as it must be."""

import stat
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from concerto.config.home import alone_in, database, open_home, secret_key


def test_a_new_home_is_open_to_its_owner_alone(tmp_path):
    assert stat.S_IMODE(open_home(tmp_path / "home").stat().st_mode) == 0o700


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path):
    key = secret_key(tmp_path)
    assert secret_key(tmp_path) == key
    assert len(key) > 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_an_empty_key_is_never_used(tmp_path):
    (tmp_path / "secret-key").touch()
    with pytest.raises(ImproperlyConfigured, match="holds no key"):
        secret_key(tmp_path)


def test_without_an_address_the_database_is_the_only_sqlite_file_of_the_home(tmp_path):
    described = database("", tmp_path)
    assert described["NAME"] == tmp_path / "concerto.sqlite3"
    assert described["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_names_a_postgresql_database(tmp_path):
    described = database("postgres://ann:word@db.example:5433/township?sslmode=require", tmp_path)
    assert (described["HOST"], described["PORT"], described["NAME"]) == ("db.example", "5433", "township")
    assert described["OPTIONS"] == {"prepare_threshold": 3, "sslmode": "require"}


def test_an_address_that_is_none_stops_the_start_without_repeating_it(tmp_path):
    with pytest.raises(ImproperlyConfigured) as stopped:
        database("mysql://ann:word@db.example/township", tmp_path)
    assert "word" not in str(stopped.value)


@pytest.mark.django_db
def test_an_answered_entry_survives_a_power_cut_and_an_erased_one_is_overwritten(engine):
    with connection.cursor() as cursor:
        if engine == "sqlite":
            pragmas = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "secure_delete")
            }
            assert pragmas == {"synchronous": 2, "secure_delete": 1}
        else:
            cursor.execute("SHOW server_encoding")
            assert cursor.fetchone() == ("UTF8",)


def test_two_who_prepare_a_home_do_so_one_after_the_other(tmp_path):
    order: list[str] = []

    def second() -> None:
        with alone_in(tmp_path):
            order.append("second")

    with alone_in(tmp_path):
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.1)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
