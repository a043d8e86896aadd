"""Things of three places, one kind and page at a time: what the test of who sees what opens."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from concerto.conductor.receive import receive
from concerto.faces.desk.writing import seen
from concerto.groundwork import clock
from concerto.groundwork.ids import uuid7
from concerto.groundwork.slip_codes import serials_after
from concerto.journal.kinds.cases import Case1
from concerto.journal.kinds.cases import Party as CaseParty
from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.deeds import Deed1
from concerto.journal.kinds.editions import Edition1
from concerto.journal.kinds.households import (
    Helper1,
    HelperChange1,
    HouseholdChange1,
    HouseholdSplit1,
    Merger1,
    UsualPlace,
)
from concerto.journal.kinds.keeping import Erased, Erasure1, Restored1, Restriction1, Settled1
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.needs import Asker, Handover1, Need1, NeedMerger1, NeedStep1, NeedWord1
from concerto.journal.kinds.panel import PanelChange1, PanelMember1
from concerto.journal.kinds.people import Member1, MemberChange1, ResidentChange1
from concerto.journal.kinds.postings import Posting1, PostingChange1
from concerto.journal.kinds.rounds import Round1, RoundEnd1, VisitWish1
from concerto.journal.kinds.screening import Screening1
from concerto.journal.kinds.seats import Seat1, SeatChange1, Suspension1, SuspensionChange1
from concerto.journal.kinds.slips import CallAsked1, MatterSlip1, PrintedSlip, SlipSheet1, Treated1, slip_key
from concerto.journal.kinds.study import OwnStudy1, Study1
from concerto.journal.kinds.suggestions import Suggestion1, SuggestionReply1
from concerto.journal.kinds.talks import HeartTalk1, Talker
from concerto.journal.kinds.times import Took
from concerto.journal.kinds.village_facts import FactConfirmed1, VillageFact1
from concerto.journal.kinds.visit import LeadHeard, NeedHeard, Visit1
from concerto.journal.kinds.waivers import Waiver1
from concerto.journal.models import Entry, HeadAlarm, Tray
from concerto.journal.said import Audience
from concerto.places.accounts import add_account
from concerto.places.models import (
    DataRequest,
    Device,
    Division,
    DivisionCode,
    DivisionName,
    PartyGroup,
    RosterFlag,
    RosterImport,
    UnitKind,
)
from concerto.places.units import add_unit
from concerto.register.models import HelperLink, Household, Member, Posting, Resident, Seat, Suspension
from concerto.register.slips import last_serial
from tests.cast import ELSEWHERE, FAR_VILLAGE, NOON, TOWNSHIP, VILLAGE_A, VILLAGE_B, World, _house, _take

PLACES = ("a", "b", "far")
DAY = date(2026, 6, 10)
OWN_STUDY = "读了草原法第二章"
PLACE_WORDS, LEAD_WORDS, NOTE = "夏牧场在北沟", "两家为草场边界吵过", "老人腿脚不便，冬天要人帮着拉煤"


@dataclass
class Place:
    """Everything an address may name, of one place."""

    log: UUID
    village: UUID
    branch: UUID
    things: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, UUID] = field(default_factory=dict)


def furnish(world: World) -> dict[str, Place]:
    """Give each place one entry of every kind, and one thing of every sort."""
    found = {
        "a": Place(TOWNSHIP, VILLAGE_A, world.branch_a.id),
        "b": Place(TOWNSHIP, VILLAGE_B, world.branch_b.id),
        "far": Place(ELSEWHERE, FAR_VILLAGE, world.far_branch.id),
    }
    writers = {TOWNSHIP: world.newcomer, ELSEWHERE: world.other}
    houses = {"a": world.house_1, "b": world.house_4, "far": world.far_house}
    for name, place in found.items():
        _furnish(world, place, houses[name], name, writers[place.log])
    _county_desk(world)
    _township_kinds(world, found)
    _proposals(world, found)
    return found


def _county_desk(world: World) -> None:
    """Somebody of a county department's desk, to which nothing was sent."""
    desk = add_unit(TOWNSHIP, UnitKind.COUNTY_DESK, "县水务局")
    world.clerk = add_account("clerk", "苗青", at=NOON, log=TOWNSHIP)
    body = Posting1(
        posting=world.pen.new_id(), account=world.clerk.id, unit=desk.id, role="county_desk", since=date(2026, 1, 1)
    )
    _take(world, [world.pen.item(body, unit=desk.id)])


