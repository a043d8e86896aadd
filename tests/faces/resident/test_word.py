"""The household's own word, by its slip: partly and no begin anew at once, yes is a confirmation of its own."""

import re
from datetime import date

import pytest
from django.urls import reverse

from concerto.conductor.rebuild import rebuild
from concerto.conductor.verify import verify_log
from concerto.groundwork import canonical, clock
from concerto.journal.kinds.needs import Asker, NeedMerger1, NeedWord1
from concerto.journal.kinds.slips import MatterSlip1
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.journal.models import Entry, Sealed
from concerto.papers.slips.matter import matter_of
from concerto.parts.assistance.models import Need, NeedStep
from concerto.register.models import LocalEdition, MatterSlip
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A
from tests.faces.resident.stepping import step, told_done
from tests.faces.resident.test_door import MOST_BYTES, STYLE, by_square, say
from tests.register.slips import given_slip, other_need, print_slips

pytestmark = pytest.mark.django_db


def test_it_asks_for_a_word_only_once_they_say_it_is_done(client, world):
    slip = given_slip(world)
    step(world, "owned", owner=world.lin.id)
    assert 'name="word"' not in by_square(client, slip.code).content.decode()
    step(world, "done", outcome="solved")
    page = by_square(client, slip.code)
    assert page.content.decode().count('name="word"') == 3
    assert len(page.content) + len(STYLE.read_bytes()) <= MOST_BYTES


@pytest.mark.parametrize("word", ["partly", "no"])
def test_partly_and_no_begin_anew_at_once(client, world, word):
    slip = told_done(world)
    answer = say(client, by_square(client, slip.code), slip.code, "word", word=word, words="少 6 捆。\n还有一处")
    text = answer.content.decode()
    assert "您的话记下了" in text
    assert "正在重新办" in text
    assert "少 6 捆" not in text
    need = Need.objects.get(id=world.need)
    assert (need.state, need.owner) == ("reopened", world.lin.id)
    assert Sealed.objects.get(text="少 6 捆。\n还有一处").audience == "place"


def test_their_own_yes_confirms_it_whoever_told_them(client, world):
    slip = told_done(world)
    page = by_square(client, slip.code)
    for _ in range(2):
        assert "您说办好了" in say(client, page, slip.code, "word", word="yes").content.decode()
    assert Need.objects.get(id=world.need).state == "confirmed"
    [entry] = Entry.objects.filter(kind="need_word")
    assert '"shown":"slip"' in entry.filed
    assert verify_log(TOWNSHIP) is None
    rebuild(TOWNSHIP)
    assert Need.objects.get(id=world.need).state == "confirmed"


def test_after_a_yes_it_asks_only_what_is_not_done_and_the_same_word_again_is_no_entry(client, world):
    slip = told_done(world)
    stale = [by_square(client, slip.code) for _ in range(2)]
    after = say(client, stale[0], slip.code, "word", word="yes").content.decode()
    assert "还有没办好的吗" in after
    assert 'value="yes"' not in after
    assert after.count('name="word"') == 2
    assert "您的话记下了" in say(client, stale[1], slip.code, "word", word="yes").content.decode()
    assert Entry.objects.filter(kind="need_word").count() == 1
    again = say(client, by_square(client, slip.code), slip.code, "word", word="no").content.decode()
    assert "正在重新办" in again
    assert Need.objects.get(id=world.need).state == "reopened"


