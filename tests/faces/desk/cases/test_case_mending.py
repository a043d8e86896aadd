"""A step of a case is said anew in its own form, with what it says now; nothing is offered on which something rests."""

import pytest
from django.urls import reverse

from concerto.journal.models import Tray
from concerto.parts.disputes.models import Case, CaseItem, CaseParty, CaseStep
from tests.cast import TOWNSHIP

from .walking import act, both_willing, draft, page_of, spot, step_of, walked

pytestmark = pytest.mark.django_db


def last(matter, kind: str):
    return CaseStep.objects.filter(id=matter.id, kind=kind).order_by("-n").first().entry


def mend_of(matter, name: str, entry) -> str:
    return f"{step_of(matter, name)}?corrects={entry}"


def initial_of(answer) -> dict:
    return {name: answer.context["form"].get_initial_for_field(field, name)
            for name, field in answer.context["form"].fields.items()}  # fmt: skip


def mended(client, matter, name: str, entry, **answers):
    """Open the form of a step that stands, change some answers, and send all of them."""
    where = mend_of(matter, name, entry)
    shown = client.get(where)
    assert shown.status_code == 200, (name, shown.status_code)
    told = {key: value for key, value in initial_of(shown).items() if value not in (None, "", False)}
    return client.post(where, {**told, "draft": draft(shown), **answers})


def test_every_step_is_sent_again_as_it_was_and_stands_as_it_stood(desk, world, matter, line):
    client = desk.of(world.med)
    both_willing(client, matter)
    walked(
        client, matter,
        ("tell", {"party": matter.a, "told_of": "rights"}),
        ("mediator", {"mediator": line}),
        ("weigh", {"difficulty": "hard", "why": "牵涉三家", "until": "2026-12-31"}),
        ("party", {"side": "third", "name": "沈大爷", "sort": "person"}),
        ("session", {"there": [matter.a, matter.b], "record": "都愿意让步", "note_a": "要句道歉", "place": "村部",
                     "next_on": "2026-12-01"}),
        ("help", {"to": str(TOWNSHIP), "words": "请画核界图", "by": "2026-12-20"}),
        ("agree", {"form": "written", "what_0": "立三根界桩", "by_0": "2026-09-30", "what_1": "草料十捆",
                   "who_1": matter.b, "amount_1": "400.50", "facts": "界桩被水冲走", "settles": ["ownership"]}),
    )  # fmt: skip
    names = {"accepted": "accept", "consent": "consent", "told": "tell", "mediator": "mediator", "weighed": "weigh",
             "party": "party", "session": "session", "help_asked": "help", "agreement": "agree"}  # fmt: skip
    del names["accepted"], names["consent"]  # the consents rest on the one, the agreement on the other
    for kind, name in names.items():
        before = page_of(client, matter)
        assert mend_of(matter, name, last(matter, kind)).replace("&", "&amp;") in before, kind
        answer = mended(client, matter, name, last(matter, kind))
        assert answer.status_code == 302, (kind, answer.content.decode().split("<main", 1)[1][:4000])
    assert matter.stands[0] == "agreed"
    items = list(CaseItem.objects.filter(id=matter.id).order_by("n").values_list("amount", "who"))
    assert items == [(None, None), (40050, matter.b)]
    text = page_of(client, matter)
    for words in ("立三根界桩", "草料十捆", "都愿意让步", "要句道歉", "村部", "沈大爷", "请画核界图", "牵涉三家"):
        assert words in text, words
    assert not Tray.objects.exists()


def test_what_was_recorded_wrongly_says_something_else_after(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}),
           ("consent", {"party": matter.a, "to": "mediation", "answer": "refused", "way": "phone_call"}))  # fmt: skip
    answer = mended(client, matter, "consent", last(matter, "consent"), answer="agreed")
    assert answer.status_code == 302
    assert CaseParty.objects.get(party=matter.a).willing == "agreed"
    assert CaseStep.objects.filter(id=matter.id, kind="consent").count() == 1


