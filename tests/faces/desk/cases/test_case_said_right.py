"""What the page of a case says of whom and what: names in its title, whose hands, who reads, why it was opened."""

import pytest
from django.urls import reverse

from concerto.places.models import Opening
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B

from .walking import both_willing, digest_of, page_of, step_of, walked

pytestmark = pytest.mark.django_db


def heading(text: str) -> str:
    return text.split("<h1", 1)[1].split("</h1>", 1)[0]


def test_of_many_parties_the_title_names_two_and_the_page_all(desk, world, matter):
    for n in range(1, 5):
        assert matter.joins("a", f"工友{n}", on="2026-06-20") == "accepted"
    text = page_of(desk.of(world.med), matter)
    assert "杨春生" in heading(text)
    assert "工友1" in heading(text)
    assert "工友2" not in heading(text)
    assert all(f"工友{n}" in text for n in range(1, 5))


def test_a_reason_is_no_number_of_a_person_and_more_than_a_sign(desk, world, matter):
    both_willing(desk.of(world.med), matter)
    walked(
        desk.of(world.med), matter,
        ("session", {"there": [matter.a, matter.b], "record": "都愿意各让一步"}),
        ("hand", {"where": str(TOWNSHIP), "words": "请看看", "level": "", "channel": ""}),
    )  # fmt: skip
    where = reverse("desk:case-words", args=[matter.id, digest_of(matter, "都愿意各让一步")])
    zhou = desk.of(world.zhou)
    for why in ("身份证 110105194912310021", "1", "！！"):
        answer = zhou.post(where, {"why": why})
        assert answer.status_code == 422, why
        assert "都愿意各让一步" not in answer.content.decode()
    assert not Opening.objects.filter(about=matter.id).exists()


def test_whoever_refused_mediation_does_nothing_of_what_is_agreed(desk, world, matter):
    assert matter.joins("b", "不愿意的人", on="2026-06-20") == "accepted"
    client = desk.of(world.med)
    both_willing(client, matter)
    third = matter.joined
    walked(client, matter, ("consent", {"party": third, "to": "mediation", "answer": "refused", "by": "self"}))
    text = client.get(step_of(matter, "agree")).content.decode()
    assert f'value="{matter.a}"' in text
    assert f'value="{third}"' not in text


def test_of_a_case_that_was_withdrawn_nobody_is_told_about_the_court(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}), ("end", {"how": "withdrawn", "routes": []}))
    assert 'value="confirmation"' not in client.get(step_of(matter, "tell")).content.decode()


def test_what_was_asked_of_another_desk_is_named_and_not_printed(desk, world, matter):
    walked(
        desk.of(world.med), matter, ("accept", {}),
        ("hand", {"where": "office:police", "words": "请看看", "basis": "治安管理处罚法", "level": "", "channel": ""}),
    )  # fmt: skip
    text = page_of(desk.of(world.med), matter)
    asked = text.split("请看看")[0].rsplit("<p", 1)[1]
    assert "no-print" in asked
    assert "请对方办什么" in asked
    assert "依据" in text.split("治安管理处罚法")[0].rsplit("<p", 1)[1]


def test_the_agreement_is_printed_with_every_line_to_be_signed(desk, world, matter):
    client = desk.of(world.med)
    where = reverse("desk:case-agreement", args=[matter.id])
    assert client.get(where).status_code == 404  # nothing is agreed yet
    both_willing(client, matter)
    assert where not in page_of(client, matter)
    walked(
        client, matter, ("agree", {"form": "written", "what_0": "立桩", "amount_0": "1200.50", "facts": "界桩被冲走"})
    )
    assert where in page_of(client, matter)
    text = client.get(where).content.decode()
    for said in ("立桩", "1,200.50", "界桩被冲走", "杨春生", "努尔兰·别克", str(matter.row.number), "30天内"):
        assert said in text, said
    signed = text.rsplit('class="case-hands"', 1)[1]
    assert signed.count("<li>") == 5  # two parties, the mediator, who recorded it, the seal
    assert "一式3份" in text


def test_an_agreement_by_word_has_no_line_for_the_parties_and_no_court(desk, world, matter, line):
    client = desk.of(world.med)
    both_willing(client, matter)
    alone = client.post(step_of(matter, "agree"), {"form": "oral", "what_0": "立桩", "on": "2026-06-20"})
    assert "oral_without_mediator" in alone.content.decode()
    walked(client, matter, ("mediator", {"mediator": str(line)}), ("agree", {"form": "oral", "what_0": "立桩"}))
    text = client.get(reverse("desk:case-agreement", args=[matter.id])).content.decode()
    assert text.rsplit('class="case-hands"', 1)[1].count("<li>") == 3
    assert "界桩被水冲走了" not in text  # what was noted when it came is for those who handle it, not on paper
    assert "法院" not in text.split("<main", 1)[1]