def _furnish(world: World, place: Place, house: Any, name: str, writer: Any) -> None:
    pen, log, village = world.pen, place.log, place.village
    posting = _posted(world, place, writer)
    _take(world, _house(world, f"second_{name}", village, "8", {f"郭二{name}": "", f"郭小{name}": ""}, log=log))
    _take(world, _house(world, f"third_{name}", village, "9", {f"齐三{name}": "10077778888"}, log=log))
    second, third = getattr(world, f"second_{name}"), getattr(world, f"third_{name}")

    def home(body: Any, **more: Any) -> UUID:
        unit = place.branch if body.KIND.startswith(("member", "posting", "seat", "suspension")) else village
        item = pen.item(body, unit=unit, log=log, **more)
        _take(world, [item])
        return Entry.objects.order_by("-seq").filter(log=log).values_list("id", flat=True)[0]

    words = pen.seal(house.id, PLACE_WORDS)
    places = [UsualPlace(season="summer", from_month=5, to_month=8, words=words.digest)]
    row = Household.objects.get(log=log, id=house.id)
    made = place.entries
    changed = HouseholdChange1(household=house.id, places=places)
    made["household_change"] = home(changed, sealed=[words], saw=seen(house.id, row.wordings, ["places"]))
    *_, young = second.people.values()
    row_young = Resident.objects.get(log=log, id=young)
    split = HouseholdSplit1(
        old=second.id, household=pen.new_id(), village=village, since=DAY, head=young, residents=[young]
    )
    made["household_split"] = home(split, saw=seen(young, row_young.wordings, ["home"]))
    both = [Household.objects.get(log=log, id=one) for one in (split.household, second.id)]
    saw = {key: value for one in both for key, value in seen(one.id, one.wordings).items()}
    made["merger"] = home(Merger1(sort="household", gone=both[0].id, stays=both[1].id), saw=saw)
    phone = pen.seal(house.head, "10012345678")
    person = Resident.objects.get(log=log, id=house.head)
    made["resident_change"] = home(
        ResidentChange1(resident=house.head, phones=[phone.digest]),
        sealed=[phone],
        saw=seen(house.head, person.wordings, ["phones"]),
    )
    link = Helper1(link=pen.new_id(), household=third.id, helper=writer.id, agreement="agreed", since=DAY)
    made["helper"] = home(link)
    row_link = HelperLink.objects.get(log=log, id=link.link)
    change = HelperChange1(link=link.link, household=third.id, agreement="not_asked")
    made["helper_change"] = home(change, saw=seen(link.link, row_link.wordings, ["agreement"]))
    member = Member1(member=pen.new_id(), resident=third.head, branch=place.branch, standing="full", since=DAY)
    made["member"] = home(member)
    row_member = Member.objects.get(log=log, id=member.member)
    exempt = MemberChange1(member=member.member, exempt=True)
    made["member_change"] = home(exempt, saw=seen(member.member, row_member.wordings, ["exempt"]))
    seat = Seat1(seat=pen.new_id(), branch=place.branch, member=member.member, post="seat", since=DAY)
    made["seat"] = home(seat)
    place.things |= {"seat": seat.seat}
    row_seat = Seat.objects.get(log=log, id=seat.seat)
    made["seat_change"] = home(
        SeatChange1(seat=seat.seat, post="deputy"), saw=seen(seat.seat, row_seat.wordings, ["post"])
    )
    rests = Suspension1(suspension=pen.new_id(), member=member.member, since=DAY)
    made["suspension"] = home(rests)
    place.things |= {"suspension": rests.suspension}
    row_rests = Suspension.objects.get(log=log, id=rests.suspension)
    back = SuspensionChange1(suspension=rests.suspension, until=DAY)
    made["suspension_change"] = home(back, saw=seen(rests.suspension, row_rests.wordings, ["until"]))
    meeting = Meeting1(branch=place.branch, form="none", contents=["theme_day"])
    made["meeting"] = _written(world, place, meeting, writer)
    lesson = Study1(form="home_lesson", took=Took(minutes=30), members=[member.member])
    made["study"] = _written(world, place, lesson, writer)
    own = pen.new_id()
    line = pen.seal(own, OWN_STUDY, Audience.AUTHOR)
    made["own_study"] = _written(world, place, OwnStudy1(words=line.digest), writer, sealed=[line], id=own)
    _talks_and_waivers(world, place, writer, member.member)
    _slips(world, place, writer, house.id)
    _needs(world, place, writer, house.id)
    row_posting = Posting.objects.get(log=log, id=posting)
    letter = PostingChange1(posting=posting, letter="9")
    made["posting_change"] = home(letter, saw=seen(posting, row_posting.wordings, ["letter"]))
    lead = pen.new_id()
    heard, note = pen.seal(lead, LEAD_WORDS, Audience.DESK), pen.seal(house.id, NOTE)
    visit = Visit1(
        channel="visit", households=[house.id], outcome="met", words=note.digest,
        leads=[LeadHeard(lead=lead, sort="pasture_and_land", words=heard.digest, household=house.id)],
    )  # fmt: skip
    today = clock.today()
    made["visit"] = pen.new_id()
    item = pen.item(
        visit, unit=village, log=log, by=writer, on=today, sealed=[note, heard], id=made["visit"], at=clock.now()
    )
    receipts = world.receive(item, by=writer, at=clock.now())
    assert receipts[0].stands, receipts
    refused = pen.item(visit, unit=village, log=log, by=writer, on=date(2030, 1, 1), at=clock.now())
    [receipt] = world.receive(refused, by=writer, at=clock.now())
    assert receipt.outcome == "refused"
    waiting = Tray.objects.get(log=log, id=receipt.id)
    settled = pen.item(
        Settled1(), unit=village, log=log, by=writer, on=today, at=clock.now(), instead_of=[str(uuid7(clock.now()))]
    )
    [done] = world.receive(settled, by=writer, at=clock.now())
    assert done.stands, done
    made["settled"] = done.id
    for row in Entry.objects.filter(log=log, kind__in=("household", "resident", "posting")):
        if row.unit in (village, place.branch):
            made[row.kind] = row.id
    made["household"] = Entry.objects.get(log=log, kind="household", said__contains=str(house.id)).id
    group = PartyGroup.objects.create(log=log, branch=place.branch, name="一组", since=DAY)
    phone_of = Device.objects.create(account=writer.id, name="phone", enrolled_at=NOON)
    asked = DataRequest(
        log=log, id=uuid4(), about=house.head, kind="access", how="desk", asked_on=DAY, recorded_at=NOON,
        recorded_by=world.pri.id,
    )  # fmt: skip
    asked.save(force_insert=True)
    Division.objects.create(id=village, level=5)
    DivisionName.objects.create(division=village, name="村")
    DivisionCode.objects.create(division=village, code=f"62099920{len(name)}{ord(name[0])}", source="list")
    sent = RosterImport(log=log, id=uuid4(), by=writer.id, sent_at=NOON)
    sent.save(force_insert=True)
    flag = RosterFlag(
        log=log,
        id=uuid4(),
        batch=sent.id,
        sheet="1",
        row=3,
        code="identity_too_short",
        resident=house.head,
        came_at=NOON,
    )
    flag.save(force_insert=True)
    alarm = HeadAlarm(
        log=log, id=uuid4(), at=NOON, device=phone_of.id, epoch=1, seq=900, digest="0" * 64, code="head_lost"
    )
    alarm.save(force_insert=True)
    place.things |= {
        "meeting": made["meeting"], "duty": "theme-day", "turn": today.strftime("%Y-%m"), "sort": "need",
        "batch": sent.id, "alarm": alarm.id, "flag": flag.id,
        "division": village, "branch": place.branch,
        "house": house.id, "household": house.id, "person": house.head, "link": link.link, "member": member.member,
        "village": village, "entry": made["visit"], "digest": note.digest, "lead_digest": heard.digest, "log": log,
        "unit_id": place.branch, "posting_id": posting, "group_id": group.id, "person_id": writer.id,
        "device_id": phone_of.id, "request_id": asked.id, "tray": waiting.id, "other_house": third.id,
        "other_person": third.head, "part": "visits", "what": "end", "third": third.id,
    }  # fmt: skip
    _rounds(world, place, writer, house.id)
    _panel(world, place)
    _case(world, place, writer)


