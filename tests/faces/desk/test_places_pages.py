"""The pages of places and access answer, in both languages, and bad input is told what is wrong with it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concerto.faces.desk.writing import fresh
from concerto.groundwork import clock
from concerto.places import slips
from concerto.places.acts import ACTS
from concerto.places.models import Account, AdministratorAct, Device, PartyGroup, Slip, Unit, UnitName
from concerto.register.access import sight_of
from concerto.register.models import Posting
from tests.cast import ELSEWHERE, TOWNSHIP

PASSWORD = "a long walk to the summer pasture"


def page(desk, account, name, *args, data=None, **extra):
    client = desk.of(account)
    address = reverse(f"desk:{name}", args=args)
    return client.get(address, **extra) if data is None else client.post(address, data, **extra)


def draft_of(answer) -> str:
    """The hidden field of a form that a page shows."""
    return re.search(r'name="draft" value="([^"]+)"', answer.content.decode()).group(1)


def sent(desk, account, name, *args, **fields):
    """Open a form and send it, as a browser does."""
    opened = page(desk, account, name, *args)
    assert opened.status_code == 200, opened.content.decode()[:500]
    return page(desk, account, name, *args, data={"draft": draft_of(opened), **fields})


# ---------------------------------------------------------------- the first day

COUNTY = {
    "provinces.csv": 'code,name\n62,"甘肃省"\n',
    "cities.csv": 'code,name,provinceCode\n6209,"酒泉市",62\n',
    "areas.csv": 'code,name,cityCode,provinceCode\n620998,"新县",6209,62\n',
    "streets.csv": 'code,name,areaCode,provinceCode,cityCode\n620998200,"新乡",620998,62,6209\nx,y\n',
}


def lists_sent(desk, account, files):
    upload = [SimpleUploadedFile(name, text.encode()) for name, text in files.items()]
    client, address = desk.of(account), reverse("desk:unit-open")
    return client.post(address, {"lists": upload}, follow=True, headers={"accept-language": "en"})


@pytest.mark.django_db(transaction=True)
def test_an_administrator_takes_the_lists_in_by_the_page_and_it_is_noted(desk, adm):
    said = lists_sent(desk, adm, COUNTY).content.decode()
    assert "5 rows read, 4 places new, 0 changed, 1 rows not taken." in said
    assert AdministratorAct.objects.get(act="divisions_imported").by == adm.id
    assert "620998200" in page(desk, adm, "unit-open", data=None, QUERY_STRING="q=620998").content.decode()


@pytest.mark.django_db(transaction=True)
def test_other_files_are_told_their_names(desk, adm):
    assert "Choose files named provinces.csv" in lists_sent(desk, adm, {"photo.csv": "x"}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_nobody_else_takes_lists_in(desk, wang):
    assert lists_sent(desk, wang, COUNTY).status_code == 403


# ---------------------------------------------------------------- every page answers


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_an_administrator_answers(desk, adm, lin, world, language):
    slips.issue(lin, by=adm, at=clock.now())
    posting = world.postings["lin"]
    phone = Device.objects.create(account=lin.id, name="old phone", enrolled_at=clock.now())
    pages = [
        ("units",), ("unit-list", TOWNSHIP), ("unit-new", TOWNSHIP), ("unit", TOWNSHIP, world.branch_a.id),
        ("unit", TOWNSHIP, TOWNSHIP), ("unit-open",), ("people",), ("person-new",), ("person", lin.id),
        ("postings",), ("posting-list", TOWNSHIP), ("posting-new", TOWNSHIP), ("posting", TOWNSHIP, posting),
        ("devices",), ("device-revoke", phone.id), ("my-page",), ("my-held",),
        *(("posting-change", TOWNSHIP, posting, what) for what in ("change", "end", "away", "back")),
    ]  # fmt: skip
    for name, *args in pages:
        answer = page(desk, adm, name, *args, headers={"accept-language": language})
        assert answer.status_code == 200, name
        assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in answer.content.decode()


def test_everybody_has_a_page_of_their_own(desk, world):
    for account in world.accounts.values():
        for name in ("my-page", "my-held", "my-held-file"):
            assert page(desk, account, name).status_code == 200


def test_somebody_lands_on_the_first_of_their_places(desk, world):
    landed = {name: page(desk, world.accounts[name], "home").url for name in ("adm", "pri", "newcomer")}
    assert landed["adm"] == reverse("desk:units")
    assert landed["newcomer"] == reverse("desk:my-page")
    assert landed["pri"].startswith("/")


# ---------------------------------------------------------------- units


def test_a_branch_is_made_renamed_from_a_day_and_closed(desk, adm, world):
    page(desk, adm, "unit-new", TOWNSHIP, data={"kind": "branch", "name": "  新 党支部 ", "has_committee": "on"})
    branch = Unit.objects.get(log=TOWNSHIP, name="新 党支部")
    assert (branch.kind, branch.has_committee, branch.village) == ("branch", True, None)
    page(
        desk, adm, "unit", TOWNSHIP, branch.id,
        data={"change": "rename", "rename-name": "红星党支部", "rename-on": "2026-03-01"},
    )  # fmt: skip
    [before] = UnitName.objects.filter(unit=branch.id)
    assert (before.name, before.until) == ("新 党支部", date(2026, 2, 28))
    page(desk, adm, "unit", TOWNSHIP, branch.id, data={"change": "close", "close-on": "2026-06-30"})
    closed = Unit.objects.get(log=TOWNSHIP, id=branch.id)
    assert (closed.name, closed.until) == ("红星党支部", date(2026, 6, 30))
    acts = list(AdministratorAct.objects.order_by("at").values_list("act", "by"))
    assert acts == [("unit_added", adm.id), ("unit_renamed", adm.id), ("unit_closed", adm.id)]


def test_a_branch_gets_groups_and_a_village(desk, adm, world):
    branch = world.branch_a
    where = (TOWNSHIP, branch.id)
    page(desk, adm, "unit", *where, data={"change": "group", "group-name": "第一组", "group-since": "2026-01-01"})
    group = PartyGroup.objects.get(branch=branch.id)
    page(desk, adm, "unit", *where, data={"change": "branch", "branch-village": str(world.village_b.id)})
    page(desk, adm, "unit-group-end", TOWNSHIP, group.id, data={})
    again = Unit.objects.get(log=TOWNSHIP, id=branch.id)
    assert (again.village, again.has_committee) == (world.village_b.id, False)
    assert PartyGroup.objects.get(id=group.id).until == clock.today()


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "branch", "name": ""},
        {"kind": "branch", "name": "上泉党支部"},
        {"kind": "township", "name": "x"},
        {"kind": "village", "name": "y", "code": "62x"},
        {"kind": "branch", "name": "z" * 121},
        {"kind": "branch", "name": "z", "village": "no-such"},
        {"kind": "branch", "name": "z", "since": "30 February"},
        {},
    ],
)
def test_a_unit_that_makes_no_sense_is_told_why(desk, adm, world, data):
    assert page(desk, adm, "unit-new", TOWNSHIP, data={"x": "", **data}).status_code == 422


@pytest.mark.parametrize(
    "data",
    [
        {"change": "rename", "rename-name": "", "rename-on": "2026-03-01"},
        {"change": "rename", "rename-name": "中泉党支部", "rename-on": "2026-03-01"},
        {"change": "rename", "rename-name": "好", "rename-on": "2999-01-01"},
        {"change": "close", "close-on": ""},
        {"change": "group", "group-name": "", "group-since": "2026-03-01"},
        {"change": "branch", "branch-village": "9"},
    ],
)
def test_a_change_that_makes_no_sense_is_told_why(desk, adm, world, data):
    assert page(desk, adm, "unit", TOWNSHIP, world.branch_a.id, data=data).status_code == 422


def test_the_township_itself_is_not_closed(desk, adm, world):
    answer = page(desk, adm, "unit", TOWNSHIP, TOWNSHIP, data={"change": "close", "close-on": "2026-06-30"})
    assert answer.status_code == 422
    assert Unit.objects.get(log=TOWNSHIP, id=TOWNSHIP).until is None


# ---------------------------------------------------------------- people


def test_somebody_is_added_and_comes_in_by_a_slip(desk, adm, world, client):
    page(desk, adm, "person-new", data={"called": "古丽", "name": " １００2233 4455 ", "task": "staff",
                                         "township": str(TOWNSHIP), "language": "en"})  # fmt: skip
    guli = Account.objects.get(name="10022334455")
    printed = page(desk, adm, "person-slip", guli.id, data={})
    secret = re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}", printed.content.decode()).group()
    client.logout()
    answer = client.post(reverse("desk:slip"), slip_words("10022334455", secret))
    assert answer.status_code == 302
    assert client.cookies["concerto_language"].value == "en"
    assert client.get(reverse("desk:my-page")).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {"called": "", "name": "x", "task": "staff"},
        {"called": "甲", "name": "lin", "task": "administrator"},
        {"called": "甲", "name": "LIN", "task": "administrator"},
        {"called": "甲", "name": "a/b", "task": "administrator"},
        {"called": "甲", "name": "jia", "task": "staff", "township": ""},
        {"called": "甲", "name": "jia", "task": "both"},
        {"called": "甲", "name": "x" * 41, "task": "administrator"},
    ],
)
def test_a_person_that_makes_no_sense_is_told_why(desk, adm, data):
    before = Account.objects.count()
    assert page(desk, adm, "person-new", data=data).status_code == 422
    assert Account.objects.count() == before


def test_a_closed_person_is_out_at_once(desk, adm, lin, client):
    client.force_login(lin)
    assert client.get(reverse("desk:my-page")).status_code == 200
    theirs = client.cookies["concerto"].value
    page(desk, adm, "person-close", lin.id, data={})
    client.cookies["concerto"] = theirs
    assert client.get(reverse("desk:my-page")).status_code == 302


def test_nobody_closes_their_own_account_or_makes_a_slip_for_it(desk, adm):
    page(desk, adm, "person-close", adm.id, data={})
    page(desk, adm, "person-slip", adm.id, data={})
    assert Account.objects.get(id=adm.id).is_active
    assert not Slip.objects.exists()


def test_the_two_tasks_of_the_home_are_never_one_account(adm):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(id=adm.id).update(is_privacy_officer=True)


# ---------------------------------------------------------------- the slip


def slip_words(name: str, secret: str, password: str = PASSWORD, **more) -> dict[str, str]:
    return {"login": name, "secret": secret, "password": password, "again": password, **more}


def test_a_slip_ends_older_sessions_and_is_used_once(desk, adm, lin, client):
    client.force_login(lin)
    printed = slips.issue(lin, by=adm, at=clock.now())
    assert client.get(reverse("desk:my-page")).status_code == 302
    words = slip_words(" LIN ", printed.secret.lower().replace("-", " "))
    assert client.post(reverse("desk:slip"), words).status_code == 302
    client.logout()
    assert client.post(reverse("desk:slip"), words).status_code == 422
    assert client.post(reverse("account_login"), {"login": "lin", "password": PASSWORD}).status_code == 302


def test_a_second_slip_makes_the_first_void_and_a_day_makes_it_old(adm, lin, client):
    now = clock.now()
    first = slips.issue(lin, by=adm, at=now - slips.GOOD_FOR)
    assert client.post(reverse("desk:slip"), slip_words("lin", first.secret)).status_code == 422
    second = slips.issue(lin, by=adm, at=now)
    third = slips.issue(lin, by=adm, at=now)
    assert client.post(reverse("desk:slip"), slip_words("lin", second.secret)).status_code == 422
    assert client.post(reverse("desk:slip"), slip_words("lin", third.secret)).status_code == 302


def test_a_slip_serves_nobody_else_and_guessing_closes_the_door(adm, lin, ma, client):
    printed = slips.issue(lin, by=adm, at=clock.now())
    answers = [client.post(reverse("desk:slip"), slip_words("ma", printed.secret)).status_code for _ in range(6)]
    assert answers == [422, 422, 422, 422, 429, 429]
    assert client.post(reverse("account_login"), {"login": "ma", "password": "x"}).status_code == 429


@pytest.mark.parametrize(
    ("password", "again"), [("short", "short"), ("1234567890123", "1234567890123"), (PASSWORD, "x")]
)
def test_a_password_that_will_not_do_leaves_the_slip_unused(adm, lin, client, password, again):
    printed = slips.issue(lin, by=adm, at=clock.now())
    words = slip_words("lin", printed.secret, password) | {"again": again}
    assert client.post(reverse("desk:slip"), words).status_code == 422
    assert Slip.objects.get().used_at is None
    assert client.post(reverse("desk:slip"), slip_words("lin", printed.secret)).status_code == 302


def test_a_slip_does_not_lift_the_second_factor(adm, lin, client):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(lin, generate_totp_secret())
    printed = slips.issue(lin, by=adm, at=clock.now())
    answer = client.post(reverse("desk:slip"), slip_words("lin", printed.secret))
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("desk:my-page")).status_code == 302


def test_a_slip_is_told_to_its_person_and_to_the_privacy_officer(desk, adm, lin, pri, client):
    lin.set_password(PASSWORD)
    lin.save()
    slips.issue(lin, by=adm, at=clock.now())
    client.post(reverse("account_login"), {"login": "lin", "password": PASSWORD})
    told = client.get(reverse("desk:my-page")).content.decode()
    assert told.count(adm.called) == 1
    assert "notice-plain" in told
    assert "林晓" in page(desk, pri, "act-slips").content.decode()
    assert page(desk, pri, "acts").status_code == 200


def test_no_secret_is_kept_where_wrong_ones_are_counted(adm, lin, client):
    from axes.models import AccessAttempt

    printed = slips.issue(lin, by=adm, at=clock.now())
    client.post(reverse("desk:slip"), slip_words("ma", printed.secret))
    [kept] = AccessAttempt.objects.all()
    assert printed.secret not in kept.post_data
    assert PASSWORD not in kept.post_data


# ---------------------------------------------------------------- postings


def test_a_posting_is_an_entry_and_opens_the_village(desk, adm, newcomer, world):
    answer = sent(
        desk, adm, "posting-new", TOWNSHIP, person=str(newcomer.id), role="instructor", unit=str(world.branch_b.id),
        parts=["study", "visits"], letter="党建〔2026〕7号", since="2026-03-01",
    )  # fmt: skip
    assert answer.status_code == 302
    posting = Posting.objects.get(account=newcomer.id)
    assert (posting.parts, posting.letter, posting.until) == ("study,visits", "党建〔2026〕7号", None)
    assert world.village_b.id in sight_of(newcomer, clock.today()).cards
    assert AdministratorAct.objects.filter(act="posting_made", by=adm.id).count() == 1


def test_a_double_click_posts_once(desk, wang, newcomer, world):
    opened = page(desk, wang, "posting-new", TOWNSHIP)
    data = {"draft": draft_of(opened), "person": str(newcomer.id), "role": "mediator",
            "unit": str(world.village_a.id), "since": "2026-03-01"}  # fmt: skip
    answers = [page(desk, wang, "posting-new", TOWNSHIP, data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Posting.objects.filter(account=newcomer.id).count() == 1


def test_a_posting_changes_has_days_away_and_ends(desk, wang, lin, ma, world):
    one = (TOWNSHIP, world.postings["lin"])
    day = clock.today().isoformat()
    assert (
        sent(desk, wang, "posting-change", *one, "change", parts=["visits"], letter="8", since="2026-01-01").status_code
        == 302
    )
    assert sent(desk, wang, "posting-change", *one, "away", since=day, until=day, deputy=str(ma.id)).status_code == 302
    assert world.village_a.id in sight_of(ma, clock.today()).cards
    assert sent(desk, wang, "posting-change", *one, "back", absence="0").status_code == 302
    assert world.village_a.id not in sight_of(ma, clock.today()).cards
    assert sent(desk, wang, "posting-change", *one, "end", until="2026-06-30").status_code == 302
    assert sight_of(lin, clock.today()).units == frozenset()
    row = Posting.objects.get(id=world.postings["lin"])
    assert (row.parts, row.letter, row.absences, row.until) == ("visits", "8", "[]", date(2026, 6, 30))


def test_a_posting_recorded_by_mistake_is_withdrawn(desk, wang, adm, newcomer, world):
    data = {"person": str(newcomer.id), "role": "mediator", "unit": str(world.village_a.id), "since": "2026-03-01"}
    sent(desk, wang, "posting-new", TOWNSHIP, **data)
    posting = Posting.objects.get(account=newcomer.id)
    assert sent(desk, wang, "posting-withdraw", TOWNSHIP, posting.id).status_code == 302
    assert sight_of(newcomer, clock.today()).units == frozenset()
    assert page(desk, wang, "posting", TOWNSHIP, posting.id).status_code == 404
    assert newcomer.called not in page(desk, adm, "posting-list", TOWNSHIP).content.decode()


def test_what_another_recorded_is_not_withdrawn_over_their_head(desk, wang, adm, newcomer, world):
    data = {"person": str(newcomer.id), "role": "mediator", "unit": str(world.village_a.id), "since": "2026-03-01"}
    sent(desk, adm, "posting-new", TOWNSHIP, **data)
    posting = Posting.objects.get(account=newcomer.id)
    answer = sent(desk, wang, "posting-withdraw", TOWNSHIP, posting.id)
    assert answer.status_code == 422
    assert "not_yours_to_correct" in answer.content.decode()


def test_two_who_change_the_same_posting_do_not_overwrite_each_other(desk, wang, adm, world):
    one = (TOWNSHIP, world.postings["lin"], "end")
    mine, theirs = (draft_of(page(desk, who, "posting-change", *one)) for who in (wang, adm))
    assert page(desk, wang, "posting-change", *one, data={"draft": mine, "until": "2026-06-30"}).status_code == 302
    late = page(desk, adm, "posting-change", *one, data={"draft": theirs, "until": "2026-05-31"})
    assert late.status_code == 422
    assert "seen_differently" in late.content.decode()
    assert Posting.objects.get(id=world.postings["lin"]).until == date(2026, 6, 30)


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "instructor", "unit": "township"},
        {"role": "township_organizer", "unit": "branch_a"},
        {"role": "administrator", "unit": "township"},
        {"role": "mediator", "unit": "far_village"},
        {"role": "mediator", "unit": "village_a", "until": "2025-01-01"},
        {"role": "mediator", "unit": "village_a", "since": ""},
        {"role": "mediator", "unit": "village_a", "person": "other"},
        {"role": "mediator", "unit": "village_a", "letter": "九" * 41},
    ],
)
def test_a_posting_that_makes_no_sense_is_told_why(desk, wang, world, fields):
    data = {"person": "newcomer", "since": "2026-03-01", **fields}
    data["person"] = str(world.accounts[data["person"]].id)
    data["unit"] = str(getattr(world, data["unit"]).id)
    before = Posting.objects.count()
    assert sent(desk, wang, "posting-new", TOWNSHIP, **data).status_code == 422
    assert Posting.objects.count() == before


def test_an_organizer_finds_no_other_township(desk, wang, other, world):
    assert page(desk, wang, "posting-list", ELSEWHERE).status_code == 404
    assert page(desk, other, "posting", TOWNSHIP, world.postings["lin"]).status_code == 404
    assert page(desk, other, "posting-change", TOWNSHIP, world.postings["lin"], "end").status_code == 404


# ---------------------------------------------------------------- devices, my page


def test_a_lost_phone_is_reported_and_taken_out_of_use(desk, adm, lin, ma):
    phone = Device.objects.create(account=lin.id, name="红手机", enrolled_at=clock.now())
    assert page(desk, ma, "my-device", phone.id).status_code == 404
    assert page(desk, ma, "my-device-lost", phone.id, data={}).status_code == 404
    page(desk, lin, "my-device", phone.id, data={"name": "蓝手机"})
    page(desk, lin, "my-device-lost", phone.id, data={})
    page(desk, adm, "device-revoke", phone.id, data={"on": "2026-11-01"})
    phone.refresh_from_db()
    assert (phone.name, phone.lost_on, phone.revoked_on) == ("蓝手机", clock.today(), date(2026, 11, 1))


def test_phones_of_one_name_and_person_are_told_apart_by_day_and_mark(desk, adm, lin):
    days = (datetime(2026, 7, 1, 4, tzinfo=UTC), datetime(2026, 8, 2, 4, tzinfo=UTC))
    one, other = (Device.objects.create(account=lin.id, name="手机", enrolled_at=day) for day in days)
    listed = page(desk, adm, "devices").content.decode()
    assert one.mark != other.mark
    for words in ("2026年7月1日起", "2026年8月2日起", f"标记 {one.mark}", f"标记 {other.mark}"):
        assert words in listed
    assert f"标记 {other.mark}" in page(desk, adm, "device-revoke", other.id).content.decode()
    assert f"标记 {one.mark}" in page(desk, lin, "my-page").content.decode()


def test_the_desk_is_no_device_to_lose(desk, adm, lin):
    fresh(lin, clock.now())
    browser = Device.objects.get(account=lin.id)
    assert page(desk, lin, "my-device", browser.id).status_code == 404
    assert page(desk, adm, "device-revoke", browser.id).status_code == 404


def test_language_and_size_are_kept(desk, lin):
    answer = page(desk, lin, "my-page", data={"language": "en", "text_size": "xl"})
    assert answer.cookies["concerto_language"].value == "en"
    assert 'data-text="xl"' in page(desk, lin, "my-page").content.decode()


@pytest.mark.parametrize(
    "data", [{"language": "kk", "text_size": "m"}, {"language": "", "text_size": "huge"}, {"a": "b"}]
)
def test_a_language_or_size_there_is_not_is_told(desk, lin, data):
    assert page(desk, lin, "my-page", data=data).status_code == 422


def test_what_is_held_about_me_names_kinds_and_units_and_counts_nothing(desk, lin):
    held = page(desk, lin, "my-held-file").json()
    assert held["recorded"] == [{"kind": "visit", "unit": "上泉村"}]
    assert held["postings"][0]["unit"] == "上泉党支部"
    assert held["account"]["name"] == "lin"


def test_every_act_has_words():
    assert all(str(words) for words in ACTS.values())


def test_the_centre_desk_lands_on_today_as_everybody_with_a_post(desk, zhou):
    answer = desk.of(zhou).get("/")

    assert answer["Location"] == reverse("desk:today")