def test_within_one_day_each_word_answers_what_it_was_told(client, world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    slip = given_slip(world)
    step(world, "owned", owner=world.lin.id, on=TODAY)
    for word in ("partly", "no", "yes"):
        step(world, "done", outcome="solved", on=TODAY, sees=True)
        step(world, "told", told_of="done", way="phone_call", on=TODAY, sees=True)
        page = by_square(client, slip.code)
        assert "等您一句话" in page.content.decode(), word
        assert "您的话记下了" in say(client, page, slip.code, "word", word=word).content.decode()
        assert Need.objects.get(id=world.need).state == ("confirmed" if word == "yes" else "reopened"), word
    path = list(NeedStep.objects.filter(id=world.need).order_by("n").values_list("kind", flat=True))
    assert path == ["opened", "owned", "done", "told", "partly", "done", "told", "no", "done", "told", "yes"]
    assert "您说办好了" in by_square(client, slip.code).content.decode()


def test_a_key_pressed_twice_says_no_once_and_is_answered_alike(client, world):
    slip = told_done(world)
    page, other = by_square(client, slip.code), by_square(client, slip.code)
    for one, more in ((page, {"words": "少 6 捆"}), (page, {"words": "少 6 捆"}), (other, {})):
        answer = say(client, one, slip.code, "word", word="no", **more)
        assert answer.status_code == 200
        assert "您的话记下了" in answer.content.decode()
    assert Entry.objects.filter(kind="need_word").count() == 1


def test_what_one_of_two_askers_said_is_not_put_into_the_others_mouth(client, world):
    mine, theirs = two_askers(client, world)
    assert "等您一句话" in by_square(client, mine.code).content.decode()
    assert "您说办好了" in say(client, by_square(client, mine.code), mine.code, "word", word="yes").content.decode()
    assert "等您一句话" in by_square(client, theirs.code).content.decode(), "it is not over for the other"
    assert "还有没办好的吗" in by_square(client, mine.code).content.decode()
    say(client, by_square(client, theirs.code), theirs.code, "word", word="no")
    assert "您说还没有办好" in by_square(client, theirs.code).content.decode()
    assert "您说还没有办好" not in by_square(client, mine.code).content.decode()


@pytest.mark.parametrize(("says", "more"), [("word", {"word": "partly"}), ("treated", {})])
def test_what_is_refused_stands_in_its_form_once_more(client, world, says, more):
    slip, written = told_done(world), "来了三回 <b>11010519491231002X</b>"
    answer = say(client, by_square(client, slip.code), slip.code, says, words=written, **more)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in text
    box = re.search(rf'<textarea id="{"missing" if says == "word" else "treated"}"[^>]*>\n(.*?)</textarea>', text)
    assert box is not None
    assert box[1] == "来了三回 &lt;b&gt;11010519491231002X&lt;/b&gt;"
    assert text.count("来了三回") == 1
    assert ('value="partly" required checked' in text) == (says == "word")
    assert answer["Cache-Control"] == "no-store"
    assert not Sealed.objects.filter(text__contains="来了三回").exists()
    assert "来了三回" not in by_square(client, slip.code).content.decode()
    mended = say(client, answer, slip.code, says, words="来了三回", **more)
    assert mended.status_code == 200
    assert Sealed.objects.filter(text="来了三回").exists()


def test_what_was_written_on_a_page_that_lay_open_too_long_is_there_again(client, world):
    slip = told_done(world)
    old = client.post(f"/r/{slip.code}/", {"draft": "none", "says": "treated", "words": "等了三回"})
    assert old.status_code == 422
    assert "等了三回</textarea>" in old.content.decode()
    assert say(client, old, slip.code, "treated", words="等了三回").status_code == 200


def test_nobody_of_the_office_records_a_word_as_if_it_came_by_a_slip(world):
    told_done(world)
    body = NeedWord1(need=world.need, household=world.house_1.id, word="yes", through="slip")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.sec, on=date(2026, 6, 21))
    [receipt] = world.receive(item, by=world.sec)
    assert receipt.code == "not_by_a_slip"


def test_a_word_that_is_none_says_nothing(client, world):
    slip = told_done(world)
    assert (
        "您的话记下了"
        not in say(client, by_square(client, slip.code), slip.code, "word", word="maybe").content.decode()
    )
    assert not Entry.objects.filter(kind="need_word").exists()


REPLY = {
    "since": "2026-01-01", "source": "a notice", "minutes": 20, "proven_by": ["told"], "after": ["heard", "reopened"],
    "within": {"working_days": {"consult": 3, "request": 5, "hard": 15}}, "extended_by": ["interim_note"],
    "extensions": 1,
}  # fmt: skip


