"""Whether one entry is admitted: its author's authority, the things it speaks of, and what its author had seen."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET

from concerto.groundwork import clock, database
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds import HOME_KINDS, NOBODYS_KINDS, PRIVATE_KINDS, SLIP_KINDS, is_known
from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.deeds import Deed1
from concerto.journal.kinds.households import (
    Helper1,
    HelperChange1,
    Household1,
    HouseholdChange1,
    HouseholdSplit1,
    Merger1,
)
from concerto.journal.kinds.keeping import Erasure1
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.panel import PanelChange1, PanelMember1
from concerto.journal.kinds.people import Member1, MemberChange1, Resident1, ResidentChange1
from concerto.journal.kinds.postings import Posting1, PostingChange1
from concerto.journal.kinds.rounds import Round1, RoundEnd1, VisitWish1
from concerto.journal.kinds.screening import Screening1
from concerto.journal.kinds.seats import Seat1, SeatChange1, Suspension1, SuspensionChange1
from concerto.journal.kinds.slips import MatterSlip1, MatterSlipVoid1
from concerto.journal.kinds.study import Study1
from concerto.journal.kinds.suggestions import Suggestion1
from concerto.journal.kinds.talks import HeartTalk1
from concerto.journal.kinds.village_facts import FactConfirmed1, VillageFact1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.kinds.waivers import Waiver1
from concerto.journal.said import HOME, Body, How, Said, Wording
from concerto.places.models import Account, Device, UnitKind
from concerto.register.access import Authority
from concerto.register.fields import fields
from concerto.rulebook.period import named

from .amendments import check_decided, check_decision
from .case_restating import check_case_restated, unties
from .cases import check_case
from .companions import check_named_there, companions_named
from .consents import check_consent
from .drafts import Draft, is_withdrawal
from .leads import check_grew, check_leads
from .links import check_helper
from .needs import check_need, units_of_need
from .protected import check_protected
from .rolls import check_meeting, check_talk
from .rounds import check_round, villages_of_round
from .rows import TrayRow
from .sitting import InTray, Sitting
from .slips import check_by_slip, check_slips, village_of_slip
from .suggestions import check_suggestion
from .taking_over import check_taken_over
from .village_facts import check_village_fact, village_of_fact

FIRST_YEAR = 1949
COUNTED = frozenset({"visit", "meeting", "study"})  # may say which earlier period they count for
GRANTING = frozenset({"posting", "posting_change"})  # who grants holds the right today too, whatever day is written


class Waits(Exception):
    """The entry speaks of what is not known here yet: it waits. `on` is the entry or thing it waits for."""

    def __init__(self, code: str = "no_such_thing_yet", on: UUID | None = None) -> None:
        super().__init__(code)
        self.code, self.on = code, on


class Clashes(Exception):
    """The entry rests on what somebody else changed meanwhile: a person decides. `meets` is what it met."""

    def __init__(self, code: str, meets: UUID | None = None) -> None:
        super().__init__(code)
        self.code, self.meets = code, meets


class Admitted(NamedTuple):
    """What was found out on the way: the postings it was done under."""

    acting_as: list[UUID]


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer an entry had before. A phone offers it again to a server that may have been restored."""

    outcome: Literal["accepted", "clash"]
    code: str = ""
    facts: dict[str, Any] = {}
    seq: int = 0
    epoch: int = 0

    @property
    def meets(self) -> UUID | None:
        """The entry that it met, if the answer named one."""
        try:
            return UUID(str(self.facts["meets"]))
        except (KeyError, ValueError):
            return None


class Bringer(NamedTuple):
    """Who brings entries to the door, and how their authorship is shown: session, device, a slip, or neither.

    `device` is the phone that sent or signed them, `yes` their author's own word for what came in their name,
    `answered` what some of them were answered before a restore. `first` is how one came that lay in the tray, if it is
    judged again by itself.
    """

    account: Account | None
    shown: str
    device: Device | None = None
    yes: bool = False
    answered: Mapping[UUID, Answered] = {}
    first: InTray | TrayRow | None = None


