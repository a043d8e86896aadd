"""The address of my calendar: made and ended by me, shown once."""

import re

import pytest
from django.urls import reverse

from concerto.places.models import CalendarAddress

pytestmark = pytest.mark.django_db
MINE, END = "desk:my-calendar", "desk:my-calendar-end"


def secret_on(answer) -> str:
    return re.search(r"/calendar/([\w-]+)\.ics", answer.content.decode())[1]


def test_an_address_is_shown_once_and_kept_as_a_hash(desk, world):
    client = desk.of(world.lin)
    assert "还没有地址" in client.get(reverse(MINE)).content.decode()
    answer = client.post(reverse(MINE))
    secret = secret_on(answer)
    assert f"http://testserver/calendar/{secret}.ics" in answer.content.decode()
    assert secret not in client.get(reverse(MINE)).content.decode()
    assert secret not in str(CalendarAddress.objects.values().get())
    assert client.get(f"/calendar/{secret}.ics").status_code == 200


def test_a_second_one_ends_the_first_and_i_can_end_it(desk, world):
    client = desk.of(world.lin)
    first, second = secret_on(client.post(reverse(MINE))), secret_on(client.post(reverse(MINE)))
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert client.get(f"/calendar/{second}.ics").status_code == 200
    assert client.post(reverse(END)).status_code == 302
    assert client.get(f"/calendar/{second}.ics").status_code == 404
    assert CalendarAddress.objects.count() == 0


def test_my_page_leads_there(desk, world):
    assert reverse(MINE) in desk.of(world.lin).get(reverse("desk:my-page")).content.decode()
