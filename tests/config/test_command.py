"""The command line answers on stdout alone, refuses in one line, and says with its exit code how it went."""

import os
import re
import subprocess
import sys

import pytest
from django.core.management.base import CommandError
from django.utils.translation import override

from concerto.config import command
from concerto.groundwork.refusals import Refused


def test_alone_it_shows_what_there_is(capsys):
    assert command.main([]) == 2
    assert "import divisions" in capsys.readouterr().out


def test_an_unknown_subcommand_is_refused_on_stderr(capsys):
    assert command.main(["imprt", "roster"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "没有 imprt 这个命令" in said.err


CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
FILE_WORDS = re.compile(r"concerto .*|\[.*")  # the line that shows how a command is written is the same everywhere


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["standing", "--asof", "tomorrow"], "“tomorrow”写得不对"),
        (["standing", "--known", "many"], "“many”写得不对"),
        (["standing", "--by"], "后面缺一个值"),
        (["standing", "--month"], "不认识：--month"),
        (["ledger"], "缺：part"),
        (["ledger", "everything"], "“everything”不在可选的里"),
        (["import", "roster", "book.xlsx"], "缺：--township"),
    ],
)
def test_the_parser_speaks_the_language_of_the_rest(capsys, words, said):
    with pytest.raises(SystemExit) as ended:
        command.main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert ENGLISH.findall(FILE_WORDS.sub("", told.err)) == []


@pytest.mark.parametrize("name", sorted(" ".join(words) for words in command.COMMANDS if words != ("migrate",)))
def test_the_help_of_every_command_is_in_one_language(capsys, name):
    with pytest.raises(SystemExit) as ended:
        command.main([*name.split(), "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：")
    assert ENGLISH.findall(FILE_WORDS.sub("", said)) == []
    with override("en"), pytest.raises(SystemExit):
        command.main([*name.split(), "--help"])
    assert not CHINESE.search(capsys.readouterr().out)


@pytest.mark.parametrize(
    "refusal", [CommandError("the file is not there"), Refused("name_missing"), Exception("the disk is full")]
)
def test_a_refusal_is_one_line_and_never_a_traceback(monkeypatch, capsys, refusal):
    def refuse(name: str, arguments: list[str]) -> int:
        raise refusal

    monkeypatch.setattr(command, "_answer", refuse)
    assert command.main(["verify"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("concerto: ")
    assert said.err.count("\n") == 1


def test_a_two_word_subcommand_keeps_its_arguments(monkeypatch):
    heard = []
    monkeypatch.setattr(command, "_answer", lambda name, arguments: heard.append((name, arguments)) or 0)
    command.main(["import", "roster", "file.xlsx", "--township", "620999204"])
    assert heard == [("import_roster", ["file.xlsx", "--township", "620999204"])]


def test_an_empty_home_is_prepared_by_itself_from_any_folder(tmp_path):
    environment = {
        **os.environ,
        "CONCERTO_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "concerto.config.settings",
    }
    environment.pop("DATABASE_URL", None)
    prepare = "import django; django.setup(); from concerto.config.command import prepare_home as p; print(p(), p())"
    answer = subprocess.run(
        [sys.executable, "-c", prepare], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "True False\n"
    assert (tmp_path / "home" / "concerto.sqlite3").exists()