def test_nothing_that_was_signed_is_offered_to_be_mended_or_taken_back(desk, world, matter, line):
    client = desk.of(world.med)
    both_willing(client, matter)
    walked(client, matter, ("agree", {"form": "written", "what_0": "立三根界桩"}),
           ("sign", {"signed": f"party:{matter.a}"}))  # fmt: skip
    entry = last(matter, "agreement")
    assert client.get(mend_of(matter, "agree", entry)).status_code == 404
    assert client.get(reverse("desk:case-undo", args=[matter.id, entry])).status_code == 404
    text = page_of(client, matter)
    assert f"corrects={entry}" not in text
    assert f"corrects={last(matter, 'signature')}" in text
    answer = mended(client, matter, "sign", last(matter, "signature"), on="2026-07-05")
    assert answer.status_code == 302
    assert CaseStep.objects.get(id=matter.id, kind="signature").on.isoformat() == "2026-07-05"


def test_what_was_told_at_first_is_put_right_and_keeps_its_parties(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}), ("consent", {"party": matter.a, "to": "mediation", "answer": "agreed"}))
    where = mend_of(matter, "opening", matter.row.entry)
    assert where in page_of(client, matter)
    shown = client.get(where).content.decode()
    assert "努尔兰·别克" in shown
    answer = mended(client, matter, "opening", matter.row.entry, summary="界桩让人挪了", name_1="努尔兰·巴合提")
    assert answer.status_code == 302, answer.content.decode().split("<main", 1)[1][:3000]
    text = page_of(client, matter)
    assert "界桩让人挪了" in text
    assert "努尔兰·巴合提" in text
    assert "杨春生" in text
    assert set(CaseParty.objects.filter(id=matter.id).values_list("party", flat=True)) == {matter.a, matter.b}
    assert CaseParty.objects.get(party=matter.a).willing == "agreed"


def test_a_quarrel_settled_on_the_spot_is_put_right_while_nothing_followed(desk, world, line):
    client = desk.of(world.med)
    assert spot(client, mediator=line, done="later", until="2026-07-20").status_code == 302
    row = Case.objects.get()
    where = reverse("desk:case-step", args=[row.id, "settled"]) + f"?corrects={row.entry}"
    shown = client.get(where)
    told = {key: value for key, value in initial_of(shown).items() if value not in (None, "", False)}
    answer = client.post(where, {**told, "draft": draft(shown), "agreed": "赔三捆草料", "until": "2026-07-25"})
    assert answer.status_code == 302, answer.content.decode().split("<main", 1)[1][:3000]
    row = Case.objects.get()
    assert (row.stage, row.last_due.isoformat(), row.mediator) == ("in_effect", "2026-07-25", line)
    assert "赔三捆草料" in client.get(reverse("desk:case", args=[row.id])).content.decode()


def test_nobody_else_mends_what_somebody_recorded_who_is_still_posted(desk, world, matter):
    walked(desk.of(world.med), matter, ("accept", {}),
           ("hand", {"where": str(TOWNSHIP), "words": "请看看", "level": "", "channel": ""}))  # fmt: skip
    walked(desk.of(world.zhou), matter, ("receive", {}))
    client = desk.of(world.zhou)
    assert client.get(mend_of(matter, "accept", last(matter, "accepted"))).status_code == 404
    assert f"corrects={last(matter, 'accepted')}" not in page_of(client, matter)
    assert f"corrects={last(matter, 'received')}" in page_of(client, matter)


def test_fifteen_are_asked_in_a_row_each_by_their_own_answer(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}))
    asked = {"to": "mediation", "answer": "agreed", "next": "1"}
    answer = act(client, matter.id, "consent", ask=f"?party={matter.a}", party=matter.a, **asked)
    assert answer["Location"].endswith(f"?party={matter.b}")
    answer = act(client, matter.id, "consent", ask=f"?party={matter.b}", party=matter.b, **asked)
    assert answer["Location"] == reverse("desk:case", args=[matter.id])
    assert matter.row.stage == "willing"


def test_how_somebody_said_it_is_kept(desk, world, matter):
    client = desk.of(world.med)
    walked(client, matter, ("accept", {}),
           ("consent", {"party": matter.a, "to": "mediation", "answer": "agreed", "way": "phone_call"}))  # fmt: skip
    assert "电话" in page_of(client, matter)
