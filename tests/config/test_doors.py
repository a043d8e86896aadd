"""Who is let in, who is kept out, and what a browser is told at the door."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from concerto.groundwork import clock

pytestmark = pytest.mark.django_db
PASSWORD = "a long walk to the summer pasture"


@pytest.fixture
def member_of_staff():
    account = get_user_model()(name="10011112222", called="阿依古丽·努尔兰", made_at=clock.now())
    account.set_password(PASSWORD)
    account.save()
    return account


def knock(client, password, *, name="10011112222", **where):
    return client.post(reverse("account_login"), {"login": name, "password": password}, **where)


def test_the_right_password_opens_for_a_working_day(client, member_of_staff):
    assert knock(client, PASSWORD).status_code == 302
    assert client.session.get_expiry_age() == 10 * 60 * 60


def test_the_fifth_wrong_password_closes_the_door_even_to_the_right_one(client, member_of_staff):
    answers = [knock(client, "wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert knock(client, PASSWORD).status_code == 429


def test_another_way_of_writing_the_name_is_no_fresh_start(client, member_of_staff):
    member_of_staff.name = "aygul"
    member_of_staff.save()
    for name in ("aygul", "Aygul", "AYGUL", " aygul", "ayGul"):
        knock(client, "wrong", name=name)
    assert knock(client, PASSWORD, name="aygul").status_code == 429


def test_somebody_else_behind_the_same_address_still_comes_in(client, member_of_staff):
    for _ in range(6):
        knock(client, "wrong", name="10033334444")
    assert knock(client, PASSWORD).status_code == 302


def test_the_same_person_from_another_address_still_comes_in(client, member_of_staff):
    for _ in range(6):
        knock(client, "wrong")
    assert knock(client, PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/reset/", "password/reset/key/1-abc/", "confirm-email/abc/", "login/code/"]
)
def test_what_goes_by_mail_or_alone_is_walled_up(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_only_our_own_scripts_and_styles_run(client):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_page_may_ask_where_somebody_is(client):
    assert "geolocation=()" in client.get(reverse("account_login"))["Permissions-Policy"]


def test_what_a_signed_in_person_saw_stays_in_no_cache(client, member_of_staff):
    client.force_login(member_of_staff)
    assert "no-store" in client.get("/nowhere/")["Cache-Control"]


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("en-GB,en;q=0.9", "en"),
        ("kk,ru;q=0.5", "zh-hans"),
        ("", "zh-hans"),
    ],
)
def test_the_page_speaks_as_the_browser_asks_and_chinese_when_it_asks_for_neither(client, browser, language):
    answer = client.get(reverse("account_login"), HTTP_ACCEPT_LANGUAGE=browser)
    assert answer["Content-Language"] == language


def test_the_switch_of_language_is_open_to_everybody(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/accounts/login/"})
    assert answer.status_code == 302
    assert client.cookies["concerto_language"].value == "en"