def admit(draft: Draft, at_door: Sitting, *, bringer: Bringer, authorities: Mapping[UUID, Authority]) -> Admitted:
    """Let one entry in, or raise `Refused`, `Waits` or `Clashes` with the code of the rule."""
    said = draft.said
    assert said is not None
    _check_author(said, bringer)
    if draft.refusal is not None:
        raise draft.refusal
    if not is_known(said.kind, said.version):
        raise Waits("unknown_kind")
    _check_day(said, at_door)
    _check_counts_for(said)
    _check_device(said, at_door, bringer)
    refuse((said.device, said.number) in at_door.numbers, "number_used_twice")
    restated = _restated(said, at_door)
    body, authority = draft.body, authorities.get(said.author)
    refuse(authority is None and said.author != HOME, "not_posted_there")
    acting_as = _authority_over(said, at_door, authority, restated)
    acting_as = [*acting_as, *_companions(said, body, authorities)]
    _check_things(draft, at_door)
    check_decided(said, restated, at_door)
    check_case_restated(said, body, at_door, authority, restated)
    check_protected(said, body, at_door, authority, restated)
    _check_words_came(draft, restated, at_door)
    if body is not None:
        _check_units(said, body, at_door, authority)
        _check_posted(said, body, at_door, authorities)
        _check_scope(said, body, at_door, authority)
        check_leads(body, draft.sealed, at_door)
        check_grew(said, body, at_door, authority, restated)
        _check_erased(body, at_door)
        _check_circle(said, body, at_door)
        check_meeting(said, body, at_door, restated)
        check_talk(said, body, at_door)
        check_named_there(said, body, at_door)
        check_decision(said, body, at_door, authority, restated)
        check_taken_over(said, body, at_door, authority)
        check_need(said, body, at_door, authority, restated)
        check_case(said, body, at_door, authority, restated)
        check_round(said, body, at_door, restated)
        check_village_fact(said, body, at_door)
        check_consent(said, body, at_door)
        check_helper(said, body, at_door)
        check_suggestion(said, body, draft.sealed, at_door)
        check_slips(said, body, at_door, authority)
        check_by_slip(body, by_slip=bringer.shown == "slip")
    _check_instead_of(said, at_door, authority)
    _check_seen(said, body, at_door, restated)
    return Admitted(acting_as)


def _companions(said: Said, body: Body | None, authorities: Mapping[UUID, Authority]) -> Iterator[UUID]:
    """Give the postings of everybody else who made a visit, or held a meeting or a lesson: it is theirs too."""
    for account in companions_named(body):
        companion = authorities.get(account)
        if companion is None:
            raise Refused("unknown_companion")
        yield from companion.acting_as(said.happened_on, kind=said.kind, unit=said.unit) or ()


def _check_author(said: Said, bringer: Bringer) -> None:
    if said.author == HOME:
        may = SLIP_KINDS if bringer.shown == "slip" else HOME_KINDS
        refuse(bringer.account is not None or said.kind not in may, "home_may_not")
        return
    if bringer.shown == "device":
        own = bringer.device is not None and (bringer.device.account, bringer.device.id) == (said.author, said.device)
    else:
        own = bringer.account is not None and bringer.account.id == said.author
    refuse(not own or bringer.shown == "neither", "not_the_author")


def check_offered(draft: Draft, bringer: Bringer) -> None:
    """Let an entry be offered again with the answer it had: by its author, and if its words may be kept."""
    assert draft.said is not None
    _check_author(draft.said, bringer)
    if draft.refusal is not None:
        raise draft.refusal


def _check_counts_for(said: Said) -> None:
    """What counts for another period than its own counts for an earlier one."""
    if said.counts_for is None:
        return
    period = named(said.counts_for)
    refuse(said.kind not in COUNTED or period is None, "no_such_period")
    refuse(period is not None and period.last >= said.happened_on, "period_not_over")


