"""The resident's door: a code opens state, office and day, and never a name; wrong ones open nothing and slow down."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from concerto.groundwork import slip_codes
from concerto.journal.models import Entry, Sealed
from concerto.papers.slips.words import LANGUAGES
from concerto.parts.assistance.models import Need
from concerto.places import knocks
from concerto.places.models import Knock
from concerto.register.models import MatterSlip
from tests.guards.tree import SOURCE
from tests.register.slips import given_slip, print_slips

pytestmark = pytest.mark.django_db
DOOR = "/r/"
MOST_BYTES = 15_000
STYLE = SOURCE / "faces" / "resident" / "static" / "resident" / "resident.css"
TONGUES = [("zh", "记下了", "ltr"), ("en", "It is written down", "ltr"), ("kk", "جازىلدى", "rtl")]
NAMES = ("阿依努尔", "木拉提", "林晓", "水渠", "10020047715", "县城三区")


def type_code(client, code: str, **more):
    return client.post(DOOR, {"code": code, **more})


def by_square(client, code: str, **more):
    return client.get(f"{DOOR}{slip_codes.written(code)}/", more)


def say(client, page, code: str, says: str, **more):
    draft = re.search(r'name="draft" value="([^"]+)"', page.content.decode())[1]
    return client.post(f"{DOOR}{slip_codes.written(code)}/", {"draft": draft, "says": says, **more})


def test_a_code_opens_state_and_office_typed_or_by_the_square(client, world):
    slip = given_slip(world)
    typed, scanned = type_code(client, slip.code.lower()), by_square(client, slip.code)
    for page in (typed, scanned):
        text = page.content.decode()
        assert page.status_code == 200
        assert "记下了，村里会定下谁来管" in text
        assert "上泉村" in text


def test_neither_names_nor_the_matter_nor_code_hashes_are_on_it(client, world):
    slip = given_slip(world)
    text = by_square(client, slip.code).content.decode()
    assert [name for name in (*NAMES, str(world.need), str(world.house_1.id), slip.serial) if name in text] == []


@pytest.mark.parametrize(("language", "said", "way"), TONGUES)
def test_it_speaks_three_languages_and_says_which_text_is_a_draft(client, world, language, said, way):
    slip = given_slip(world)
    text = by_square(client, slip.code, l=language).content.decode()
    assert said in text
    assert f'dir="{way}"' in text.split("<head>")[0]
    assert 'class="draft"' in text


def test_a_text_that_a_named_person_checked_is_no_draft(client, home, world):
    (home / "checked-texts.toml").write_text('en = { by = "A. Reader", version = 4 }\nkk = { by = "B", version = 9 }\n')
    assert 'class="draft"' not in client.get(DOOR, {"l": "en"}).content.decode()
    assert 'class="draft"' in client.get(DOOR, {"l": "kk"}).content.decode()


def test_it_has_no_script_no_cookie_no_cache_and_the_strictest_policy(client, world):
    slip = given_slip(world)
    for page in (client.get(DOOR), type_code(client, slip.code), by_square(client, slip.code)):
        text = page.content.decode()
        assert "<script" not in text
        assert "style=" not in text
        assert not page.cookies
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy


def test_everything_a_telephone_loads_is_small(client, world):
    slip = given_slip(world)
    style = (
        pytest.importorskip("pathlib").Path(__file__).parents[3]
        / "src/concerto/faces/resident/static/resident/resident.css"
    ).read_bytes()
    for language in LANGUAGES:
        page = by_square(client, slip.code, l=language)
        assert len(page.content) + len(style) <= MOST_BYTES


def test_a_slip_that_nobody_registered_yet_says_so(client, world):
    [slip] = print_slips(world, world.lin)
    assert "还没有登记" in by_square(client, slip.code).content.decode()


def test_a_lost_slip_is_the_same_as_a_wrong_code(client, world):
    slip = given_slip(world)
    MatterSlip.objects.update(void=True)
    lost = type_code(client, slip.code)
    wrong = type_code(client, slip_codes.draw_code())
    assert lost.status_code == wrong.status_code == 422
    assert lost.content == wrong.content


def test_a_slip_of_the_pen_is_told_apart_and_costs_no_try(client, world):
    slip = given_slip(world)
    for _ in range(knocks.WRONG_A_DAY + 1):
        page = type_code(client, slip.code[:-1] + ("A" if slip.code[-1] != "A" else "C"))
        assert "查询码不对" in page.content.decode()
    assert type_code(client, slip.code).status_code == 200


def test_the_door_rests_after_wrong_codes_and_tells_nobody_which_codes_there_are(client, world):
    slip = given_slip(world)
    for _ in range(knocks.FREE):
        assert type_code(client, slip_codes.draw_code()).status_code == 422
    right, wrong, typo = (type_code(client, code) for code in (slip.code, slip_codes.draw_code(), "AAAA"))
    assert right.status_code == wrong.status_code == typo.status_code == 429
    assert right.content == wrong.content == typo.content
    elsewhere = client.post(DOOR, {"code": slip.code}, REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 200


def test_behind_a_proxy_its_word_tells_addresses_apart(client, world, settings):
    slip = given_slip(world)
    settings.HTTPS = True
    for _ in range(knocks.FREE):
        client.post(DOOR, {"code": slip_codes.draw_code()}, headers={"X-Forwarded-For": "1.2.3.4, 10.0.0.5"})
    assert client.post(DOOR, {"code": slip.code}, headers={"X-Forwarded-For": "10.0.0.5"}).status_code == 429
    assert client.post(DOOR, {"code": slip.code}, headers={"X-Forwarded-For": "10.0.0.6"}).status_code == 200
    assert client.post(DOOR, {"code": slip.code}).status_code == 200
    assert not Knock.objects.filter(who__contains="10.0").exists()


def test_whoever_holds_a_slip_asks_for_a_call_once_however_often_the_key_is_pressed(client, world):
    slip = given_slip(world)
    page = by_square(client, slip.code)
    for _ in range(2):
        assert "会给您打电话" in say(client, page, slip.code, "call").content.decode()
    [entry] = Entry.objects.filter(kind="call_asked")
    assert '"shown":"slip"' in entry.filed
    assert MatterSlip.objects.get(id=slip.key).call_asked_on == entry.happened_on
    assert "还在等" in by_square(client, slip.code).content.decode()


def test_who_asked_for_a_call_stands_on_today_until_something_was_done(client, desk, world):
    slip = given_slip(world)
    say(client, by_square(client, slip.code), slip.code, "call")
    lin, today = desk.of(world.lin), reverse("desk:today")
    assert "请您回个电话" in lin.get(today).content.decode()
    assert "请您回个电话" not in desk.of(world.zhou).get(today).content.decode()
    asked = MatterSlip.objects.get(id=slip.key).call_asked_on
    Need.objects.filter(id=MatterSlip.objects.get(id=slip.key).matter).update(last_on=asked + timedelta(days=1))
    assert "请您回个电话" not in lin.get(today).content.decode()


def test_how_somebody_was_treated_goes_to_the_desk_and_not_to_whom_it_may_be_about(client, desk, world):
    slip = given_slip(world)
    answer = say(client, by_square(client, slip.code), slip.code, "treated", words="等了三回，态度不好")
    assert "只给乡里窗口" in answer.content.decode()
    assert Sealed.objects.get(text="等了三回，态度不好").audience == "desk"
    page = reverse("desk:slips-treated")
    for name, status in (("zhou", 200), ("wang", 200), ("pri", 200), ("lin", 403), ("sec", 403), ("gao", 403)):
        assert desk.of(getattr(world, name)).get(page).status_code == status, name
    for name in ("zhou", "pri"):
        there = desk.of(getattr(world, name))
        assert "等了三回" not in there.get(page).content.decode()
        first = Entry.objects.get(kind="treated").id
        assert "等了三回" in there.post(page, {"open": str(first)}).content.decode()
        assert there.get(reverse("desk:entry", args=[first])).status_code in (403, 404)


def test_a_desk_that_had_a_hand_in_the_matter_does_not_read_it(client, desk, world):
    slip = given_slip(world)
    say(client, by_square(client, slip.code), slip.code, "treated", words="等了三回")
    row = Entry.objects.get(kind="treated")
    Entry.objects.filter(id=row.id).update(said=row.said.replace(str(world.lin.id), str(world.zhou.id)))
    page = reverse("desk:slips-treated")
    there = desk.of(world.zhou)
    assert "2026" not in there.get(page).content.decode().split("plain-list")[-1].split("</ul>")[0]
    assert there.post(page, {"open": str(row.id)}).status_code == 404
    assert desk.of(world.wang).post(page, {"open": str(row.id)}).status_code == 200


def test_words_that_are_not_kept_here_are_sent_back_and_lie_nowhere(client, world):
    slip = given_slip(world)
    page = by_square(client, slip.code)
    answer = say(client, page, slip.code, "treated", words="我的身份证 11010519491231002X")
    assert "不记" in answer.content.decode()
    assert not Entry.objects.filter(kind="treated").exists()


def test_a_page_of_another_slip_says_nothing_by_this_one(client, world):
    one, other = given_slip(world), given_slip(world)
    page = by_square(client, one.code)
    assert "开得太久" in say(client, page, other.code, "call").content.decode()
    assert not Entry.objects.filter(kind="call_asked").exists()
