"""The page of an entry: what each reader may know of it, who may mend it, and what stays of what was taken back."""

import json
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.kinds.postings import PostingChange1
from concerto.journal.models import Entry, Sealed
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.disputes.models import Lead
from concerto.parts.visits.models import Visit
from concerto.places.models import Opening
from concerto.register.models import Household, Posting
from tests.cast import NOON, VILLAGE_A, VILLAGE_B

from .visiting import draft_of, entry_of, visited

NOTE, NEED = "草场边的水渠塌了一段", "想修水渠"


def entry_page(desk, account, entry):
    return desk.of(account).get(reverse("desk:entry", args=[entry]))


def corrected(desk, account, entry, **fields):
    client, address = desk.of(account), reverse("desk:entry-correct", args=[entry])
    form = client.get(address)
    assert form.status_code == 200
    shown = form.context["form"]
    told = {name: shown[name].value() for name in shown.fields if shown[name].value() not in (None, "")}
    return client.post(address, told | {"draft": draft_of(form)} | fields)


def withdrawn(desk, account, entry):
    client, address = desk.of(account), reverse("desk:entry-withdraw", args=[entry])
    return client.post(address, {"draft": draft_of(client.get(address))})


def digest_of(text):
    return Sealed.objects.get(text=text).digest


def ended(world, name):
    """End somebody's posting at the end of June."""
    posting = Posting.objects.get(account=getattr(world, name).id)
    body = PostingChange1(posting=posting.id, until=NOON.date())
    saw = {f"{posting.id}.until": UUID(json.loads(posting.wordings)["until"])}
    [receipt] = world.receive(world.pen.item(body, unit=posting.unit, saw=saw))
    assert receipt.stands, receipt


def moved(world, house):
    """Move a household from village A to village B."""
    row = Household.objects.get(id=house.id)
    saw = {f"{row.id}.village": UUID(json.loads(row.wordings)["village"])}
    move = HouseholdChange1(household=row.id, village=VILLAGE_B)
    [receipt] = world.receive(world.pen.item(move, unit=VILLAGE_A, saw=saw))
    assert receipt.stands, receipt


# ---------------------------------------------------------------- who sees what


SEES = [*((who, 200) for who in ("lin", "sec", "med", "wang", "zhou")), ("ma", 404), ("other", 404)]


@pytest.mark.parametrize(("who", "status"), [*SEES, ("gao", 403), ("adm", 403), ("pri", 403)])
def test_an_entry_is_there_for_those_who_see_where_it_was_recorded(desk, world, who, status):
    assert entry_page(desk, getattr(world, who), world.visit).status_code == status


def test_an_entry_that_is_nowhere_is_not_there(desk, lin):
    assert entry_page(desk, lin, uuid4()).status_code == 404


@pytest.mark.parametrize(("who", "shown", "offered"), [("lin", True, False), ("sec", False, True), ("med", False, True),
                                                       ("wang", False, False), ("zhou", False, False)])  # fmt: skip
def test_sealed_words_are_open_to_their_author_and_closed_to_the_near_until_asked(desk, world, who, shown, offered):
    page = entry_page(desk, getattr(world, who), world.visit).content.decode()
    assert (NOTE in page) is shown
    assert (NEED in page) is shown
    assert (reverse("desk:entry-words", args=[world.visit, digest_of(NOTE)]) in page) is offered


def test_opening_words_is_noted_about_the_household(desk, sec, house_1, world):
    client = desk.of(sec)
    answer = client.post(reverse("desk:entry-words", args=[world.visit, digest_of(NEED)]))
    assert NEED in answer.content.decode()
    assert NOTE not in answer.content.decode()
    note = Opening.objects.get()
    assert (note.by, note.what, note.about, note.part) == (sec.id, "words", house_1.id, digest_of(NEED))


@pytest.mark.parametrize("who", ["wang", "zhou", "ma", "lin"])
def test_words_that_are_not_closed_to_a_reader_cant_be_asked_for(desk, world, who):
    answer = desk.of(getattr(world, who)).post(reverse("desk:entry-words", args=[world.visit, digest_of(NOTE)]))
    assert answer.status_code == 404
    assert NOTE not in answer.content.decode()
    assert not Opening.objects.exists()


