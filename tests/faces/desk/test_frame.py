"""The frame around a page: where one can go, in which world one is, how large the letters are."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from concerto.faces.desk import frame as framing
from concerto.faces.desk.frame import Frame, Place
from concerto.places.sight import Part, Role


@pytest.fixture
def ask(monkeypatch):
    """A request of somebody in these roles, in a house where every place of the rail has its page."""

    def page(place: Place) -> str:
        return f"/{place.name}/{place.part or ''}"

    monkeypatch.setattr(framing.Place, "url", property(page))

    def asked(*roles: Role, name: str = "", **kwargs: object):
        request = RequestFactory().get("/")
        request.user = SimpleNamespace(is_authenticated=True, called="Lin", text_size="m") if roles else AnonymousUser()
        request.sight = SimpleNamespace(roles=frozenset(roles))
        request.resolver_match = SimpleNamespace(url_name=name, kwargs=kwargs) if name else None
        return request

    return asked


def names(places: list[Place]) -> list[str]:
    return [place.name for place in places]


def test_an_instructor_sees_the_five_ledgers_in_the_order_of_the_lines(ask):
    frame = Frame(ask(Role.INSTRUCTOR))
    assert [place.part for place, _ in frame.rail.ledgers] == list(Part)
    assert frame.key == "/record/"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_those_who_look_after_the_house_see_no_household_and_record_nothing(ask, role):
    frame = Frame(ask(role))
    assert (frame.rail.daily, frame.rail.ledgers, frame.key) == ([], [], "")
    assert frame.rail.by_role


def test_only_the_privacy_officer_reads_what_administrators_did(ask):
    assert "acts" in names(Frame(ask(Role.PRIVACY_OFFICER)).rail.by_role)
    assert all("acts" not in names(Frame(ask(role)).rail.by_role) for role in Role if role is not Role.PRIVACY_OFFICER)


def test_a_place_without_a_page_is_left_out():
    assert Place("no-such-page-anywhere", "pen", "", frozenset(Role)).url == ""


def test_the_key_stands_in_the_middle_of_a_phones_bar(ask):
    before, after = Frame(ask(Role.INSTRUCTOR)).bar
    assert (len(before), len(after)) == (2, 1)


@pytest.mark.parametrize(
    ("name", "kwargs", "here"),
    [("households", {}, "households"), ("household-card", {}, "households"), ("ledger", {"part": "visits"}, "visits")],
)
def test_a_page_lies_under_its_place(ask, name, kwargs, here):
    assert Frame(ask(Role.INSTRUCTOR, name=name, **kwargs)).here == here


def test_the_practice_world_says_so_on_every_page(ask, settings):
    settings.PRACTICE = True
    with override("en"):
        text = render_to_string("desk/base.html", request=ask(Role.INSTRUCTOR))
    assert 'data-world="practice"' in text
    assert "Everybody here is invented" in text


def test_larger_letters_are_asked_of_the_root(ask):
    request = ask(Role.INSTRUCTOR)
    request.user.text_size = "xl"
    assert 'data-text="xl"' in render_to_string("desk/base.html", request=request)


def test_the_language_of_a_page_is_said_as_browsers_know_it(ask):
    with override("zh-hans"):
        assert '<html lang="zh-Hans"' in render_to_string("desk/base.html", request=ask())
    with override("en"):
        assert '<html lang="en"' in render_to_string("desk/base.html", request=ask())
