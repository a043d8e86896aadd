"""`concerto standing`: what is owed, as other tools and people read it."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tests.cast import ELSEWHERE, TOWNSHIP

pytestmark = pytest.mark.django_db
FIELDS = {
    "duty", "by", "about", "period", "verdict", "late", "due", "have", "need", "proof", "because", "provisional"
}  # fmt: skip
VILLAGE_A, VILLAGE_B = "620999204201", "620999204202"


def asked(capsys, *words: str, tongue: str = "en") -> str:
    with translation.override(tongue):
        call_command("standing", *words, "--asof", "2026-09-18")
    return capsys.readouterr().out


def test_json_is_a_list_of_all_that_is_owed(world, capsys):
    told = json.loads(asked(capsys))
    assert all(set(one) == FIELDS for one in told)
    [may] = [one for one in told if (one["duty"], one["period"]) == ("four-ones-visit", "2026-05")]
    assert (may["verdict"], may["late"], may["have"], may["need"]) == ("met", False, 1, 1)
    assert (may["due"], may["proof"]) == ("2026-05-31", [str(world.visit)])
    assert "the record of 2026-05-20 counts" in may["because"]
    assert may["provisional"] is False


def test_it_says_why_in_the_language_of_the_house(world, capsys):
    told = json.loads(asked(capsys, "--unit", VILLAGE_A, tongue="zh-hans"))
    [may] = [one for one in told if (one["duty"], one["period"]) == ("four-ones-visit", "2026-05")]
    assert "2026-05-20 的记录算数" in may["because"]
    assert "走访帮扶户：办了" in asked(capsys, "--unit", VILLAGE_A, "--format", "text", tongue="zh-hans")


def test_own_study_is_in_no_answer_but_that_of_its_person(world, capsys):
    for words in ((), ("--unit", VILLAGE_A), ("--by", "sec"), ("--by", "wang"), ("--by", "lin", "--unit", VILLAGE_A)):
        assert "weekly-study" not in asked(capsys, *words), words
    assert "weekly-study" in asked(capsys, "--by", "lin")
    assert {one["by"] for one in json.loads(asked(capsys, "--by", "ma")) if one["duty"] == "weekly-study"} == {
        str(world.ma.id)
    }


def test_a_unit_is_a_village_with_its_branches(world, capsys):
    one, other = (json.loads(asked(capsys, "--unit", code)) for code in (VILLAGE_A, VILLAGE_B))
    assert str(world.branch_a.id) in {line["by"] for line in one}
    assert str(world.branch_b.id) in {line["by"] for line in other}
    assert not {line["by"] for line in one} & {line["by"] for line in other}


def test_a_member_is_told_of_by_their_id_alone(world, capsys):
    member = str(world.house_1.members[0])
    assert member not in asked(capsys)
    assert {one["about"] for one in json.loads(asked(capsys, "--by", member))} == {member}


def test_what_was_known_is_asked_of_one_township(world, capsys):
    told = json.loads(asked(capsys, "--unit", VILLAGE_A, "--known", "1"))
    assert "four-ones-visit" not in {one["duty"] for one in told}
    assert TOWNSHIP != ELSEWHERE
    for wrong in (("--known", "1"), ("--unit", VILLAGE_A, "--known=-1")):
        with pytest.raises(CommandError):
            asked(capsys, *wrong)


def test_what_it_refuses_it_says_in_the_language_of_the_house(world):
    for words, said in (
        (("--unit", "bogus"), "--unit bogus：没有这个代码的单位"),
        (("--by", "bogus"), "--by bogus："),
    ):
        with translation.override("zh-hans"), pytest.raises(CommandError, match=said):
            call_command("standing", *words)


def test_nobody_of_this_name_is_refused(world, capsys):
    for name in ("nobody", "adm"):
        with pytest.raises(CommandError):
            asked(capsys, "--by", name)
