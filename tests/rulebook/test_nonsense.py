"""What makes no sense in a duty is found, with its file and line; and every code has its words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation

from concerto.papers.mechanism import NONSENSE, RECORD_NAMES, nonsense_line
from concerto.rulebook.mechanism import read_folder
from concerto.rulebook.terms import terms

VISIT = """\
id      = "call"
part    = "assistance"
title   = { zh = "走访", en = "Call" }
owed_by = "post"
about   = "helped_household"

[[edition]]
since     = 2026-01-01
every     = "MONTH"
times     = 1
proven_by = ["visit", "declined"]
grace     = 1
minutes   = 20
source    = "Township Notice 2026-1"
"""
STUDY = """\
id      = "study"
part    = "study"
title   = { zh = "学习", en = "Study" }
owed_by = "branch"
about   = "branch"
[[edition]]
since     = 2026-01-03
every     = "MONTH"
amount    = { minutes = 60 }
proven_by = ["pre_study"]
minutes   = 60
source    = "Township Notice 2026-1"
"""
NEED = """\
id      = "answer"
part    = "assistance"
title   = { zh = "答复", en = "Answer" }
owed_by = "desk"
about   = "need"

[[edition]]
since     = 2026-01-01
after     = ["sent"]
within    = { working_days = 3 }
until     = ["withdrawn"]
proven_by = ["accepted", "returned"]
minutes   = 10
source    = "Township Notice 2026-1"
"""


def found(folder, text: str) -> list[tuple[int, str]]:
    (folder / "duty.toml").write_text(text, encoding="utf-8")
    told = read_folder(folder)[1]
    assert all(nonsense_line(nonsense).startswith(f"{folder / 'duty.toml'}:") for nonsense in told)
    return [(nonsense.line, nonsense.code) for nonsense in told]


def test_a_duty_that_makes_sense_is_taken(tmp_path):
    assert found(tmp_path, VISIT) == []


def test_an_edition_that_no_kind_of_entry_can_prove_yet_is_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(terms().proofs, "reported", replace(terms().proofs["reported"], given=False))
    ways = '"reported"'
    later = NEED.replace('"need"', '"suspected_abuse"').replace('"sent"', '"suspected"')
    assert found(tmp_path, later.replace('"accepted", "returned"', ways)) == [(12, "no_kind_proves_it")]


def test_an_answer_to_a_matter_is_asked_for_by_an_edition_alone(tmp_path):
    assert found(tmp_path, NEED) == []
    assert found(tmp_path, NEED[: NEED.index("[[edition]]")]) == []


@pytest.mark.parametrize(
    ("duty", "said", "instead", "line", "code"),
    [
        (VISIT, 'id      = "call"', 'id = "call', 1, "not_toml"),
        (VISIT, '"assistance"', '"help"', 2, "not_in_list"),
        (VISIT, 'en = "Call"', 'de = "Besuch"', 3, "title_in_both"),
        (VISIT, '"post"', '"person"', 4, "cannot_owe"),
        (VISIT, '"helped_household"', '"helped_house"', 5, "nearly_in_list"),
        (VISIT, '"helped_household"\n', '"helped_household"\nprivate = true\n', 6, "private_of_no_person"),
        (VISIT, "since     = 2026-01-01", 'since     = "2026-01-01"', 8, "of_another_sort"),
        (VISIT, "since     = 2026-01-01\n", "", 7, "key_missing"),
        (VISIT, '"MONTH"', '"FORTNIGHT"', 9, "not_in_list"),
        (VISIT, 'every     = "MONTH"\n', 'every     = "MONTH"\nafter = ["sent"]\n', 10, "two_shapes"),
        (VISIT, 'every     = "MONTH"\ntimes     = 1\n', "", 7, "no_shape"),
        (VISIT, "times     = 1", "times     = 0", 10, "too_small"),
        (VISIT, "times     = 1", "times     = 32", 10, "too_often"),
        (STUDY, "minutes = 60 }", "minutes = 14881 }", 9, "too_long_a_day"),
        (STUDY, "minutes = 60 }", "class_hours = 249 }", 9, "too_long_a_day"),
        (NEED, "minutes   = 10", "minutes   = 6001", 13, "too_large"),
        (VISIT, '"post"', '"telepathy"', 4, "not_in_list"),
        (VISIT, "times     = 1", "times     = true", 10, "of_another_sort"),
        (VISIT, "times     = 1", "amount    = { minutes = 60 }", 10, "carries_no_time"),
        (VISIT, "times     = 1", "amount    = { pages = 60 }", 10, "amount_of_what"),
        (VISIT, '"visit", "declined"', '"visit", "visit"', 11, "said_twice"),
        (VISIT, '"visit", "declined"', '"members_meeting"', 11, "proves_another"),
        (VISIT, "grace     = 1", "gracious  = 1", 12, "key_unknown"),
        (VISIT, '"Township Notice 2026-1"', '""', 14, "key_missing"),
        (NEED, "within    = { working_days = 3 }", "within    = { moons = 3 }", 10, "within_what"),
        (NEED, "within    = { working_days = 3 }", 'within    = "window"', 10, "window_of_a_round"),
        (NEED, '"sent"', '"sneezed"', 9, "not_in_list"),
        (NEED, 'until     = ["withdrawn"]\n', "", 7, "key_missing"),
        (NEED, '"desk"', '"branch"', 4, "cannot_owe"),
    ],
)
def test_nonsense_is_found_on_its_line(tmp_path, duty, said, instead, line, code):
    assert said in duty
    assert (line, code) in found(tmp_path, duty.replace(said, instead, 1))


@pytest.mark.parametrize("kind", ["lead_raised", "need_raised", "suggestion_raised", "opinion_raised"])
def test_no_duty_is_met_by_a_number_of_findings(tmp_path, kind):
    assert (11, "counts_what_was_raised") in found(tmp_path, VISIT.replace('"visit", "declined"', f'"visit", "{kind}"'))


@pytest.mark.parametrize("kind", ["need_confirmed", "need_solved", "deed"])
def test_needs_and_deeds_meet_a_duty_only_where_asked_and_nothing_wanted_does(tmp_path, kind):
    deed = VISIT.replace('"visit", "declined"', f'"{kind}"')
    assert (11, "nothing_wanted_must_do") in found(tmp_path, deed)
    asked = deed.replace(f'"{kind}"', f'"visit", "{kind}", "nothing_wanted"')
    assert found(tmp_path, asked) == []
    many = asked.replace("times     = 1", "times     = 3")
    assert found(tmp_path, many) == [(10, "number_of_findings")]


def test_two_duties_of_one_id_and_an_empty_folder(tmp_path):
    assert [nonsense.code for nonsense in read_folder(tmp_path)[1]] == ["no_duties_here"]
    (tmp_path / "a.toml").write_text(VISIT)
    (tmp_path / "b.toml").write_text(VISIT)
    [told] = read_folder(tmp_path)[1]
    assert (told.path, told.line, told.code) == (str(tmp_path / "b.toml"), 1, "id_twice")


def test_an_edition_must_begin_after_the_one_before(tmp_path):
    edition = VISIT[VISIT.index("[[edition]]") :]
    assert found(tmp_path, f"{VISIT}\n{edition}") == [(17, "out_of_order")]


def test_a_repealed_duty_needs_a_day_and_a_source_alone(tmp_path):
    assert found(tmp_path, f'{VISIT}\n[[edition]]\nsince = 2027-01-01\nrepealed = true\nsource = "s"\n') == []


def test_every_code_has_its_words():
    from concerto.rulebook import mechanism, reading, sense

    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in (mechanism, reading, sense))
    codes = set(re.findall(r'(?:refuse\(|Nonsense\([^"]*?)\s*"(\w+)"', source))
    assert codes == NONSENSE.keys()
    assert {term.record for term in terms().proofs.values()} - {"suggestion"} <= RECORD_NAMES.keys()


@pytest.mark.parametrize(
    ("said", "instead", "line", "words"),
    [
        ('id      = "call"', 'id = "call', 1, "文字要在本行用引号收尾"),
        ("grace     = 1", "grace", 12, "名称后面要写等号"),
        ("grace     = 1", "grace = one", 12, "等号后面要写"),
        ("grace     = 1", "times = 1", 12, "同一项写了两次"),
        ('"declined"]', '"declined"', 12, "括号没有收尾"),
    ],
)
def test_what_is_no_toml_is_said_in_the_language_of_the_command_line(tmp_path, said, instead, line, words):
    (tmp_path / "duty.toml").write_text(VISIT.replace(said, instead, 1), encoding="utf-8")
    [told] = read_folder(tmp_path)[1]
    with translation.override("zh-hans"):
        assert nonsense_line(told).startswith(f"{tmp_path / 'duty.toml'}:{line}: 不是 TOML 格式：{words}")


def test_nothing_of_the_rulebooks_own_english_stands_in_chinese_words(tmp_path):
    for said, instead in (("times     = 1", "times = true"), ('"visit", "declined"', '"members_meeting"')):
        (tmp_path / "duty.toml").write_text(VISIT.replace(said, instead, 1), encoding="utf-8")
        with translation.override("zh-hans"):
            words = nonsense_line(read_folder(tmp_path)[1][0]).split(": ")[1]
        assert not re.search("[A-Za-z]", re.sub("“[^”]*”", "", words)), words


def test_a_likeness_is_offered_only_where_it_is_near_and_else_the_list(tmp_path):
    with translation.override("en"):
        for said, words in (("telepathy", "which has: post, branch, person"), ("branhc", "do you mean branch?")):
            (tmp_path / "duty.toml").write_text(VISIT.replace('"post"', f'"{said}"'), encoding="utf-8")
            assert words in nonsense_line(read_folder(tmp_path)[1][0])
