"""Who mediates a case, and what stands against them; whose signature is the mediator's, whose seal the committee's."""

from datetime import date
from uuid import UUID

import pytest

from concerto.conductor.verify import verify_log
from concerto.journal.kinds.postings import Posting1
from concerto.papers.standing.default_desk import unanswered_case
from concerto.parts.disputes.models import Case
from concerto.register.access import sight_of
from tests.cases import AT, Matter, panel_line
from tests.cast import FIRST_DAY, TOWNSHIP, VILLAGE_A, VILLAGE_B

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def line(world) -> UUID:
    """The mediator of village A's line on the panel, with the seal."""
    return panel_line(world, world.med, VILLAGE_A, holds_seal=True)


@pytest.fixture
def second(world) -> UUID:
    """Another line of village A's panel."""
    return panel_line(world, world.lin, VILLAGE_A)


@pytest.fixture
def matter(world, line) -> Matter:
    return Matter(world).willing()


# ---------------------------------------------------------------- whose signature, whose seal


def test_only_the_mediator_of_the_case_signs_as_its_mediator(world, matter, line, second):
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "accepted"
    matter.agree()
    assert matter.sign("mediator", of=line) == "not_its_mediator"
    assert matter.sign("mediator", of=second) == "accepted"


def test_where_nobody_is_named_somebody_of_the_committee_or_the_townships_signs(world, matter, line):
    elsewhere = panel_line(world, world.ma, VILLAGE_B, holds_seal=True)
    townships = panel_line(world, world.zhou, TOWNSHIP)
    matter.agree()
    assert matter.sign("mediator", of=elsewhere) == "not_its_mediator"
    assert matter.sign("mediator", of=townships) == "accepted"


def test_who_signed_as_its_mediator_is_not_taken_back_as_its_mediator(world, matter, line, second):
    def taken_back() -> str:
        more = {"corrects": str(named), "saw": {f"{named}.wording": str(named)}}
        return matter.bring(None, on="2026-09-02", kind="case_step", **more)

    assert matter.step("mediator", mediator=second, account=world.lin.id) == "accepted"
    named = matter.last
    matter.agree()
    assert matter.sign("mediator", of=second) == "accepted"
    signed = matter.last
    assert taken_back() == "rests_on_it"
    more = {"corrects": str(signed), "saw": {f"{signed}.wording": str(signed)}}
    assert matter.bring(None, on="2026-09-05", kind="case_signature", **more) == "accepted"
    assert taken_back() == "accepted"


def test_the_seal_of_another_village_seals_nothing(world, matter, line):
    elsewhere = panel_line(world, None, VILLAGE_B, holds_seal=True)
    townships = panel_line(world, None, TOWNSHIP, holds_seal=True)
    matter.agree()
    assert matter.sign("seal", of=elsewhere) == "seal_is_not_theirs"
    assert matter.sign("seal", of=townships) == "accepted"


# ---------------------------------------------------------------- what stands against a mediator


def test_somebody_tied_to_a_side_is_not_named_as_its_mediator(world, matter, second):
    assert matter.step("conflict", mediator=second, conflict="kin") == "accepted"
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "mediator_has_a_conflict"


def test_a_mediator_who_says_what_ties_them_to_a_side_mediates_no_more(world, matter, line, second):
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "accepted"
    assert matter.step("conflict", mediator=second, conflict="neighbour", by=world.lin) == "accepted"
    assert (matter.row.mediator, matter.row.account) == (None, None)
    assert matter.consent(matter.a, to="notes", by=world.lin) == "not_its_handler"
    assert not Case.objects.seen_by(sight_of(world.lin, DAY)).exists()
    assert Case.objects.seen_by(sight_of(world.med, DAY)).exists()
    matter.agree()
    assert matter.sign("mediator", of=second) == "not_its_mediator"
    assert matter.sign("mediator", of=line) == "accepted"


def test_a_party_that_does_not_accept_a_mediator_gets_another_and_may_say_yes_after_all(world, matter, line, second):
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "accepted"
    assert matter.consent(matter.a, "refused", to="mediator") == "accepted"
    assert matter.row.mediator is None
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "mediator_not_accepted"
    assert matter.step("mediator", mediator=line, account=world.med.id) == "accepted"
    assert matter.row.mediator == line
    assert matter.consent(matter.a, to="mediator") == "accepted"
    assert matter.row.mediator == line


