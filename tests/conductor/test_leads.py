"""Leads: no third person stands in one, and one that a case grew from is kept while the case stands."""

from datetime import date, timedelta

import pytest

from concerto.conductor.retiring import retire
from concerto.conductor.verify import verify
from concerto.journal.kinds.visit import LeadHeard, Visit1
from concerto.journal.models import Sealed
from concerto.journal.said import Audience
from concerto.parts.disputes.models import Lead
from tests.cases import AT, Matter
from tests.cast import VILLAGE_A

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]
DAY = date(2026, 8, 20)
LATER = DAY + timedelta(days=60)


def lead(world, text: str):
    thing = world.pen.new_id()
    words = world.pen.seal(thing, text, Audience.DESK)
    told = [LeadHeard(lead=thing, sort="neighbours", words=words.digest, household=world.house_1.id)]
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", leads=told)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=DAY, sealed=[words], at=AT)
    [receipt] = world.receive(item, by=world.lin, at=AT)
    assert receipt.stands, receipt
    return thing, words


def kept() -> set[str]:
    return set(Sealed.objects.filter(audience="desk").values_list("digest", flat=True))


def test_only_a_lead_that_no_case_grew_from_is_erased_after_thirty_days(world):
    grew, words = lead(world, "两家吵过")
    _lapsed, others = lead(world, "另两家吵过")
    Matter(world, by=world.lin, lead=grew)

    assert retire(DAY + timedelta(days=31), AT).leads == 1

    assert kept() == {words.digest}
    assert others.digest not in kept()
    assert Lead.objects.get(id=grew).state == "case"
    assert verify().difference is None


def test_when_the_case_is_taken_back_it_is_a_lead_again_and_goes(world):
    grew, words = lead(world, "两家吵过")
    matter = Matter(world, by=world.lin, lead=grew)
    first = matter.last
    more = {"kind": "case", "corrects": first, "saw": {f"{first}.wording": first}}
    assert matter.bring(None, **more) == "accepted"

    assert Lead.objects.get(id=grew).state == "lead"
    assert retire(LATER, AT).leads == 1
    assert words.digest not in kept()


@pytest.mark.parametrize(
    "text", ["和王建国吵过", "和王 建国吵过", "和王・建国吵过", "阿依努尔·木拉提说过", "阿依努尔家的羊进来了"]
)
def test_the_name_of_somebody_of_another_household_stops_a_lead_however_it_is_written(world, text):
    ours = next(iter(world.house_1.people))
    house = world.house_2 if "阿依努尔" in text else world.house_1
    assert heard(world, text.replace("阿依努尔·木拉提", ours), house).code == "other_name_in_lead"


def test_the_names_of_the_household_itself_stop_nothing(world):
    ours = next(iter(world.house_1.people))
    assert heard(world, f"{ours}说，{ours.replace('·', ' ')}家的水口被堵了", world.house_1).stands


def heard(world, text: str, house):
    thing = world.pen.new_id()
    words = world.pen.seal(thing, text, Audience.DESK)
    told = [LeadHeard(lead=thing, sort="neighbours", words=words.digest, household=house.id)]
    body = Visit1(channel="visit", households=[house.id], outcome="met", leads=told)
    [receipt] = world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=DAY, sealed=[words], at=AT),
                              by=world.lin, at=AT)  # fmt: skip
    return receipt


def test_a_case_grows_from_a_lead_of_who_heard_it_and_of_the_townships_desk_alone(world):
    grew, _words = lead(world, "两家吵过")
    of_the_village, of_the_desk = Matter(world, brings=False), Matter(world, by=world.zhou, brings=False)

    assert of_the_village.brought(lead=grew) == "lead_not_yours"
    assert of_the_desk.brought(lead=grew, on="2026-08-19") == "before_it_was_told"
    assert of_the_desk.brought(lead=grew, on="2026-09-20") == "lead_not_yours"
    assert of_the_desk.brought(lead=grew, on="2026-09-19") == "accepted"
    assert Matter(world, by=world.lin, brings=False).brought(lead=grew, on="2026-09-19") == "lead_not_yours"
