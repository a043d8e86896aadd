"""A slip that was printed and given after the last backup opens its page after a restore, if the home's key is kept."""

import pytest

from concerto.conductor.receive import receive
from concerto.conductor.verify import verify
from concerto.groundwork import keyed
from concerto.journal.kinds.slips import CallAsked1
from concerto.journal.models import Entry
from concerto.register.models import MatterSlip
from concerto.register.slips import by_code
from tests.cast import NOON, VILLAGE_A
from tests.register.slips import JUNE, given_slip

from .machines import back_up, bring_back, destroy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home_of_its_own")]


def test_slips_come_back_with_the_tail_and_open_with_the_key_alone(world, home, settings):
    file = back_up(home)
    slip = given_slip(world)
    asks = world.pen.item(CallAsked1(slip=slip.key, household=world.house_1.id), unit=VILLAGE_A, on=JUNE)
    [receipt] = receive([asks], brought_by=None, at=NOON, shown="slip")
    assert receipt.outcome == "accepted"
    key, before = (settings.CONCERTO_HOME / keyed.KEY).read_bytes(), MatterSlip.objects.values().get(id=slip.key)
    destroy(settings)
    assert bring_back(file, tail=settings.CONCERTO_TAIL).from_tail == 3
    assert MatterSlip.objects.values().get(id=slip.key) == before
    assert '"shown":"slip"' in Entry.objects.get(kind="call_asked").filed
    assert verify().difference is None
    assert slip.code not in str(list(Entry.objects.values_list("said", "filed")))
    assert by_code(slip.code) is None
    (settings.CONCERTO_HOME / keyed.KEY).write_bytes(key)
    assert by_code(slip.code).matter == world.need
