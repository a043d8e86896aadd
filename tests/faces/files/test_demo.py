"""The demo world comes in through the one door, the same for the same day, with everything worth showing."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from concerto.conductor.verify import verify
from concerto.faces.files.demo.township import STAFF
from concerto.faces.files.demo.world import make_world, who_signs_in
from concerto.faces.files.management.commands.demo import AS_OF
from concerto.journal.models import Entry, Head, Tray
from concerto.papers.standing.asking import Township
from concerto.parts.assistance.models import AssistanceLine, Need, NeedStep
from concerto.parts.branch.models import Matter
from concerto.parts.disputes.models import Case, Lead, Protected
from concerto.parts.disputes.states import STATES
from concerto.parts.study.models import Talk
from concerto.parts.visits.models import Round, VillageFact, Visit, VisitWish
from concerto.places.models import Account, Device
from concerto.places.sight import Role
from concerto.register.models import (
    Consent,
    HelperLink,
    Household,
    LocalEdition,
    MatterSlip,
    Member,
    Posting,
    Resident,
)
from concerto.register.panel import panel_of
from concerto.rulebook.standing import Verdict

pytestmark = pytest.mark.django_db(transaction=True)

ASOF = date(2026, 11, 25)


@pytest.fixture
def town(home):
    return make_world(ASOF, visits=300)


def test_the_demo_world_is_whole_and_shows_everything(town):
    assert verify().difference is None
    assert 240 <= Household.objects.count() <= 270
    assert 95 <= Member.objects.count() <= 110
    assert {account.name for account in Account.objects.all()} == {name for name, *_ in STAFF}
    assert {role for _, _, role, _ in STAFF} == {role.value for role in Role}
    assert dict(Tray.objects.values_list("outcome", "code")).keys() == {"clash", "refused", "waits"}
    for ledger in (Talk, Matter, Lead, AssistanceLine):
        assert ledger.objects.exists()
    assert set(HelperLink.objects.values_list("agreement", flat=True)) == {"agreed", "declined", "not_asked"}
    assert Household.objects.filter(called__isnull=False).count() == 1
    assert Household.objects.filter(left_on__isnull=False).exists()
    assert Resident.objects.filter(erased=True, name="").count() == 1
    assert Posting.objects.exclude(absences="[]").exists()
    assert Device.objects.filter(lost_on__isnull=False).exists()
    cases = Case.objects.all()
    assert 30 <= cases.count() <= 45
    assert set(cases.values_list("state", flat=True)) == {"", *STATES}
    assert {"written", "oral", "between_themselves"} <= set(cases.values_list("outcome", flat=True))
    assert set(cases.values_list("channel", flat=True)) == {"people", "admin", "court"}
    assert set(cases.values_list("level", flat=True)) == {"village", "township", "county"}
    assert {"confirmed", "not_confirmed"} <= set(cases.values_list("court", flat=True))
    assert Protected.objects.values_list("stage", "wants").get() == ("open", "no_mediation")
    corrected = Entry.objects.filter(kind="visit").exclude(first=F("id"))
    running = Round.objects.filter(until__gte=ASOF, stopped_on__isnull=True)
    assert running.values("id").distinct().count() == 1
    assert {"declined", "moved"} <= set(Visit.objects.filter(on__gte=running[0].since).values_list("state", flat=True))
    assert set(AssistanceLine.objects.filter(kind="deed").values_list("state", flat=True)) == {"households", "village"}
    assert VisitWish.objects.exists()
    assert VillageFact.objects.values("village").distinct().count() == 2
    assert VillageFact.objects.filter(confirmed_on__isnull=False).count() == 1
    assert {line.holds_seal for line in panel_of(town.log, town.villages[0], ASOF)} == {True, False}
    assert {line.unit for line in panel_of(town.log, town.villages[0], ASOF)} == {town.log, town.villages[0]}
    assert Lead.objects.filter(state="screened", found=0).exists()
    states = set(Need.objects.values_list("state", flat=True))
    assert states >= {
        "heard",
        "owned",
        "doing",
        "done",
        "told",
        "confirmed",
        "told_to_the_doer",
        "no_answer",
        "not_ours",
        "merged",
    }
    assert {"sent", "accepted", "returned"} <= set(Need.objects.values_list("desk_state", flat=True))
    assert Need.objects.filter(askers=2).count() == 1
    assert NeedStep.objects.filter(kind="partly").exists()
    slips = MatterSlip.objects
    assert slips.filter(matter__isnull=False, void=False).count() == 11
    assert (slips.filter(void=True).count(), slips.to_give().count()) == (1, 6)
    assert set(Consent.objects.values_list("answer", flat=True)) == {"agreed", "declined", "withdrawn"}
    assert Entry.objects.filter(kind__in=("call_asked", "treated")).count() == 2
    assert {'"body":null' in entry.said for entry in corrected} == {True, False}


def test_nobody_of_the_demo_world_has_a_telephone_that_exists_or_a_code_of_a_real_place(town):
    phones = [phone for phones in Resident.objects.values_list("phones", flat=True) for phone in phones.split('"')]
    assert {phone[:3] for phone in phones if phone.isdigit()} == {"100"}


def test_the_same_day_makes_the_same_world(town, settings, home):
    last = Head.objects.get().seq - 1
    digest = Entry.objects.get(seq=last).digest
    call_command("flush", interactive=False, verbosity=0)
    settings.CONCERTO_HOME = home / "another"  # a home remembers what was erased in it
    settings.CONCERTO_TAIL = settings.CONCERTO_HOME / "tail"
    settings.CONCERTO_HOME.mkdir()
    make_world(ASOF, visits=300)
    assert Entry.objects.get(seq=last).digest == digest


def test_a_home_in_use_is_left_alone(town):
    with pytest.raises(CommandError):
        call_command("demo")


def test_on_its_own_day_something_stands_in_every_way_there_is(home):
    town = make_world(AS_OF, visits=300)
    lines = Township(town.log, AS_OF).lines()
    assert {one.verdict for one in lines} == set(Verdict)
    assert any(one.late for one in lines)
    assert not any(one.private for one in lines)
    for of_a_branch in (True, False):
        assert {one.verdict for one in lines if (one.by.sort == "branch") is of_a_branch} >= {"met", "open", "missed"}


def test_from_july_on_a_telephone_call_counts_here_as_the_county_approved(home):
    town = make_world(AS_OF, visits=300)
    here, [local] = Township(town.log, AS_OF), LocalEdition.objects.all()
    assert (local.duty, local.since, local.state) == ("four-ones-visit", date(2026, 7, 1), "approved")
    assert local.proposed_on < local.answered_on < local.since
    assert (local.proposed_by, local.answered_by) == (town.staff["wang"].id, town.staff["gao"].id)

    lines = {line.period.name: line for line in here.lines() if line.duty == local.duty and counts_a_call(line)}
    assert lines.keys() <= {"2026-07", "2026-08", "2026-09"}
    assert lines
    assert all(one.verdict == "met" for one in lines.values())


def counts_a_call(line):
    """Whether what proves it was a telephone call that met somebody."""
    said = " ".join(Entry.objects.filter(id__in=line.proof).values_list("said", flat=True))
    return '"channel":"phone_call"' in said and '"outcome":"met"' in said and '"channel":"visit"' not in said


def test_before_its_answer_the_local_edition_waits(home):
    make_world(date(2026, 6, 9), visits=20)
    [local] = LocalEdition.objects.all()
    assert (local.state, local.since) == ("proposed", date(2026, 7, 1))


def test_it_says_who_can_sign_in():
    said = who_signs_in("secret")
    assert all(name in said for name, *_ in STAFF)