def _check_device(said: Said, at_door: Sitting, bringer: Bringer) -> None:
    """A device that was taken out of use, or that is somebody else's, says nothing more; of one that is lost a
    signature alone is not believed. Its owner's yes on a page is."""
    owner, revoked_on, lost_on = at_door.devices.get(said.device, (None, None, None))
    refuse(owner is not None and owner != said.author, "device_of_another")
    today = clock.day_of(at_door.at)
    refuse(revoked_on is not None and revoked_on <= today and not bringer.yes, "device_revoked")
    refuse(lost_on is not None and lost_on <= today and bringer.shown == "device", "device_lost")


def _check_day(said: Said, at_door: Sitting) -> None:
    today = clock.day_of(at_door.at)
    refuse(said.happened_on > today, "day_not_come")
    refuse(said.happened_on.year < FIRST_YEAR, "day_too_long_ago", first=FIRST_YEAR)


# ---------------------------------------------------------------- restatements


def _restated(said: Said, at_door: Sitting) -> list[Wording]:
    """Give all wordings of the fact that an entry corrects or withdraws; none when it is a first."""
    if said.corrects is None:
        return []
    wordings = at_door.facts.get(said.corrects, [])
    if not wordings:
        raise _absent(said.corrects, at_door)
    refuse(wordings[0].said.id != said.corrects, "kind_differs")
    refuse(wordings[0].said.kind != said.kind, "kind_differs")
    refuse(is_withdrawal(said) and wordings[-1].body is None, "withdrawn_already")
    refuse(said.kind in ("erasure", "restored", "settled"), "kind_differs")
    # what a household said by its own slip is nobody else's to word
    refuse(wordings[0].said.author == HOME and said.kind in SLIP_KINDS, "not_yours_to_correct")
    return wordings


def _authority_over(said: Said, at_door: Sitting, authority: Authority | None, restated: list[Wording]) -> list[UUID]:
    """List the postings it was done under. The author of an entry may always correct it while posted there;
    after that who follows in the unit, or the organizer."""
    if authority is None:
        return []
    today = clock.day_of(at_door.at)
    # what has a month and no day is passed on by who works here now
    day = today if said.kind in NOBODYS_KINDS else said.happened_on
    acting_as = authority.acting_as(day, kind=said.kind, unit=said.unit)
    if said.kind in GRANTING:
        refuse(not authority.follows(today, unit=said.unit, kind=said.kind), "not_posted_there")
    if not restated:
        refuse(acting_as is None, "not_posted_there")
        return acting_as or []
    first = restated[0].said
    refuse(acting_as is None and said.unit != first.unit, "not_posted_there")
    follows = authority.follows(today, unit=first.unit, kind=said.kind)
    if first.author == said.author:
        refuse(acting_as is None and not follows, "not_yours_to_correct")
        return acting_as or []
    refuse(said.kind in PRIVATE_KINDS, "not_yours_to_correct")
    made_by = Account.objects.filter(id=first.author).first()
    made_under = Authority(made_by, at_door.log) if made_by else None
    still_posted = False
    if made_under is not None and made_under.account.is_active:
        still_posted = made_under.follows(today, unit=first.unit, kind=first.kind)
    refuse(not follows or (still_posted and not unties(said, restated)), "not_yours_to_correct")
    if made_under is None:
        return acting_as or []
    # who made it stays who made it, whoever puts it right
    return made_under.acting_as(said.happened_on, kind=said.kind, unit=first.unit) or []


# ---------------------------------------------------------------- the things it speaks of


