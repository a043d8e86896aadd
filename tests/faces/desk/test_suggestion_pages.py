"""Suggestions at the desk: passed upward, read, replied to; and whose one was is on no page, file or paper."""

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse

from concerto.groundwork import clock
from concerto.journal.models import Entry, Tray
from concerto.parts.assistance.models import Suggestion
from tests.cast import VILLAGE_A
from tests.register.slips import print_slips
from tests.suggestions import WORDS, brought, replied

pytestmark = pytest.mark.django_db
LIST, NEW = "desk:suggestions", "desk:suggestion-new"
READ_BY = ("wang", "zhou")
EVERYBODY = ("lin", "ma", "sec", "med", "zhou", "wang", "gao", "adm", "pri")


def shown(answer) -> str:
    assert answer.status_code in (200, 422), answer.status_code
    return str(answer.content.decode())


def hidden(text: str) -> str:
    return re.search(r'name="draft" value="([^"]+)"', text)[1]


def passed(client, **told):
    data = {"draft": hidden(shown(client.get(reverse(NEW)))), "topic": "water_and_roads", "words": WORDS, **told}
    return client.post(reverse(NEW), data)


def month():
    return clock.today().replace(day=1)


def test_it_is_passed_upward_once_and_read_at_the_townships_desk(desk, world):
    client = desk.of(world.lin)
    draft = hidden(shown(client.get(reverse(NEW))))
    told = {"draft": draft, "topic": "water_and_roads", "words": WORDS}
    for _ in range(2):
        assert client.post(reverse(NEW), told).status_code == 302
    assert Suggestion.objects.get().month == month()
    assert WORDS not in shown(client.get(reverse(LIST)))
    for name in READ_BY:
        assert WORDS in shown(desk.of(getattr(world, name)).get(reverse(LIST)))


def test_what_names_somebody_stays_on_its_page_with_its_words_and_can_be_sent_again(desk, world):
    client = desk.of(world.lin)
    name = next(iter(world.house_1.people))
    answer = passed(client, words=f"{name}家门口的路该修了")
    page = shown(answer)
    assert answer.status_code == 422
    assert "家门口的路" in page
    assert not Tray.objects.exists()
    again = {"draft": hidden(page), "topic": "other", "words": "村口的路该修了"}
    assert client.post(reverse(NEW), again).status_code == 302
    assert '"instead_of":[]' in Entry.objects.get(kind="suggestion").said


def test_a_small_village_is_not_offered_and_the_form_says_so(desk, world, monkeypatch):
    client = desk.of(world.lin)
    page = shown(client.get(reverse(NEW)))
    assert 'name="village"' not in page
    assert "不到 20 户" in page
    monkeypatch.setattr("concerto.conductor.suggestions.FEWEST_HOUSEHOLDS", 1)
    assert passed(client, village=str(VILLAGE_A)).status_code == 302
    assert Suggestion.objects.get().village == VILLAGE_A


def test_a_slip_takes_the_answer_back_and_its_page_at_the_desk_says_nothing_of_it(desk, world):
    [slip] = print_slips(world, world.lin)
    client = desk.of(world.lin)
    before = shown(client.get(reverse("desk:slips-one", args=[slip.serial])))
    assert passed(client, serial=slip.serial[::-1]).status_code == 422
    assert passed(client, serial=slip.serial).status_code == 302
    assert Suggestion.objects.get().slip == slip.key
    after = shown(client.get(reverse("desk:slips-one", args=[slip.serial])))
    plain = [re.sub(r"nonce-[^\"']+|csrf\w+\"[^>]*|nonce=\"[^\"]+\"", "", text) for text in (before, after)]
    main = [re.search(r"<main.*</main>", text, re.DOTALL)[0] for text in plain]
    assert re.sub(r"<[^>]*message.*?</[^>]+>", "", main[1]).count("社情") == main[0].count("社情")
    assert slip.serial not in shown(desk.of(world.wang).get(reverse(LIST)))


def test_the_desk_replies_and_what_does_not_follow_is_not_offered(desk, world):
    one = brought(world, world.lin, on=month(), at=clock.now())
    client = desk.of(world.zhou)
    where = reverse("desk:suggestion-reply", args=[one.body.suggestion])
    page = shown(client.get(where))
    wrong = client.post(where, {"draft": hidden(page), "state": "answered"})
    assert wrong.status_code == 422
    told = {"draft": hidden(shown(wrong)), "state": "passed_on", "to": "县交通局", "words": "秋天之前会来看"}
    assert client.post(where, told).status_code == 302
    listed = shown(client.get(reverse(LIST)))
    assert "县交通局" in listed
    assert "已转出" in listed
    assert desk.of(world.lin).get(where).status_code == 403


def test_above_the_township_a_number_below_five_is_not_told(desk, world):
    for n in range(6):
        brought(world, world.lin, topic="school" if n < 5 else "health", on=month(), at=clock.now())
    page = shown(desk.of(world.gao).get(reverse(LIST)))
    assert re.search(r"上学和孩子</th>\s*<td[^>]*>5<", page)
    assert "&lt;5" in page
    assert WORDS not in page