def _case(world: World, place: Place, writer: Any) -> None:
    """A case that lies with the desk of the village, which nobody has answered."""
    case, party = world.pen.new_id(), world.pen.new_id()
    words, name = world.pen.seal(case, "界桩被水冲走了", Audience.CASE), world.pen.seal(party, "哈力克", Audience.CASE)
    body = Case1(
        case=case, sort="pasture_boundary", source="asked", afraid="no", summary=words.digest,
        parties=[CaseParty(party=party, side="a", name=name.digest)],
    )  # fmt: skip
    _written(world, place, body, writer, unit=place.village, sealed=[words, name])
    place.things |= {"case": case, "case_act": "accept", "case_digest": words.digest}


def _panel(world: World, place: Place) -> None:
    """Somebody who does not sign in mediates for the village, and sits at the centre on another day."""
    made, line = place.entries, world.pen.new_id()
    writer = world.wang if place.log == TOWNSHIP else world.other
    name = world.pen.seal(line, "塔拉甫")
    body = PanelMember1(panel_member=line, unit=place.village, how="elected", since=DAY, name=name.digest)
    made["panel_member"] = first = _written(world, place, body, writer, sealed=[name])
    saw = {f"{line}.sits_on": first}
    made["panel_change"] = _written(world, place, PanelChange1(panel_member=line, sits_on=[2]), writer, saw=saw)
    place.things |= {"panel_member": line}