def _check_things(draft: Draft, at_door: Sitting) -> None:
    said, body = draft.said, draft.body
    if body is None or said is None:
        return
    sorts: dict[UUID, str] = {}
    opened: set[UUID] = set()
    for touch in body.named(said.first):
        openers = at_door.openers.get(touch.thing, set())
        known_as = at_door.sort_of(touch.thing) or touch.what
        refuse(sorts.setdefault(touch.thing, known_as) != touch.what, "another_sort_of_thing")
        if touch.how is How.OPENS:
            refuse(touch.thing in opened, "asked_twice")
            opened.add(touch.thing)
            named_by = openers - {said.first}
            if named_by and named_by <= set(said.instead_of):  # what it puts right was taken in itself after all
                raise Clashes("already")
            refuse(bool(named_by), "already_named")
        elif not openers:
            raise Waits(on=touch.thing)
        refuse(touch.thing in at_door.erased and touch.how is not How.ERASES, "erased_thing")


def _check_words_came(draft: Draft, restated: list[Wording], at_door: Sitting) -> None:
    """Every digest has its words, or keeps those of an earlier wording of the same fact, or they were erased."""
    earlier = {
        (rule.digest, rule.about)
        for words in restated
        if words.body is not None
        for rule in words.body.sealed_parts(words.said.first)
    }
    came = draft.sealed.keys()
    missing = (r for r in draft.rules if r.digest not in came and (r.digest, r.about) not in earlier)
    refuse(any(rule.digest not in at_door.gone for rule in missing), "part_missing")
    for rule in draft.rules:
        part = draft.sealed.get(rule.digest)
        refuse(part is not None and not part.text.strip(), "words_missing")


def _check_units(said: Said, body: Body, at_door: Sitting, authority: Authority | None) -> None:
    """Units are those of this township, each of its kind: what is moved to nowhere would be seen by nobody."""
    refuse(authority is not None and said.unit not in at_door.units, "unknown_unit")
    village, branch = getattr(body, "village", UNSET), getattr(body, "branch", UNSET)
    if village is None and isinstance(body, Suggestion1):  # a suggestion may name none
        village = UNSET
    refuse(village is not UNSET and at_door.units.get(village) != UnitKind.VILLAGE, "unknown_unit")
    refuse(branch is not UNSET and at_door.units.get(branch) != UnitKind.BRANCH, "unknown_unit")
    refuse(isinstance(body, Posting1) and body.unit not in at_door.units, "unknown_unit")
    if isinstance(body, PanelMember1):
        refuse(at_door.units.get(body.unit) not in (UnitKind.VILLAGE, UnitKind.TOWNSHIP), "panel_without_committee")


def _check_posted(said: Said, body: Body, at_door: Sitting, authorities: Mapping[UUID, Authority]) -> None:
    """Those posted, and those who stand in, have an account here; nobody posts themselves."""
    for account in accounts_named(body):
        named = authorities.get(account)
        refuse(named is None, "unknown_account")
        refuse(named is not None and named.is_never_posted(), "never_posted")
        refuse(account == said.author, "panel_line_of_ones_own" if isinstance(body, PanelMember1) else "not_yourself")
    if isinstance(body, PostingChange1):
        own = at_door.holder_of(body.posting) == said.author
        refuse(own and set(body.changes(body.posting)) != {"absences"}, "not_yourself")
    if isinstance(body, PanelChange1):  # else somebody gives themselves the seal
        refuse(at_door.panel_line(body.panel_member)[1] == said.author, "panel_line_of_ones_own")


def accounts_named(body: Body | None) -> Iterator[UUID]:
    """Name the accounts that a posting gives something to: whoever is posted, and deputies."""
    if isinstance(body, Posting1):
        yield body.account
    if isinstance(body, PanelMember1) and body.account:
        yield body.account
    if isinstance(body, Posting1 | PostingChange1):
        yield from (away.deputy for away in body.absences or () if away.deputy)