def test_words_for_their_author_alone_are_sealed_to_all_others(desk, lin, sec, house_1):
    entry = entry_of(visited(desk.of(lin), house_1, words="只给自己看", words_for="author"))
    assert "只给自己看" in entry_page(desk, lin, entry).content.decode()
    assert "只给自己看" not in entry_page(desk, sec, entry).content.decode()
    assert desk.of(sec).post(reverse("desk:entry-words", args=[entry, digest_of("只给自己看")])).status_code == 404


def test_when_a_household_moves_its_old_village_reads_its_words_no_more(desk, sec, ma, house_1, world):
    moved(world, house_1)
    page = entry_page(desk, sec, world.visit).content.decode()
    assert reverse("desk:entry-words", args=[world.visit, digest_of(NOTE)]) not in page
    assert "阿依努尔" not in page
    assert "上泉村" in page


def test_when_a_household_moves_its_new_village_reads_what_came_along(desk, ma, house_1, world):
    assert entry_page(desk, ma, world.visit).status_code == 404
    moved(world, house_1)
    page = entry_page(desk, ma, world.visit).content.decode()
    assert "阿依努尔·木拉提" in page
    assert NOTE not in page
    opened = desk.of(ma).post(reverse("desk:entry-words", args=[world.visit, digest_of(NOTE)]))
    assert NOTE in opened.content.decode()
    assert Opening.objects.get().about == house_1.id


def test_a_lead_is_its_authors_and_the_desks_alone(desk, lin, sec, wang, zhou, house_1):
    entry = entry_of(visited(desk.of(lin), house_1, lead="heard", lead_sort="wages", lead_words="工钱没给"))
    pages = {a.name: entry_page(desk, a, entry).content.decode() for a in (lin, sec, wang, zhou)}
    told = {name: "工钱没给" in page for name, page in pages.items()}
    known = {name: "on-disputes is-posted" in page for name, page in pages.items()}
    named = {name: "工钱</dd>" in page for name, page in pages.items()}
    assert told == {"lin": True, "sec": False, "wang": False, "zhou": False}
    assert known == named == {"lin": True, "sec": False, "wang": False, "zhou": True}


@pytest.mark.parametrize("outcome", ["declined", "not_now", "nobody_home"])
def test_above_the_village_whoever_declined_was_met_and_the_others_just_not_met(desk, lin, wang, sec, house_2, outcome):
    entry = entry_of(visited(desk.of(lin), house_2, met=[outcome]))
    words = {"declined": "不愿谈", "not_now": "现在不方便", "nobody_home": "没见到人"}
    near, above = (entry_page(desk, who, entry).content.decode() for who in (sec, wang))
    assert words[outcome] in near
    assert not any(word in above for word in words.values())
    assert ("没有变化" if outcome == "declined" else "没见到") in above


# ---------------------------------------------------------------- correcting


def test_a_correction_restates_the_whole_and_keeps_untouched_words(desk, lin, world):
    before = Sealed.objects.count()
    assert corrected(desk, lin, world.visit, topics=["pension"]).status_code == 302
    assert Sealed.objects.count() == before
    line = AssistanceLine.objects.get(id=world.need)
    assert (line.words, line.entry) == (digest_of(NEED), world.visit)
    page = entry_page(desk, lin, world.visit).content.decode()
    assert NOTE in page
    assert NEED in page
    assert "养老保险" in page


def test_words_corrected_away_are_hidden_from_all_but_their_author(desk, lin, sec, world):
    assert corrected(desk, lin, world.visit, words="水渠修好了", words_for="place").status_code == 302
    assert NOTE in entry_page(desk, lin, world.visit).content.decode()
    page = entry_page(desk, sec, world.visit).content.decode()
    assert NOTE not in page
    assert digest_of(NOTE) not in page
    assert desk.of(sec).post(reverse("desk:entry-words", args=[world.visit, digest_of(NOTE)])).status_code == 404


