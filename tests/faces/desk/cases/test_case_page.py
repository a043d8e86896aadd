"""A case as one page, and the form of each step: only what may be done is offered, each party speaks for itself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.journal.models import Tray
from concerto.parts.disputes.models import Case, CaseItem, CaseParty, CaseStep
from concerto.places.models import Opening
from tests.cases import Matter
from tests.cast import TOWNSHIP, VILLAGE_A

from .walking import act, both_willing, digest_of, draft, page_of, step_of, walked

pytestmark = pytest.mark.django_db


def test_a_case_is_walked_on_its_pages_from_the_first_word_to_the_return_visit(desk, world, matter, line):
    client = desk.of(world.med)
    text = page_of(client, matter)
    assert "杨春生" in text
    assert "界桩被水冲走了" in text
    assert step_of(matter, "accept") in text
    assert step_of(matter, "session") not in text
    both_willing(client, matter)
    assert matter.stands[:2] == ("willing", "open")
    walked(
        client, matter,
        ("tell", {"party": matter.a, "told_of": "rights"}),
        ("mediator", {"mediator": line}),
        ("session", {"there": [matter.a, matter.b], "record": "都愿意让步", "note_a": "要句道歉", "place": "村部"}),
        ("agree", {"form": "written", "what_0": "立三根界桩", "by_0": "2026-09-30", "what_1": "草料十捆",
                   "who_1": matter.b, "amount_1": "400"}),
    )  # fmt: skip
    assert matter.stands[0] == "agreed"
    for signed in (f"party:{matter.a}", f"party:{matter.b}", f"mediator:{line}", f"seal:{line}"):
        walked(client, matter, ("sign", {"signed": signed}))
    assert matter.stands == ("in_effect", "resolved", "written")
    item = next(iter(matter_items(matter)))
    walked(
        client, matter,
        ("perform", {"item": item, "how": "kept"}),
        ("tell", {"party": matter.a, "told_of": "confirmation"}),
        ("visit", {"words": "两家都满意", "hidden": "没有"}),
    )  # fmt: skip
    text = page_of(client, matter)
    assert "立三根界桩" in text
    assert text.count("sign-who") == 4
    assert not Tray.objects.exists()


def matter_items(matter):
    return CaseItem.objects.filter(id=matter.id).order_by("n").values_list("item", flat=True)


def test_one_says_yes_and_the_other_is_still_asked(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}))
    text = page_of(client, matter)
    assert f"{step_of(matter, 'consent')}?party={matter.a}" in text
    assert f"{step_of(matter, 'consent')}?party={matter.b}" in text
    asked = {"party": matter.a, "to": "mediation", "answer": "agreed", "by": "self"}
    walked(client, matter, ("consent", asked))
    assert CaseParty.objects.get(party=matter.b).willing == ""
    assert client.get(step_of(matter, "agree")).status_code == 302


def test_the_court_is_asked_by_both_within_its_days_and_never_too_early(desk, world, matter, line):
    client = desk.of(world.med)
    both_willing(client, matter)
    walked(client, matter, ("agree", {"form": "written", "what_0": "立桩"}))
    for signed in (f"party:{matter.a}", f"party:{matter.b}", f"mediator:{line}"):
        walked(client, matter, ("sign", {"signed": signed}))
    assert step_of(matter, "apply") not in page_of(client, matter)
    assert matter.stands[0] == "agreed"  # the seal is missing
    walked(client, matter, ("sign", {"signed": f"seal:{line}", "on": "2026-11-01"}))


def test_sealed_notes_open_with_a_reason_that_is_logged(desk, world, matter, line):
    both_willing(desk.of(world.med), matter)
    walked(
        desk.of(world.med), matter,
        ("session", {"there": [matter.a, matter.b], "record": "都愿意各让一步", "note_a": "想要一句道歉"}),
        ("hand", {"where": str(TOWNSHIP), "words": "请看看", "level": "", "channel": ""}),
    )  # fmt: skip
    zhou = desk.of(world.zhou)
    text = page_of(zhou, matter)
    assert "都愿意各让一步" not in text
    assert "道歉" not in text
    record, note = digest_of(matter, "都愿意各让一步"), digest_of(matter, "想要一句道歉")
    where = reverse("desk:case-words", args=[matter.id, record])
    assert zhou.post(where, {"why": " "}).status_code == 422
    assert not Opening.objects.filter(about=matter.id).exists()
    assert "都愿意各让一步" in zhou.post(where, {"why": "接手前看一遍"}).content.decode()
    assert Opening.objects.get(about=matter.id).purpose == "接手前看一遍"
    assert zhou.post(reverse("desk:case-words", args=[matter.id, note]), {"why": "想看"}).status_code == 404
    assert "接手前看一遍" in page_of(desk.of(world.med), matter)


def test_it_goes_to_the_township_and_comes_back(desk, world, matter):
    walked(desk.of(world.med), matter, ("accept", {}),
           ("hand", {"where": str(TOWNSHIP), "words": "请乡里看看", "level": "township", "channel": ""}))  # fmt: skip
    assert matter.row.sent_to == TOWNSHIP
    zhou = desk.of(world.zhou)
    assert step_of(matter, "receive") in page_of(zhou, matter)
    walked(zhou, matter, ("receive", {}))
    assert (matter.row.desk, matter.row.level) == (TOWNSHIP, "township")
    followed = desk.of(world.med).get(reverse("desk:case", args=[matter.id])).content.decode()
    assert "杨春生" not in followed
    walked(desk.of(world.zhou), matter, ("return", {"why": "还是村里近"}))
    assert matter.row.desk == VILLAGE_A


def test_a_case_ends_with_the_other_routes_told(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}))
    assert act(client, matter.id, "end", how="not_settled").status_code == 422
    walked(client, matter, ("end", {"how": "not_settled", "routes": ["court", "legal_aid"]}))
    assert matter.stands == ("not_settled", "not_settled", "not_settled")
    assert not Tray.objects.exists()


def test_a_desk_that_helps_sees_what_it_was_asked_and_no_names(desk, world, matter):
    walked(desk.of(world.med), matter, ("accept", {}),
           ("help", {"to": str(TOWNSHIP), "words": "请画核界图", "by": "2026-07-20"}))  # fmt: skip
    zhou = desk.of(world.zhou)
    text = page_of(zhou, matter)
    assert "请画核界图" in text
    assert "杨春生" not in text
    assert "界桩被水冲走了" not in text
    walked(zhou, matter, ("help-answer", {"step": "answered", "words": "图画好了"}))
    assert zhou.get(reverse("desk:case", args=[matter.id])).status_code in (200, 404)


def test_who_has_nothing_to_do_with_it_finds_nothing(desk, world, matter):
    for one in (world.wang, world.ma, world.lin, world.sec):
        client = desk.of(one)
        assert client.get(reverse("desk:case", args=[matter.id])).status_code == 404
        assert client.get(step_of(matter, "accept")).status_code == 404
        assert client.post(step_of(matter, "accept"), {}).status_code == 404
    assert Case.objects.get().stage == "brought"


def test_a_step_recorded_wrongly_is_taken_back_by_its_author_alone(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}))
    entry = CaseStep.objects.get(id=matter.id, kind="accepted").entry
    where = reverse("desk:case-undo", args=[matter.id, entry])
    assert where in page_of(client, matter)
    assert desk.of(world.zhou).get(where).status_code == 404
    client = desk.of(world.med)
    answer = client.post(where, {"draft": draft(client.get(where))})
    assert answer.status_code == 302
    assert matter.row.stage == "brought"
    assert client.get(where).status_code == 404


def test_a_case_brought_by_mistake_is_gone(desk, world, matter):
    client = desk.of(world.med)
    where = reverse("desk:case-undo", args=[matter.id, matter.row.entry])
    answer = client.post(where, {"draft": draft(client.get(where))})
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:cases"))
    assert not Case.objects.exists()


def test_what_was_asked_about_leads_to_the_return_visit(desk, world, line):
    quarrel = Matter(world, brings=False)
    item = world.pen.new_id()
    until = date(2026, 6, 25)
    settled = quarrel.settled_on_the_spot(mediator=line, account=world.med, on="2026-06-20", until=until, item=item)
    assert settled == "accepted"
    client = desk.of(world.med)
    main = 'class="button button-main" href="'
    assert main + step_of(quarrel, "perform") in page_of(client, quarrel)
    walked(client, quarrel, ("perform", {"item": item, "how": "kept"}))
    assert main + step_of(quarrel, "visit") in page_of(client, quarrel)


def test_a_longer_path_asks_the_database_no_more_often(desk, world, matter, line):
    client = desk.of(world.med)
    both_willing(client, matter)
    page_of(client, matter)
    with CaptureQueriesContext(connection) as short:
        page_of(client, matter)
    talk = {"there": [matter.a, matter.b], "record": "再谈一次", "note_a": "要句道歉"}
    walked(client, matter, *[("session", talk)] * 3, ("tell", {"party": matter.a, "told_of": "rights"}))
    with CaptureQueriesContext(connection) as long:
        page_of(client, matter)
    assert len(long) <= len(short)


def test_where_no_court_confirms_nobody_is_asked_or_told_about_it(desk, world, line):
    matter = Matter(world, sort="marriage_and_family").willing().signed(line)
    assert matter.row.stage == "in_effect"
    client = desk.of(world.med)
    for name in ("consent", "tell"):
        text = client.get(step_of(matter, name)).content.decode()
        assert 'value="confirmation"' not in text, name
    assert step_of(matter, "apply") not in page_of(client, matter)


def test_an_application_made_in_time_is_recorded_later(desk, world, line):
    matter = Matter(world).willing().signed(line)  # in effect on the 5th of September
    for party in (matter.a, matter.b):
        assert matter.consent(party, to="confirmation", on="2026-09-20") == "accepted"
    client = desk.of(world.med)
    assert act(client, matter.id, "apply", on="2026-10-06").status_code == 422
    assert act(client, matter.id, "apply", on="2026-10-05").status_code == 302
    assert matter.row.court == "applied"