def _check_scope(said: Said, body: Body, at_door: Sitting, authority: Authority | None) -> None:
    """What an entry speaks of lies in units its author records for; what nobody has placed yet, anywhere."""
    if authority is None:
        return
    today = clock.day_of(at_door.at)

    def covers(unit: UUID | None) -> bool:
        if unit is None or unit == said.unit or _may_record_in(said, unit, authority):
            return True
        works_there = said.corrects is not None or said.kind in NOBODYS_KINDS
        return works_there and authority.follows(today, unit=unit, kind=said.kind)

    spoken_of = (*_units_spoken_of(body, at_door), *units_of_need(body, at_door, said))
    refuse(not all(covers(unit) for unit in spoken_of), "not_in_this_unit")
    for household in body.households if isinstance(body, Visit1) else ():
        covered = covers(at_door.village_of(household)) or covers(at_door.village_on(household, said.happened_on))
        refuse(not covered, "not_in_this_unit")


def _may_record_in(said: Said, unit: UUID, authority: Authority) -> bool:
    return authority.acting_as(said.happened_on, kind=said.kind, unit=unit) is not None


def _units_spoken_of(body: Body, at_door: Sitting) -> Iterator[UUID | None]:
    """Give the unit of everything a body changes or proves. Where somebody moves to is not asked: they arrive."""
    match body:
        case Visit1():
            served = (matter.member for matter in body.matters if matter.member)
            yield from (at_door.branch_of(member) for member in (*body.lesson_for, *served))
        case Meeting1():
            yield body.branch
            yield from at_door.branches_of(a.member for a in body.attendance if a.how != "observer")
        case HeartTalk1():
            yield from at_door.branches_of(talker.member for talker in body.talkers)
        case Study1():
            yield from at_door.branches_of(body.members)
        case Household1():
            yield body.village
        case HelperChange1():
            yield from (at_door.village_of(body.household), at_door.village_of_link(body.link))
        case Round1():
            yield from body.villages
        case RoundEnd1():
            yield from villages_of_round(body.round, at_door)
        case VillageFact1() | Suggestion1() | Screening1():
            yield body.village
        case PanelMember1():
            yield body.unit
        case PanelChange1():
            yield at_door.panel_line(body.panel_member)[0]
        case FactConfirmed1():
            yield from village_of_fact(body.fact, at_door)
        case Deed1():
            yield from map(at_door.village_of, body.households)
        case MatterSlipVoid1():
            yield village_of_slip(body, at_door)
        case HouseholdChange1() | Helper1() | VisitWish1() | MatterSlip1():
            yield at_door.village_of(body.household)
        case Consent1():
            yield at_door.village_of(body.household)
            yield at_door.village_of_resident(body.resident) if body.resident else None
        case HouseholdSplit1():
            yield from (body.village, at_door.village_of(body.old))
            yield from (at_door.village_of_resident(resident) for resident in body.residents)
        case Merger1() if body.sort == "household":
            yield from (at_door.village_of(body.gone), at_door.village_of(body.stays))
        case Merger1():
            yield from (at_door.village_of_resident(body.gone), at_door.village_of_resident(body.stays))
        case Resident1():
            yield at_door.village_of(body.home.household)
        case ResidentChange1():
            yield at_door.village_of_resident(body.resident)
        case Member1():
            yield body.branch
        case MemberChange1() | Suspension1():
            yield at_door.branch_of(body.member)
        case Seat1():
            yield from (body.branch, at_door.branch_of(body.member))
        case SeatChange1():
            yield at_door.branch_of_seat(body.seat)
        case SuspensionChange1():
            yield at_door.branch_of_suspended(body.suspension)
        case Waiver1():
            yield from (one for one in (body.owed_by, body.about) if one in at_door.units)
            yield at_door.village_of(body.about) if body.about else None


