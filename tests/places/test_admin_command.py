"""The first administrator of a home comes in by a slip that the command line prints."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from concerto.groundwork.refusals import Refused
from concerto.places.models import Account, AdministratorAct, Slip

pytestmark = pytest.mark.django_db
PASSWORD = "a long walk to the summer pasture"
SECRET = re.compile(r"[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}")


def printed(capsys, *words: str) -> str:
    call_command("admin", *words)
    return capsys.readouterr().out


def test_an_empty_home_gets_its_administrator(capsys, client):
    said = printed(capsys, "100 2004 7715", "--called", "阿依努尔")
    [account] = Account.objects.all()
    assert (account.name, account.called, account.is_administrator) == ("10020047715", "阿依努尔", True)
    secret = SECRET.search(said).group()
    assert "10020047715" in said
    words = {"login": account.name, "secret": secret, "password": PASSWORD, "again": PASSWORD}
    assert client.post(reverse("desk:slip"), words).status_code == 302
    assert client.get(reverse("desk:units")).status_code == 200


def test_only_a_hash_of_the_secret_is_kept(capsys):
    secret = SECRET.search(printed(capsys, "boss")).group()
    [slip] = Slip.objects.all()
    assert secret.replace("-", "").lower() not in str(vars(slip)).lower()
    assert AdministratorAct.objects.filter(act="slip_made", by=None).count() == 1


def test_an_administrator_who_lost_the_slip_gets_another(capsys):
    first, second = (SECRET.search(printed(capsys, "Boss")).group() for _ in range(2))
    assert first != second
    assert Account.objects.count() == 1
    assert [slip.void_at is None for slip in Slip.objects.order_by("made_at")] == [False, True]


@pytest.mark.parametrize("name", ["lin", "somebody", "pri"])
def test_a_home_with_people_gets_no_administrator_by_the_back_door(world, name):
    with pytest.raises(Refused, match="not_an_empty_home"):
        call_command("admin", name)


@pytest.mark.parametrize("name", ["", "   ", "a/b", "x" * 41, "<script>"])
def test_a_name_that_will_not_do_is_refused(db, name):
    with pytest.raises(Refused):
        call_command("admin", name)
    assert not Account.objects.exists()