def test_pages_go_on_behind_the_last_line_and_ask_the_same_whatever_their_number(
    desk, world, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("concerto.faces.desk.suggestions.listed.PAGE", 4)
    for _ in range(9):
        brought(world, world.lin, on=month(), at=clock.now())
    client, found, where = desk.of(world.wang), [], reverse(LIST)
    while where:
        with django_assert_max_num_queries(16):
            page = shown(client.get(where))
        found += re.findall(r"/suggestions/([0-9a-f-]{36})/", page)
        older = re.search(r'href="(/[^"]*after=[^"]+)" rel="next"', page)
        where = older[1].replace("&amp;", "&") if older else ""
    assert len(found) == 9
    assert found == sorted(found)


def every_page_without_a_key() -> list[str]:
    patterns = get_resolver().namespace_dict["desk"][1].url_patterns
    return [reverse(f"desk:{one.name}") for one in patterns if "<" not in str(one.pattern)]


def test_no_page_of_anybody_differs_by_whose_a_suggestion_was(desk, world):
    """Two suggestions by two authors; nowhere stand their entries' keys, devices, or the author beside them."""
    now = clock.now()
    ones = [brought(world, by, on=month(), at=now) for by in (world.med, world.ma)]
    assert replied(world, ones[0], world.wang, "answered", at=now).stands
    entries = list(Entry.objects.filter(kind__startswith="suggestion"))
    keys = {str(entry.id) for entry in entries} | {entry.digest for entry in entries}
    for name in EVERYBODY:
        client = desk.of(getattr(world, name))
        pages = [*every_page_without_a_key(), *(reverse("desk:entry", args=[entry.id]) for entry in entries)]
        pages += [
            reverse("desk:ledger", args=[part]) for part in ("study", "branch", "visits", "disputes", "assistance")
        ]
        for page in pages:
            answer = client.get(page)
            text = answer.content.decode()
            assert [key for key in keys if key in text and key not in page] == [], (name, page)
            if "/suggestions/" not in page and answer.status_code == 200:
                assert WORDS not in text, (name, page)
                assert "water_and_roads" not in text, (name, page)
        for entry in entries:
            assert client.get(reverse("desk:entry", args=[entry.id])).status_code in (403, 404)
    for name in READ_BY:
        text = re.search(r"<main.*</main>", shown(desk.of(getattr(world, name)).get(reverse(LIST))), re.DOTALL)[0]
        names = {world.med.called, world.ma.called}
        days = {(now + timedelta(hours=8)).strftime("%H:%M")}
        assert [one for one in names | days if one in text] == [], name


def test_today_and_what_is_held_of_oneself_are_the_same_bytes_with_and_without_a_suggestion(desk, world):
    def held(client) -> list[str]:
        texts = [client.get(reverse(f"desk:{one}")).content.decode() for one in ("today", "my-held", "my-page", "tray")]
        return [
            re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"|draft" value="[^"]+"', "", t) for t in texts
        ]

    client = desk.of(world.lin)
    before = held(client)
    brought(world, world.lin, on=month(), at=clock.now())
    assert held(client) == before


def test_no_file_of_a_ledger_and_no_number_holds_it(desk, world):
    client = desk.of(world.wang)
    told = {"purpose": "a test", "names": "with", "format": "csv"}
    parts = ("study", "branch", "visits", "disputes", "assistance")
    files = [client.post(reverse("desk:ledger-file", args=[part]), told).content for part in parts]
    one = brought(world, world.lin, on=month(), at=clock.now())
    assert one.receipt.stands
    assert [client.post(reverse("desk:ledger-file", args=[part]), told).content for part in parts] == files


def test_of_two_desks_that_answer_at_once_both_answers_are_read_in_words(desk, world):
    one = brought(world, world.lin)
    where = reverse("desk:suggestion-reply", args=[one.body.suggestion])
    drafts = {who: hidden(shown(desk.of(who).get(where))) for who in (world.wang, world.zhou)}
    first = {"draft": drafts[world.wang], "state": "passed_on", "to": "县交通运输局", "words": "已经报上去"}
    assert desk.of(world.wang).post(where, first).status_code == 302
    client = desk.of(world.zhou)
    page = client.post(where, {"draft": drafts[world.zhou], "state": "answered", "words": "我们去看看"}, follow=True)
    mine, [theirs] = page.context["sides"]
    assert [str(words) for _, words in mine.facts] == ["已答复", "我们去看看"]
    assert [str(words) for _, words in theirs.facts] == ["已转出", "县交通运输局", "已经报上去"]
    text = shown(page)
    assert one.body.words not in text
    clash = page.request["PATH_INFO"]
    assert client.post(clash, {"draft": hidden(text), "keep-all": "mine"}).status_code == 302
    assert Suggestion.objects.get().state == "answered"