def _check_erased(body: Body, at_door: Sitting) -> None:
    """An erasure names every household and person whose words it takes, or their names would stay in the register."""
    if not isinstance(body, Erasure1):
        return
    named = {erased.thing for erased in body.things_erased}
    sql = (
        "SELECT DISTINCT s.about FROM sealed s JOIN touch t ON t.log = s.log AND t.thing = s.about AND t.how = 3 "
        "WHERE t.what IN ('household', 'resident') AND s.log = %s AND s.digest IN (%in)"
    )
    about = {database.to_uuid(thing) for (thing,) in database.fetch_in(sql, [at_door.log], body.digests)}
    refuse(not about <= named, "loses_words_unnamed")


def _check_circle(said: Said, body: Body, at_door: Sitting) -> None:
    """What is called like another already is not what that other is now called: both would be listed nowhere."""
    if isinstance(body, Merger1):
        others = [fact for fact in at_door.told(body.stays) if fact.first != said.first]
        stays = fields(body.stays, others).get("called")
        refuse(stays is not None and stays.value is not None, "merged_away")


# ---------------------------------------------------------------- what its author had seen


def _check_instead_of(said: Said, at_door: Sitting, authority: Authority | None) -> None:
    """What an entry takes the place of is not filed or closed, and is its author's own or of their units; the
    township's organizer settles whatever lies in its tray."""
    today = clock.day_of(at_door.at)
    for settled in said.instead_of:
        if settled in at_door.known or settled in at_door.closed:
            raise Clashes("already")
        there = at_door.tray.get(settled)
        if there is not None and authority is not None and there.author != said.author:
            may = authority.is_organizer(today) or _may_record_in(said, there.unit, authority)
            refuse(not may, "not_in_this_unit")


def _check_seen(said: Said, body: Body | None, at_door: Sitting, restated: list[Wording]) -> None:
    """Compare what the author had seen with what stands: each field changed, or the last wording of its fact."""
    if restated:
        _compare(said, f"{said.corrects}.wording", restated[-1].said.id, at_door)
        return
    for thing, names in _fields_rested_on(said, body, at_door):
        wordings = wordings_of(thing, at_door)
        for name in names if names is not None else sorted(wordings):
            _compare(said, f"{thing}.{name}", wordings.get(name), at_door)


def _fields_rested_on(said: Said, body: Body | None, at_door: Sitting) -> Iterator[tuple[UUID, list[str] | None]]:
    """Give the things whose fields an entry sets, with the fields; None is every field, as a merger needs."""
    if body is None:
        return
    for touch in body.named(said.first):
        if touch.how is How.CHANGES and touch.what != "entry":
            everything = isinstance(body, Merger1)
            yield touch.thing, None if everything else list(body.changes(touch.thing))


def wordings_of(thing: UUID, at_door: Sitting) -> dict[str, UUID]:
    """Give which wording gave each field of a thing, as it stands under the lock."""
    return {name: seen.wording for name, seen in fields(thing, at_door.told(thing)).items()}


def _compare(said: Said, key: str, stands: UUID | None, at_door: Sitting) -> None:
    seen = said.saw.get(key)
    if seen == stands:
        return
    if seen is not None and seen not in at_door.known:
        raise _absent(seen, at_door, stands)
    raise Clashes("seen_differently", stands)


def _absent(named: UUID, at_door: Sitting, stands: UUID | None = None) -> Waits | Clashes:
    """What is not in the book may still come; what clashed or was closed never will, nor what rests on it."""
    there = at_door.tray.get(named)
    if named in at_door.closed or (there is not None and there.outcome in ("clash", "settled")):
        return Clashes("seen_differently", stands)
    return Waits(on=named)


def late_days(said: Said, at_door: Sitting) -> int:
    """Count the days between when it happened and when it was written down; the phone's clock may be wrong."""
    written = said.recorded_at[:10]
    today = clock.day_of(at_door.at)
    days = (today - said.happened_on).days if written > today.isoformat() else _days_between(said)
    return max(0, min(days, 9999))


def _days_between(said: Said) -> int:
    written = clock.day_of(datetime.fromisoformat(said.recorded_at.replace("Z", "+00:00")))
    return (written - said.happened_on) // timedelta(days=1)
