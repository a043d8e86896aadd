"""`concerto mechanism check`: file and line at the first nonsense, or what the mechanism costs."""

from shutil import copytree

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from concerto.rulebook.burden import TYPICAL
from concerto.rulebook.mechanism import DUTIES


def test_what_ships_makes_sense_and_says_what_it_costs_and_for_which_village(capsys):
    with translation.override("en"):
        call_command("mechanism_check")
    said = capsys.readouterr().out
    assert "31 duties make sense; 31 are in force" in said
    assert "One instructor: 1130 minutes a month" in said
    assert "240.0  four-ones-visit  Call on a helped household" in said
    assert "One branch secretary: " in said
    assert "One member: " in said
    assert "household 80" in said


def test_it_ends_at_the_first_nonsense_with_file_and_line(tmp_path, capsys):
    folder = copytree(DUTIES, tmp_path / "duties")
    file = folder / "four-ones-visit.toml"
    file.write_text(file.read_text().replace('"declined"', '"lead_raised"'))
    for asked in (folder, tmp_path):
        with pytest.raises(SystemExit) as ended, translation.override("en"):
            call_command("mechanism_check", str(asked))
        assert ended.value.code == 1
        assert capsys.readouterr().out.startswith(f"{file}:14: “lead_raised”: no duty is met by a number of leads")


def test_a_folder_may_bring_its_own_village(tmp_path, capsys):
    folder = copytree(DUTIES, tmp_path / "duties")
    (folder / TYPICAL.name).write_text(TYPICAL.read_text().replace("helped_household = 8", "helped_household = 4"))
    with translation.override("en"):
        call_command("mechanism_check", str(folder))
    assert "120.0  four-ones-visit" in capsys.readouterr().out


def test_no_folder_is_refused():
    with pytest.raises(CommandError):
        call_command("mechanism_check", "nowhere")


def test_an_edition_that_begins_within_a_turn_says_from_when_it_judges(tmp_path, capsys):
    folder = copytree(DUTIES, tmp_path / "duties")
    file = folder / "weekly-study.toml"
    file.write_text(file.read_text().replace("since     = 2025-01-01", "since     = 2025-01-04"))
    with translation.override("en"):
        call_command("mechanism_check", str(folder))
    [said] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("weekly-study: ")]
    assert said == "weekly-study: the edition of 2025-01-04 begins within a turn and judges from 2025-01-06 on"