def _rounds(world: World, place: Place, writer: Any, house: UUID) -> None:
    """A round that runs and one that was stopped, how often a household wishes to be visited, a good thing done."""
    made, today = place.entries, clock.today()
    days = {"since": today - timedelta(days=1), "until": today + timedelta(days=20)}
    running, stopped = (Round1(round=world.pen.new_id(), villages=[place.village], **days) for _ in range(2))
    made["round"] = _written(world, place, running, writer)
    first = _written(world, place, stopped, writer)
    stop = world.pen.item(
        RoundEnd1(round=stopped.round), unit=place.branch, log=place.log, by=writer, on=today,
        saw={f"{stopped.round}.ended": first},
    )  # fmt: skip
    [receipt] = world.receive(stop, by=writer, at=clock.now())
    assert receipt.stands, receipt
    made["round_end"] = receipt.id
    made["visit_wish"] = _written(world, place, VisitWish1(household=house, often="as_usual"), writer)
    consent = Consent1(household=house, purpose="phone", answer="declined")
    made["consent"] = _written(world, place, consent, writer)
    fact = VillageFact1(village=place.village, what="pasture", as_of=DAY, source="counted", number=900, unit="mu")
    screening = Screening1(village=place.village, way="gathering", sorts=["neighbours"], found=0)
    made["screening"] = _written(world, place, screening, writer)
    made["village_fact"] = known = _written(world, place, fact, writer)
    saw = {f"{known}.still_so": known}
    made["fact_confirmed"] = _written(world, place, FactConfirmed1(fact=known), writer, saw=saw)
    words = world.pen.seal(house, "修了水渠")
    made["deed"] = _written(world, place, Deed1(words=words.digest, households=[house]), writer, sealed=[words])
    place.things |= {"round": running.round}


def _slips(world: World, place: Place, writer: Any, house: UUID) -> None:
    """A need, a slip given for it, and what came back by the slip."""
    made, pen, log = place.entries, world.pen, place.log
    before = last_serial(log) or ("9000000" if log == ELSEWHERE else "")  # no two townships have the same here
    need, serial = pen.new_id(), next(serials_after(before))
    slip, heard = slip_key(log, serial), pen.seal(need, "想修水渠")
    told = [NeedHeard(need=need, sort="water", words=heard.digest, household=house)]
    visit = Visit1(channel="visit", households=[house], outcome="met", needs=told)
    _written(world, place, visit, writer, sealed=[heard])
    code = pen.seal(slip, "0" * 64, Audience.DESK)
    sheet = SlipSheet1(slips=[PrintedSlip(slip, serial, code.digest)])
    made["slip_sheet"] = _written(world, place, sheet, writer, sealed=[code])
    given = MatterSlip1(slip=slip, matter=need, what="need", household=house)
    made["matter_slip"] = _written(world, place, given, writer, saw={f"{slip}.given": None})
    first = made["treated"] = pen.new_id()
    words = pen.seal(first, "等了三回", Audience.DESK)
    treated = pen.item(
        Treated1(village=place.village, words=words.digest), unit=log, log=log, on=DAY, sealed=[words], id=first
    )
    asks = pen.item(CallAsked1(slip=slip, household=house), unit=place.village, log=log, on=DAY)
    asked, _said = receive([asks, treated], brought_by=None, at=NOON, shown="slip")
    assert asked.stands
    made["call_asked"] = asked.id
    _suggested(world, place)
    place.things |= {"serial": int(serial), "need": need, "act": "doing", "need_digest": heard.digest}


def _suggested(world: World, place: Place) -> None:
    """A suggestion of a month, and that it was passed on."""
    pen, made, key = world.pen, place.entries, uuid4()
    words, to = pen.seal(key, "夏牧场的路该修了"), pen.seal(key, "县交通局")
    month = clock.today().replace(day=1)
    desk = world.other if place.log == ELSEWHERE else world.zhou
    suggested = Suggestion1(suggestion=key, topic="water_and_roads", words=words.digest)
    reply = SuggestionReply1(suggestion=key, state="passed_on", to=to.digest)
    for body, part, on, by in ((suggested, words, month, desk), (reply, to, clock.today(), desk)):
        first = made[body.KIND] = pen.new_id()
        saw = {f"{key}.reply": None} if body is reply else {}
        item = pen.item(
            body, unit=place.log, log=place.log, by=by, on=on, sealed=[part], id=first, at=clock.now(), saw=saw
        )
        [receipt] = world.receive(item, by=by, at=clock.now())
        assert receipt.stands, receipt
    place.things["suggestion"] = key


