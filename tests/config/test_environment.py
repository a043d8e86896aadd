"""What an operator writes is read as meant, or the start stops with a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from concerto.config.environment import env_flag, env_folder, env_list, env_number, env_text


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "key"))
    assert env_text("A_SECRET") == "from the file"


def test_the_variable_itself_goes_before_its_file(monkeypatch):
    monkeypatch.setenv("A_SECRET_FILE", "/nowhere")
    monkeypatch.setenv("A_SECRET", "said")
    assert env_text("A_SECRET") == "said"


def test_a_file_that_is_not_there_stops_the_start(monkeypatch):
    monkeypatch.setenv("A_SECRET_FILE", "/nowhere/key")
    with pytest.raises(ImproperlyConfigured, match="/nowhere/key"):
        env_text("A_SECRET")


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("yes", True), ("0", False), ("off", False), ("", False)])
def test_yes_and_no_are_read_in_the_ways_they_are_written(monkeypatch, said, meant):
    monkeypatch.setenv("A_FLAG", said)
    assert env_flag("A_FLAG", default=not meant) is meant


def test_neither_yes_nor_no_stops_the_start(monkeypatch):
    monkeypatch.setenv("A_FLAG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="maybe"):
        env_flag("A_FLAG")


@pytest.mark.parametrize("said", ["", "eighty", "-1", "70000", "８０００"])
def test_what_is_no_port_stops_the_start(monkeypatch, said):
    monkeypatch.setenv("PORT", said)
    with pytest.raises(ImproperlyConfigured):
        env_number("PORT", 8000, least=1, most=65535)


def test_a_list_leaves_out_what_is_empty(monkeypatch):
    monkeypatch.setenv("NAMES", "a.example, b.example,,")
    assert env_list("NAMES") == ["a.example", "b.example"]


def test_a_home_that_is_a_file_stops_the_start(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("A_HOME", str(tmp_path / "file"))
    with pytest.raises(ImproperlyConfigured, match="not a folder"):
        env_folder("A_HOME", Path("var"))
