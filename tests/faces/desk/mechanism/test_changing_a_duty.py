"""A duty is changed by a proposal that first says what it does, and that somebody else answers."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from concerto.faces.desk.mechanism import reading
from concerto.groundwork import clock
from concerto.journal.kinds.postings import Posting1
from concerto.papers.mechanism_change import _in_all, _told
from concerto.papers.standing import local
from concerto.register.models import LocalEdition
from concerto.rulebook import sense
from concerto.rulebook.duty import Edition, Unit, Within
from concerto.rulebook.effect import Share
from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.period import Every, period_of
from concerto.rulebook.terms import terms
from tests.cast import FIRST_DAY, TOWNSHIP
from tests.faces.desk.browsing import Browser, shown

pytestmark = pytest.mark.django_db
DUTY = "four-ones-visit"


@pytest.fixture
def wang_s(desk, world, home):
    return Browser(desk, world.wang)


@pytest.fixture
def colleague(desk, world, wang_s):
    """A second organizer; each request signs in anew, since a browser keeps one person at a time."""
    post = Posting1(
        posting=world.pen.new_id(), account=world.newcomer.id, unit=TOWNSHIP, role="township_organizer", since=FIRST_DAY
    )  # fmt: skip
    [receipt] = world.receive(world.pen.item(post, unit=TOWNSHIP))
    assert receipt.stands
    return world.newcomer


def next_month():
    today = clock.today()
    return period_of(Every.MONTH, today).last + timedelta(days=1)


def filled(browser, **typed):
    return browser.filled("duty-propose", DUTY, source="乡通知2026-9号", **typed)


def looked_at(browser, **typed):
    """Fill the form in and look at what it does; give what the page then would send."""
    answer = browser.post("duty-propose", DUTY, data={**filled(browser, **typed), "preview": "1"})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode(), shown(answer)


def proposed(browser, **typed):
    _text, data = looked_at(browser, **typed)
    answer = browser.post("duty-propose", DUTY, data={**data, "propose": "1"})
    assert answer.status_code == 302, answer.content.decode()
    return LocalEdition.objects.get()


def test_what_it_does_and_costs_is_said_before_it_is_set(wang_s):
    text, data = looked_at(wang_s, need=3, minutes_=20)
    assert LocalEdition.objects.count() == 0
    assert "+2" in text  # one helped household in village A: three calls a month instead of one
    assert "240.0 → 466.7" in text  # 8 helped households a month: 1 × 30 minutes, then 3 × 20, one of them in a round
    assert data["looked_at"]


def test_more_than_once_a_day_is_refused_in_words_before_it_is_previewed(wang_s):
    answer = wang_s.post("duty-propose", DUTY, data={**filled(wang_s, need=999), "preview": "1"})
    assert answer.status_code == 422
    assert "不能要求一天超过一次，这里最多 31" in answer.content.decode()
    assert "→" not in answer.content.decode().split("<form", 1)[1]


def test_post_by_post_it_is_told_to_the_organizer_alone_and_small_numbers_to_nobody_else(desk, world, wang_s):
    row = proposed(wang_s, need=3)
    assert "上泉村党建指导员" in wang_s.text("proposal", row.id)
    for who in (world.lin, world.sec, world.zhou, world.gao):
        due = Browser(desk, who).text("proposal", row.id).split('id="change"')[1].split("</section>")[0]
        assert "所有该办的人合计" in due
        assert "&lt;5" in due
        assert "增加" in due
        for hidden in ("上泉村", "中泉村", "+2", ">1<", ">3<"):
            assert hidden not in due, hidden


def test_larger_numbers_are_told_in_all_and_those_under_five_are_not():
    def told(*shares):
        return [(one.before, one.after, one.more) for one in _in_all([Share(None, *share) for share in shares])]

    with override("en"):
        assert told((4, 8), (3, 6)) == [("7", "14", "+7")]
        assert told((4, 6), (3, 4)) == [("7", "more", "<5")]  # two numbers would tell the third
        assert told((1, 0), (1, 0)) == [("<5", "fewer", "<5")]
        assert told((9, 9)) == [("9", "9", "0")]
        assert told() == []


def test_what_persons_owe_for_themselves_is_told_in_all_to_the_organizer_too(world):
    with override("en"):
        [alone] = _told(world.lin.log, [Share(None, 3, 6)], in_posts=True)
        assert (alone.before, alone.after, alone.more) == ("<5", "more", "<5")


def test_of_two_that_wait_for_one_day_one_is_approved_and_the_next_begins_later(desk, world, wang_s, colleague):
    first, day = proposed(wang_s, need=3), date_format(next_month(), "DATE_FORMAT")
    _text, data = looked_at(wang_s, need=2)
    assert wang_s.post("duty-propose", DUTY, data={**data, "propose": "1"}).status_code == 302
    second = LocalEdition.objects.exclude(id=first.id).get()

    other = Browser(desk, colleague)
    assert other.send("proposal", first.id, answer="approve").status_code == 302
    answer = other.send("proposal", second.id, answer="approve")
    assert answer.status_code == 422
    assert "每一版要晚于前一版" in answer.content.decode()
    assert LocalEdition.objects.get(id=second.id).state == "proposed"

    offered = filled(other, need=4)
    assert offered["since"][0] > next_month().isoformat()  # the first turn after it
    same = other.post("duty-propose", DUTY, data={**offered, "since": next_month().isoformat(), "preview": "1"})
    assert same.status_code == 422
    assert f"从 {day} 起；每一版要晚于前一版" in same.content.decode()


def test_what_proves_it_is_asked_for_by_its_name(wang_s):
    data = filled(wang_s, need=3)
    asked = wang_s.text("duty-propose", DUTY).split('data-field="ways"')[1].split("</legend>")[0]
    assert "可不填" not in asked
    without = {**data, "ways": [], "preview": "1"}
    answer = wang_s.post("duty-propose", DUTY, data=without)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请至少勾一种" in text.split('data-field="ways"')[1].split("</fieldset>")[0]
    assert "proven_by" not in text
    assert wang_s.post("duty-propose", DUTY, data={**without, "repealed": "on"}).status_code == 200


def test_nothing_is_proposed_that_was_not_looked_at(wang_s):
    _text, data = looked_at(wang_s, need=3)
    answer = wang_s.post("duty-propose", DUTY, data={**data, "need": "4", "propose": "1"})
    assert answer.status_code == 200
    assert LocalEdition.objects.count() == 0


def test_a_proposal_is_dated_and_somebody_else_approves_it(desk, world, wang_s, colleague):
    row = proposed(wang_s, every="QUARTER", since=first_of_quarter())
    assert (row.state, row.since) == ("proposed", first_of_quarter())
    own = wang_s.text("proposal", row.id)
    assert 'value="withdraw"' in own
    assert 'value="approve"' not in own

    theirs = Browser(desk, colleague)
    assert theirs.send("proposal", row.id, answer="approve").status_code == 302
    row = LocalEdition.objects.get()
    assert (row.state, row.answered_by) == ("approved", colleague.id)
    assert "林晓" not in theirs.text("duty", DUTY)
    assert "王立新" in theirs.text("duty", DUTY)


def first_of_quarter():
    return period_of(Every.QUARTER, clock.today()).last + timedelta(days=1)


def test_the_county_answers_what_one_organizer_alone_proposed(desk, world, wang_s):
    row = proposed(wang_s, need=2)
    gao = Browser(desk, world.gao)
    text = gao.text("proposal", row.id)
    assert text.index("要花多少时间") < text.index('value="approve"')  # what it costs is read first, on a phone too
    assert gao.send("proposal", row.id, answer="refuse").status_code == 302
    assert LocalEdition.objects.get().state == "refused"


def test_who_proposed_it_cannot_approve_it_and_can_take_it_back(wang_s):
    row = proposed(wang_s, need=2)
    assert wang_s.send("proposal", row.id, answer="approve").status_code == 404
    assert wang_s.send("proposal", row.id, answer="withdraw").status_code == 302
    assert not LocalEdition.objects.filter(source_withdrawn=False).exists()
    assert wang_s.open("proposal", row.id).status_code == 404


def test_an_instructor_reads_a_proposal_and_answers_none(desk, world, wang_s):
    row = proposed(wang_s, need=2)
    lin = Browser(desk, world.lin)
    assert 'value="approve"' not in lin.text("proposal", row.id)
    assert lin.client.post(reverse("desk:proposal", args=[row.id]), {"answer": "approve"}).status_code == 200
    assert LocalEdition.objects.get().state == "proposed"


def costs_of(browser, duty, **typed):
    data = {**browser.filled("duty-propose", duty, source="乡通知2026-9号", **typed), "preview": "1"}
    answer = browser.post("duty-propose", duty, data=data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_cost_that_falls_since_other_duties_count_its_records_says_which(wang_s):
    since = period_of(Every.QUARTER, clock.today()).last + timedelta(days=1)
    text = costs_of(wang_s, "theme-day", every="QUARTER", since=since.isoformat())
    assert "100.0 → 0.0" in text
    assert re.search("只算一次，按用时最多的那项算。办这项的记录，有些或全部已算在：.*会中集中学习一小时", text)
    alone, _data = looked_at(wang_s, minutes_=31)
    assert "已算在：" not in alone


def test_a_cost_that_moves_from_another_duty_says_from_which(wang_s):
    text = costs_of(wang_s, "members-meeting", minutes_branch_secretary=900)
    assert re.search(r"一位支部书记的“组织生活会”：15.0 → 0.0。\s*一条记录办了两项", text), text
    unmoved, _data = looked_at(wang_s, minutes_=31)
    assert "一条记录办了两项" not in unmoved


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ways": ["visit", "need_raised"]}, "need_raised"),
        ({"ways": ["visit", "deed"]}, "nothing_wanted"),
        ({"ways": ["visit", "need_solved"]}, "nothing_wanted"),
        ({"since": "2026-01-01"}, "必须更晚开始"),
        ({"since": (next_month() + timedelta(days=3)).isoformat()}, "请选一期的第一天"),
        ({}, "与现行的没有不同"),
    ],
)
def test_nonsense_is_refused_with_words(wang_s, typed, said):
    answer = wang_s.post("duty-propose", DUTY, data={**filled(wang_s, **typed), "preview": "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_duty_that_is_not_there_is_not_changed(wang_s):
    assert wang_s.open("duty-propose", "org-life").status_code == 200
    assert wang_s.open("duty-propose", "no-such-duty").status_code == 404


# ---------------------------------------------------------------- a duty to answer

ANSWER = "case-accept"


@pytest.fixture
def with_an_answer(monkeypatch):
    """A mechanism in which a case must be answered within three working days, by a kind of entry: neither ships yet."""
    edition = Edition(
        since=FIRST_DAY, source="乡通知2026-1号", minutes={"": 5}, proven_by=("accepted", "returned"),
        after=("sent",), within=Within(Unit.WORKING_DAYS, {"": 3}), until=("withdrawn",),
    )  # fmt: skip
    whole = mechanism().amended({ANSWER: [edition]})
    for room in (local, reading):
        monkeypatch.setattr(room, "mechanism", lambda: whole)
    listed = terms()
    proofs = {**listed.proofs, "accepted": replace(listed.proofs["accepted"], given=True)}
    monkeypatch.setattr(sense, "terms", lambda: replace(listed, proofs=proofs))
    return whole


def test_a_time_to_answer_is_changed_with_the_day_it_moves_to(wang_s, with_an_answer):
    since, days = next_month(), with_an_answer.days
    now, then = (Within(Unit.WORKING_DAYS, {"": n}).due(since, days).on for n in (3, 5))
    answer = wang_s.post("duty-propose", ANSWER, data=answered(wang_s, since=since, within_=5))
    text = answer.content.decode()
    assert answer.status_code == 200, text
    assert f"现在应在 {said(now)} 前办，以后应在 {said(then)} 前办" in text
    assert "有什么不同" in text


def test_a_time_to_answer_that_stays_and_one_that_ends_are_said(wang_s, with_an_answer):
    same = wang_s.post("duty-propose", ANSWER, data=answered(wang_s, since=next_month(), minutes_=9))
    assert "要答复的日子不变" in same.content.decode()
    ends = wang_s.post("duty-propose", ANSWER, data=answered(wang_s, since=next_month(), repealed="on"))
    assert "从那天起来的，不再要办" in ends.content.decode()


def answered(browser, **typed):
    typed = {name: one.isoformat() if isinstance(one, date) else one for name, one in typed.items()}
    return {**browser.filled("duty-propose", ANSWER, source="乡通知2026-9号", **typed), "preview": "1"}


def said(day):
    with override("zh-hans"):
        return date_format(day, "DATE_FORMAT")