def _needs(world: World, place: Place, writer: Any, house: UUID) -> None:
    """A need told at the office, what was done on it, where it was sent, what was said of it, and what it went into."""
    made, pen, need = place.entries, world.pen, world.pen.new_id()
    heard = pen.seal(need, "想学开装载机")
    told = Need1(need=need, sort="skill", words=heard.digest, household=house)
    made["need"] = _written(world, place, told, writer, sealed=[heard])
    step = NeedStep1(need=need, household=house, step="doing")
    made["need_step"] = _written(world, place, step, writer)
    word = NeedWord1(need=need, household=house, word="partly", through="phone_call")
    made["need_word"] = _written(world, place, word, writer)
    sent = Handover1(matter=need, what="need", step="sent", office="human_resources")
    made["handover"] = _written(world, place, sent, writer, saw={f"{need}.desk": None})
    merger = NeedMerger1(gone=need, stays=place.things["need"], askers=[Asker(need, house)])
    made["need_merger"] = _written(world, place, merger, writer, saw={f"{need}.called": None})
    place.things |= {"other_need": need}


def _talks_and_waivers(world: World, place: Place, writer: Any, member: UUID) -> None:
    made = place.entries
    for other in Member.objects.filter(log=place.log, branch=place.branch).exclude(id=member)[:1]:
        talkers = [Talker(member, "member"), Talker(other.id, "member")]
        made["heart_talk"] = _written(world, place, HeartTalk1(talkers=talkers), writer)
    waiver = Waiver1(
        waiver=world.pen.new_id(), duty="theme-day", owed_by=place.branch, period="2026-05", reason="road"
    )  # fmt: skip
    made["waiver"] = _written(world, place, waiver, writer)
    place.things |= {"waiver": waiver.waiver, "missed": "2026-03"}


def _proposals(world: World, found: dict[str, Place]) -> None:
    """What a township proposes of the mechanism is everybody's there."""
    for log, by, names in ((TOWNSHIP, world.wang, ("a", "b")), (ELSEWHERE, world.other, ("far",))):
        edition = Edition1(
            edition=world.pen.new_id(), duty="theme-day", since=date(2090, 1, 1), source="9", repealed=True
        )  # fmt: skip
        _take(world, [world.pen.item(edition, unit=log, log=log, by=by, on=DAY)], by=by)
        for name in names:
            found[name].things |= {"duty": "theme-day", "proposal": edition.edition}


def _written(world: World, place: Place, body: Any, writer: Any, **more: Any) -> UUID:
    """Let somebody of the place record something there."""
    unit = more.pop("unit", place.branch)
    item = world.pen.item(body, unit=unit, log=place.log, by=writer, on=DAY, **more)
    [receipt] = world.receive(item, by=writer)
    assert receipt.stands, receipt
    assert receipt.id is not None
    return receipt.id


def _posted(world: World, place: Place, writer: Any) -> UUID:
    body = Posting1(
        posting=world.pen.new_id(), account=writer.id, unit=place.branch, role="instructor", since=date(2026, 1, 1)
    )
    _take(world, [world.pen.item(body, unit=place.branch, log=place.log)])
    return body.posting


def _township_kinds(world: World, found: dict[str, Place]) -> None:
    """What is recorded for the whole township stands in no village."""
    pen = world.pen
    locked = Resident.objects.get(log=TOWNSHIP, id=world.house_4.people["马小军"])
    restriction = pen.item(
        Restriction1(resident=locked.id, restricted=True), unit=TOWNSHIP, by=world.pri, on=DAY,
        saw=seen(locked.id, locked.wordings, ["restricted"]),
    )  # fmt: skip
    _take(world, [restriction], by=world.pri)
    erasure = Erasure1(things_erased=[Erased(thing=world.need, what="need")], digests=[])
    restored = Restored1(epoch=1, last_seq=1, last_digest="0" * 64)
    _take(world, [pen.item(erasure, unit=TOWNSHIP), pen.item(restored, unit=TOWNSHIP)])
    for kind in ("restriction", "erasure", "restored"):
        for name in ("a", "b"):
            found[name].entries[kind] = Entry.objects.get(log=TOWNSHIP, kind=kind).id