def test_a_no_that_names_whom_it_means_is_said_of_no_other_mediator_however_late_it_comes(world, matter, line, second):
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "accepted"
    assert matter.step("mediator", mediator=line, account=world.med.id) == "accepted"
    assert matter.consent(matter.a, "refused", to="mediator", mediator=second) == "accepted"
    assert matter.row.mediator == line
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "mediator_not_accepted"
    matter.altered = {"mediator": str(second)}
    assert matter.consent(matter.a, to="notes") == "not_of_this_step"


def test_a_yes_after_all_lets_the_mediator_go_on(world, matter, second):
    assert matter.step("mediator", mediator=second, account=world.lin.id) == "accepted"
    assert matter.consent(matter.a, "refused", to="mediator", on="2026-09-03") == "accepted"
    assert matter.row.mediator is None
    assert matter.consent(matter.a, to="mediator", on="2026-09-04") == "accepted"
    assert matter.row.mediator == second


def test_what_ties_a_mediator_is_said_of_somebody_of_the_panel_and_names_what(world, matter, line):
    matter.altered = {"mediator": str(matter.a)}
    assert matter.step("conflict", mediator=line, conflict="kin") in ("another_sort_of_thing", "not_on_the_panel")
    matter.altered = {"conflict": None}
    assert matter.step("conflict", mediator=line, conflict="kin") == "not_of_this_step"


# ---------------------------------------------------------------- who speaks for a party


def test_nobody_speaks_for_a_party_that_has_no_representative(world, matter):
    assert matter.consent(matter.a, to="notes", spoken_by="representative") == "nobody_speaks_for_them"
    matter.joins("a", "小军", minor=True)
    assert matter.consent(matter.joined, spoken_by="representative") == "accepted"


# ---------------------------------------------------------------- whoever is tied to a side is out of it


def test_a_mediator_who_is_tied_to_a_side_reads_and_handles_it_by_no_desk_of_theirs(world, matter, line):
    assert matter.step("mediator", mediator=line, account=world.med.id) == "accepted"
    assert matter.step("conflict", "2026-09-03", mediator=line, conflict="kin") == "accepted"
    conflict = matter.last
    sight = sight_of(world.med, DAY)
    assert not Case.objects.seen_by(sight).exists()
    assert not Case.objects.followed_by(sight).exclude(brought_by=world.med.id).exists()
    assert matter.session("2026-09-04") == "not_its_handler"
    assert matter.hand("sent", "2026-09-04", to=TOWNSHIP) == "not_its_handler"
    found = unanswered_case(TOWNSHIP, DAY, matter.id)  # nobody else is posted at its desk
    assert found is not None
    assert found.may_be_taken
    assert matter.hand("taken_over", "2026-09-04", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert Case.objects.seen_by(sight_of(world.zhou, DAY)).exists()
    more = {"corrects": str(conflict), "saw": {f"{conflict}.wording": str(conflict)}}
    assert matter.bring(None, on="2026-09-03", kind="case_step", **more) == "accepted"
    assert Case.objects.seen_by(sight).exists()
    assert verify_log(TOWNSHIP) is None


def test_a_desk_with_somebody_else_keeps_what_one_of_it_is_tied_to(world, matter, line):
    matter.step("mediator", mediator=line, account=world.med.id)
    role = Posting1(posting=world.pen.new_id(), account=world.lin.id, unit=VILLAGE_A, role="mediator", since=FIRST_DAY)
    [receipt] = world.receive(world.pen.item(role, unit=VILLAGE_A, by=world.wang, at=AT), by=world.wang, at=AT)
    assert receipt.outcome == "accepted"
    assert matter.step("conflict", "2026-09-03", mediator=line, conflict="kin") == "accepted"
    assert unanswered_case(TOWNSHIP, DAY, matter.id) is None
    assert Case.objects.seen_by(sight_of(world.lin, DAY)).exists()
    assert matter.session("2026-09-04", by=world.lin) == "accepted"


def test_nobody_is_shut_out_of_a_case_by_what_another_says_of_them(world, line):
    townships = panel_line(world, world.zhou, TOWNSHIP)
    matter = Matter(world).willing()
    assert matter.hand("sent", "2026-09-03", to=TOWNSHIP) == "accepted"
    assert matter.step("mediator", "2026-09-03", mediator=townships, account=world.zhou.id) == "accepted"
    assert matter.step("conflict", "2026-09-03", mediator=townships, conflict="kin") == "accepted"
    assert matter.hand("accepted", "2026-09-04", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert Case.objects.seen_by(sight_of(world.zhou, DAY)).exists()
    assert matter.row.mediator is None