def test_it_says_by_when_they_hear_while_that_day_is_to_come(client, world):
    rule = LocalEdition(
        log=TOWNSHIP, id=world.need, duty="need-reply", since=date(2026, 1, 1), told=canonical.write(REPLY),
        state="approved", proposed_by=world.wang.id, proposed_on=date(2026, 1, 1), source_withdrawn=False,
        wordings="{}",
    )  # fmt: skip
    rule.save(force_insert=True)
    slip, need = given_slip(world), Need.objects.get(id=world.need)
    assert matter_of(MatterSlip.objects.get(id=slip.key), clock.today()).next_day is None, "that day has long gone by"
    row = MatterSlip.objects.get(id=slip.key)
    assert matter_of(row, need.opened_on).next_day == date(2026, 5, 27)
    step(world, "told", told_of="interim", way="phone_call", until=date(2026, 6, 5), on=date(2026, 5, 26))
    assert matter_of(row, date(2026, 5, 28)).next_day == date(2026, 6, 5)
    step(world, "told", told_of="interim", way="phone_call", until=date(2026, 6, 25), on=date(2026, 6, 20))
    assert matter_of(row, date(2026, 6, 21)).next_day == date(2026, 6, 25), "promised to them, though it came too late"
    Need.objects.filter(id=need.id).update(opened_on=clock.today())
    assert "最晚哪天" in by_square(client, slip.code).content.decode()


def test_whoever_works_there_reads_on_the_card_that_a_call_is_asked_for_until_they_were_told(client, desk, world):
    slip = given_slip(world)
    say(client, by_square(client, slip.code), slip.code, "call")
    card = reverse("desk:household", args=[world.house_1.id])
    asks = "Asks to be called"
    there = desk.of(world.lin)
    assert asks in there.get(card, headers={"Accept-Language": "en"}).content.decode()
    MatterSlip.objects.update(call_asked_on=date(2026, 6, 19))
    step(world, "doing")
    assert asks in there.get(card, headers={"Accept-Language": "en"}).content.decode()
    step(world, "told", told_of="answer", way="phone_call")
    assert asks not in there.get(card, headers={"Accept-Language": "en"}).content.decode()


def two_askers(client, world):
    """Let the need of house_1 go into one that house_2 told, both with a slip, and both be told that it is done."""
    mine, stays = given_slip(world), other_need(world)
    [theirs] = print_slips(world, world.lin)
    merged = NeedMerger1(gone=world.need, stays=stays, askers=[Asker(world.need, world.house_1.id)])
    gives = MatterSlip1(slip=theirs.key, matter=stays, what="need", household=world.house_2.id)
    for body, saw in ((merged, {f"{world.need}.called": None}), (gives, {f"{theirs.key}.given": None})):
        item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=date(2026, 6, 18), saw=saw)
        [receipt] = world.receive(item, by=world.lin)
        assert receipt.outcome == "accepted", receipt
    step(world, "done", need=stays, outcome="solved")
    step(world, "told", need=stays, told_of="done", way="phone_call")
    step(world, "told", need=stays, told_of="done", way="phone_call", asker=world.need, household=world.house_1.id)
    return mine, theirs


def test_who_asked_under_a_need_that_went_into_another_keeps_slip_and_word(client, world):
    slip, stays = given_slip(world), world.pen.new_id()
    words = world.pen.seal(stays, "渠也塌了")
    told = [NeedHeard(need=stays, sort="water", words=words.digest, household=world.house_2.id)]
    visit = Visit1(channel="visit", households=[world.house_2.id], outcome="met", needs=told)
    merged = NeedMerger1(gone=world.need, stays=stays, askers=[Asker(world.need, world.house_1.id)])
    saw = {f"{world.need}.called": None}
    for body, more in ((visit, {"sealed": [words]}), (merged, {"saw": saw})):
        item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=date(2026, 6, 18), **more)
        [receipt] = world.receive(item, by=world.lin)
        assert receipt.outcome == "accepted", receipt
    house_1 = {"need": stays, "asker": world.need, "household": world.house_1.id}
    step(world, "done", need=stays, outcome="solved")
    step(world, "told", told_of="done", way="phone_call", **house_1)
    step(world, "told", need=stays, told_of="done", way="phone_call")
    assert "您的话记下了" in say(client, by_square(client, slip.code), slip.code, "word", word="no").content.decode()
    assert Need.objects.get(id=stays).state == "reopened"
    entry = Entry.objects.get(kind="need_word")
    assert f'"need":"{stays}"' in entry.said
    assert f'"asker":"{world.need}"' in entry.said