def test_while_its_author_serves_there_nobody_else_corrects_it(desk, sec, wang, world):
    for who in (sec, wang):
        assert (
            reverse("desk:entry-correct", args=[world.visit]) not in entry_page(desk, who, world.visit).content.decode()
        )
        assert desk.of(who).get(reverse("desk:entry-correct", args=[world.visit])).status_code == 404
        assert desk.of(who).get(reverse("desk:entry-withdraw", args=[world.visit])).status_code == 404


def test_after_the_posting_who_follows_corrects_without_reading_what_is_not_theirs(desk, lin, sec, house_1, world):
    lead = {"lead": "heard", "lead_sort": "wages", "lead_words": "工钱没给"}
    entry = entry_of(visited(desk.of(lin), house_1, words="只给自己看", need_words_1="缺草", **lead))
    ended(world, "lin")
    form = desk.of(sec).get(reverse("desk:entry-correct", args=[entry])).content.decode()
    assert "只给自己看" not in form
    assert "工钱没给" not in form
    assert "缺草" in form
    assert corrected(desk, sec, entry, channel="phone_call").status_code == 302
    assert Visit.objects.get(entry=entry).kind == "phone_call"
    line = Lead.objects.get(entry=entry)
    assert (line.words, line.by) == (digest_of("工钱没给"), lin.id)
    assert "on-disputes is-posted" not in entry_page(desk, sec, entry).content.decode()


def test_two_who_correct_at_once_are_not_written_over_each_other(desk, lin, world):
    client, address = desk.of(lin), reverse("desk:entry-correct", args=[world.visit])
    slow = client.get(address)
    assert corrected(desk, lin, world.visit, topics=["pension"]).status_code == 302
    shown = slow.context["form"]
    told = {name: shown[name].value() for name in shown.fields if shown[name].value() not in (None, "")}
    answer = client.post(address, told | {"draft": draft_of(slow), "topics": ["employment"]})
    assert answer.status_code == 302
    assert "林晓" in client.get(answer.url).content.decode()  # both sides, in the tray


# ---------------------------------------------------------------- withdrawing


def test_a_withdrawn_entry_stands_in_no_ledger_and_stays_in_brackets(desk, lin, sec, world):
    assert withdrawn(desk, lin, world.visit).status_code == 302
    assert not Visit.objects.filter(entry=world.visit).exists()
    assert NOTE in entry_page(desk, lin, world.visit).content.decode()
    page = entry_page(desk, sec, world.visit).content.decode()
    assert NOTE not in page
    assert NEED not in page
    assert "撤回了" in page


def test_a_withdrawal_is_said_twice_as_one(desk, lin, world):
    client, address = desk.of(lin), reverse("desk:entry-withdraw", args=[world.visit])
    form = {"draft": draft_of(client.get(address))}
    assert [client.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(first=world.visit).count() == 2


# ---------------------------------------------------------------- the register


def test_entries_of_the_register_say_which_fields_they_speak_of(desk, lin, zhou, house_1):
    entry = Entry.objects.get(kind="household", id__in=Entry.objects.filter(kind="household").values("id"),
                              said__contains=str(house_1.id))  # fmt: skip
    near, desk_page = (entry_page(desk, who, entry.id).content.decode() for who in (lin, zhou))
    assert "上泉村" in near
    assert "县城三区 5 号" not in near
    assert "写了" in desk_page
    assert "阿依努尔" not in desk_page


def test_every_kind_of_entry_has_a_page(desk, wang, world):
    for entry, kind in Entry.objects.filter(log=world.township.id).values_list("id", "kind"):
        assert entry_page(desk, wang, entry).status_code == 200, kind


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_its_pages_answer_in_both_languages(desk, lin, world, language):
    client = desk.of(lin)
    for name in ("entry", "entry-correct", "entry-withdraw", "visit-saved"):
        answer = client.get(reverse(f"desk:{name}", args=[world.visit]), headers={"accept-language": language})
        assert answer.status_code == 200, name


def test_the_number_of_statements_does_not_grow_with_what_was_said(
    desk, lin, house_1, world, django_assert_max_num_queries
):
    client = desk.of(lin)
    entry = entry_of(
        visited(client, house_1, **{f"need_words_{n}": f"第 {n} 件" for n in (1, 2, 3)}, topics=["pension"])
    )
    with django_assert_max_num_queries(45):
        client.get(reverse("desk:entry", args=[entry]))