def test_an_office_without_a_desk_gets_a_letter_with_its_number_and_what_is_asked(desk, world, matter):
    client = desk.of(world.med)
    where = reverse("desk:case-letter", args=[matter.id])
    both_willing(client, matter)
    walked(
        client, matter, ("session", {"there": [matter.a, matter.b], "record": "都愿意各让一步"}),
        ("hand", {"where": "office:police", "words": "请查明界桩", "basis": "治安管理处罚法", "papers": "图一张",
                  "by": "2026-07-20", "level": "", "channel": ""}),
    )  # fmt: skip
    assert where in page_of(client, matter)
    text = client.get(where).content.decode()
    for said in ("请查明界桩", "治安管理处罚法", "图一张", str(matter.row.number), "杨春生", "2026年7月20日"):
        assert said in text, said
    assert "都愿意各让一步" not in text


def test_who_does_not_read_a_case_finds_none_of_its_papers(desk, world, matter):
    client = desk.of(world.med)
    both_willing(client, matter)
    walked(client, matter, ("help", {"to": str(TOWNSHIP), "words": "借一张图", "by": "2026-07-20"}),
           ("agree", {"form": "written", "what_0": "立桩"}))  # fmt: skip
    for name in ("case-agreement", "case-letter"):
        assert desk.of(world.zhou).get(reverse(f"desk:{name}", args=[matter.id])).status_code == 404
        assert desk.of(world.lin).get(reverse(f"desk:{name}", args=[matter.id])).status_code == 404


def test_a_mediator_who_signs_in_records_their_own_signature_with_one_key(desk, world, matter, line):
    client = desk.of(world.med)
    both_willing(client, matter)
    walked(client, matter, ("mediator", {"mediator": str(line)}), ("agree", {"form": "written", "what_0": "立桩"}))
    own = f"{step_of(matter, 'sign')}?signed=mediator:{line}"
    assert own in page_of(client, matter)
    form = client.get(own).content.decode()
    assert f'value="mediator:{line}"' in form
    assert "checked" in form.split(f'value="mediator:{line}"', 1)[1].split(">", 1)[0]
    walked(client, matter, ("sign", {"signed": f"mediator:{line}"}))
    assert own not in page_of(client, matter)


def test_a_yes_on_which_something_rests_is_not_offered_to_be_put_right(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}))
    mends = f"{step_of(matter, 'accept')}?corrects="
    assert mends in page_of(client, matter)
    yes = {"to": "mediation", "answer": "agreed", "by": "self"}
    walked(client, matter, *(("consent", {"party": party, **yes}) for party in (matter.a, matter.b)))
    assert mends not in page_of(client, matter)
    consents = f"{step_of(matter, 'consent')}?corrects="
    assert consents in page_of(client, matter)
    walked(client, matter, ("agree", {"form": "written", "what_0": "立桩"}))
    assert consents not in page_of(client, matter)


def test_a_desk_where_nobody_is_posted_is_offered_as_such(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}))
    for act in ("hand", "help"):
        options = client.get(step_of(matter, act)).content.decode().split("<option")
        village = next(one for one in options if str(VILLAGE_B) in one)
        assert "没有人在岗" in village
        assert "没有人在岗" not in next(one for one in options if str(TOWNSHIP) in one)


def test_a_case_that_ended_while_an_office_had_it_says_what_becomes_of_the_answer(desk, world, matter):
    client = desk.of(world.med)
    walked(
        client, matter, ("accept", {}),
        ("hand", {"where": "office:police", "words": "请看看", "level": "", "channel": ""}),
        ("end", {"how": "withdrawn", "routes": []}),
    )  # fmt: skip
    text = page_of(client, matter)
    assert "当时还在" in text
    assert step_of(matter, "office-done") in text
    walked(client, matter, ("office-done", {"words": "查过了"}))
    assert matter.stands[0] == "withdrawn"
    assert "当时还在" not in page_of(client, matter)


def test_what_was_settled_and_kept_stands_among_the_ended_as_that(desk, world, line):
    matter = Matter(world, by=world.med, on="2026-06-20", brings=False)
    assert matter.settled_on_the_spot(on="2026-06-20") == "accepted"
    text = desk.of(world.med).get(reverse("desk:cases") + "?list=ended").content.decode()
    assert "没有要履行的了" in text
    assert "要履行、要回访" not in text


def test_where_the_mediator_is_tied_to_a_side_the_next_step_is_to_name_another(desk, world, matter):
    imam = panel_line(world, None, VILLAGE_A)
    client = desk.of(world.med)
    both_willing(client, matter)
    walked(client, matter, ("mediator", {"mediator": str(imam)}))
    assert "请另定一位调解员" not in page_of(client, matter)
    walked(client, matter, ("conflict", {"mediator": str(imam), "conflict": "kin"}))
    assert "请另定一位调解员" in page_of(client, matter)
