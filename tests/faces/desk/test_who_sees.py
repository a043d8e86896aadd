"""`docs/who-sees.md` is read here and held against every role, every kind and every page."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse

from concerto.journal.kinds import KINDS
from concerto.places.sight import Role
from tests.cast import World

from .sightings import LEAD_WORDS, NOTE, PLACE_WORDS, PLACES, Place, furnish

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "who-sees.md"
PEOPLE = {
    "instructor": "lin",
    "branch_secretary": "sec",
    "mediator": "med",
    "centre_desk": "zhou",
    "township_organizer": "wang",
    "county_viewer": "gao",
    "county_desk": "clerk",
    "administrator": "adm",
    "privacy_officer": "pri",
}


def tables() -> dict[str, dict[str, dict[str, str]]]:
    """Read the tables whose heading names the roles: section → row → role → cell."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    section, roles = "", []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section, roles = line[3:].split(":")[0], []
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells[1:] and set(cells[1:]) == set(PEOPLE):
            roles = cells[1:]
        elif roles and len(cells) == len(roles) + 1 and not cells[1].startswith("---"):
            found.setdefault(section, {})[cells[0]] = dict(zip(roles, cells[1:], strict=True))
    return found


KIND_TABLE = tables()["Role, kind"]
CARDS = tables()["Cards"]["card"]
REACH = {"own": {"a"}, "all": {"a", "b"}, "every": {"a", "b", "far"}, "-": set(), ".": set()}


@pytest.fixture
def places(world: World) -> dict[str, Place]:
    return furnish(world)


def test_the_table_names_every_kind_and_every_role():
    assert set(KIND_TABLE) == {kind.KIND for kind in KINDS}
    assert set(PEOPLE) == {role.value for role in Role}
    words = {word for row in KIND_TABLE.values() for cell in row.values() for word in cell.split()}
    assert words <= {"own", "all", "every", "names", "lead", "asked", "-", "."}
    assert all(len(cell.split()) == 3 for row in KIND_TABLE.values() for cell in row.values())


@pytest.mark.parametrize("role", PEOPLE)
def test_what_each_role_reads_of_each_kind(desk, world, places, role):
    client = desk.of(getattr(world, PEOPLE[role]))
    the_open_part_of_each_kind(client, places, role)
    the_sealed_words_of_a_visit(client, places, role)
    cards_with_their_sealed_parts(client, places, role)
    what_a_file_holds(client, places, role)


def the_open_part_of_each_kind(client, places, role):
    for kind, row in KIND_TABLE.items():
        wanted = REACH[row[role].split()[0]]
        for name, place in places.items():
            if kind in place.entries:
                assert is_open(client, kind, place) == (name in wanted), (role, kind, name)


def is_open(client, kind: str, place: Place) -> bool:
    pages = [reverse("desk:entry", args=[place.entries[kind]])]
    if kind.startswith("posting"):
        pages.append(reverse("desk:posting", args=[place.log, place.things["posting_id"]]))
    answers = {client.get(page).status_code for page in pages}
    assert answers <= {200, 403, 404}
    return 200 in answers


def the_sealed_words_of_a_visit(client, places, role):
    sealed = KIND_TABLE["visit"][role].split()[1]
    for name, place in places.items():
        entry = place.entries["visit"]
        note = words_opened(client, entry, place.things["digest"], NOTE)
        lead = words_opened(client, entry, place.things["lead_digest"], LEAD_WORDS)
        assert note == (sealed == "own" and name == "a"), (role, name)
        assert lead == (sealed == "lead" and name in ("a", "b")), (role, name)


def words_opened(client, entry, digest: str, words: str) -> bool:
    shown = client.get(reverse("desk:entry", args=[entry])).content.decode()
    assert words not in shown
    answer = client.post(reverse("desk:entry-words", args=[entry, digest]))
    return words in answer.content.decode()


def cards_with_their_sealed_parts(client, places, role):
    names, words = (KIND_TABLE[kind][role].split()[1] for kind in ("resident", "household"))
    for name, place in places.items():
        answer = client.get(reverse("desk:household", args=[place.things["house"]]))
        text = answer.content.decode()
        inside = name in REACH[CARDS[role]]
        assert (answer.status_code == 200) == inside, (role, name)
        assert (PLACE_WORDS in text) == (words == "own" and inside), (role, name)
        assert ("10012345678" in text.replace(" ", "")) == (names == "own" and inside), (role, name)
        if inside:
            assert names in ("own", "names")


def what_a_file_holds(client, places, role):
    may = REACH[KIND_TABLE["visit"][role].split()[2]]
    address = reverse("desk:ledger-file", args=["visits"])
    answer = client.post(address, {"purpose": "a test", "names": "with", "format": "csv"})
    if not may:
        assert answer.status_code in (403, 404)
        return
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ("上泉村" in text, "中泉村" in text, "东泉村" in text) == ("a" in may, "b" in may, False)
    for words in (NOTE, LEAD_WORDS, PLACE_WORDS, "10012345678", "需要"):
        assert words not in text


# ---------------------------------------------------------------- every page

# For each page of the desk: what its address names. "" is a page of a role; the others name a thing of a place, or
# something of one's own ("mine"), or of the whole home ("home").
PAGES = {
    "home": "", "my-page": "", "my-held": "", "my-held-file": "", "slip": "door", "blank": "door", "blanks": "door",
    "my-device": "mine", "my-device-lost": "mine", "my-device-end": "mine", "carry": "",
    "alarms": "", "alarm-seen": "home",
    "units": "", "unit-open": "", "people": "", "person-new": "", "devices": "", "acts": "", "act-slips": "",
    "unit-division": "home", "unit-list": "home", "unit-new": "home", "unit": "home", "unit-group-end": "home",
    "person": "home", "person-slip": "home", "person-close": "home", "person-reopen": "home", "device-revoke": "home",
    "postings": "", "posting-list": "log", "posting-new": "log", "posting": "log", "posting-change": "log",
    "posting-withdraw": "log",
    "requests": "", "request-new": "", "erasures": "", "request": "home", "request-part": "home",
    "request-copy": "home", "request-lock": "form", "request-erase": "home", "request-answer": "form",
    "roster": "", "roster-waiting": "", "roster-settle": "log", "roster-look": "sent", "roster-take": "sent",
    "roster-done": "sent", "roster-file": "sent", "roster-drop": "sent",
    "record": "", "visit-new": "card", "gathering-new": "card", "visit-saved": "mine-entry", "entry": "line",
    "entry-words": "words", "entry-correct": "mine-entry", "entry-withdraw": "mine-entry", "entry-undo": "line",
    "own-study-new": "", "study-new": "branch", "talk-new": "branch", "branch-correct": "mine-entry",
    "meeting-new": "branch", "meeting-correct": "mine-entry", "minutes": "words",
    "ledger": "", "ledger-file": "",
    "board": "", "board-file": "", "branch-years": "", "branch-year": "line", "handover": "handover",
    "my-calendar": "", "my-calendar-end": "",
    "households": "", "household-new": "", "household": "card", "household-change": "card",
    "household-places": "near", "household-move": "card", "household-left": "card", "household-back": "state",
    "household-merge": "card", "household-merge-with": "card", "household-unmerge": "state",
    "household-split": "card", "resident-new": "card", "helper-new": "card", "helper-change": "card",
    "resident-change": "card", "resident-left": "card", "resident-back": "state", "resident-move": "card",
    "resident-move-to": "card", "resident-merge-with": "card", "member-new": "card", "members": "",
    "member-change": "card", "tray": "", "clash": "mine", "tray-again": "mine", "tray-let-go": "mine",
    "tray-township": "", "tray-theirs": "log", "tray-theirs-again": "log", "tray-theirs-let-go": "log",
    "tray-theirs-clash": "sent",
    "today": "", "today-seen": "mine", "why": "line", "take-over": "mine", "unanswered": "",
    "trips": "", "trip-sheet": "state", "trip-leave-out": "card", "trip-take-in": "card",
    "mechanism": "", "duty": "", "duty-propose": "", "proposal": "log", "mechanism-days": "", "days-new": "",
    "branch-register": "branch", "seat-new": "branch", "seat-change": "branch", "vote-rests": "branch",
    "vote-back": "branch", "member-group": "branch", "waivers": "", "waiver": "line", "waiver-new": "waived",
    "not-there": "mine-entry",
    "rounds": "", "round-new": "", "round": "line", "round-stop": "line", "round-houses": "near",
    "consent-new": "near",
    "facts": "", "fact-sheet": "sheet", "fact-new": "card",
    "suggestions": "", "suggestion-new": "", "suggestion-reply": "log",
    "triage": "", "routes": "", "leads": "", "screening-new": "", "screening-correct": "mine-entry",
    "protected": "", "protected-new": "", "protected-left": "", "protected-record": "mine", "protected-words": "mine",
    "protected-step": "mine", "protected-undo": "mine-entry",
    "cases": "", "case-new": "", "cases-numbers": "", "spot": "",
    "case": "case-unanswered", "case-words": "case-state", "case-step": "case", "case-undo": "case-state",
    "case-attachments": "case", "case-attachment": "case-state", "case-agreement": "case-state",
    "case-letter": "case-state",
    "case-openings": "case", "case-opened": "", "case-seals": "mine", "case-seal": "mine", "case-seal-back": "mine",
    "panel": "", "panel-new": "panel", "panel-change": "panel",
    "deed-new": "card", "wish": "near", "four-ones": "", "four-ones-file": "",
    "slips": "", "slips-print": "", "slips-treated": "", "slips-one": "log", "slips-lost": "state",
    "slips-give": "card", "case-slip": "case-state",
    "open-list": "", "needs": "", "needs-numbers": "", "needs-numbers-file": "", "need": "line", "need-step": "needed",
    "need-words": "state", "need-paper": "state", "need-merge": "near", "need-merge-with": "state", "need-new": "card",
    "need-correct": "state", "fact-correct": "mine-entry", "consent-correct": "mine-entry",
}  # fmt: skip
STATES = ("state", "case-state", "form", "sent", "waived")
OTHER = {
    "household-merge-with": {"other": "other_house"},
    "resident-merge-with": {"other": "other_person"},
    "resident-move-to": {"house": "third"},
    "household-split": {"house": "house"},
    "member-new": {"person": "person"},
    "clash": {"entry": "tray"},
    "tray-again": {"entry": "tray"},
    "tray-let-go": {"entry": "tray"},
    "tray-theirs": {"entry": "tray"},
    "tray-theirs-again": {"entry": "tray"},
    "tray-theirs-let-go": {"entry": "tray"},
    "tray-theirs-clash": {"entry": "tray"},
    "today-seen": {"thing": "tray"},
    "why": {"owner": "branch", "about": "branch"},
    "trip-sheet": {"first": "house"},
    "waiver-new": {"owner": "branch", "about": "branch", "turn": "missed"},
    "take-over": {"matter": "tray"},
    "minutes": {"entry": "meeting"},
    "slips-give": {"matter": "need"},
    "need-merge-with": {"other": "other_need"},
    "need-words": {"digest": "need_digest"},
    "panel-new": {"unit": "village"},
    "case-step": {"act": "case_act"},
    "protected-step": {"act": "case_act"},
    "case-words": {"digest": "case_digest"},
    "case-attachment": {"digest": "case_digest"},
}


def patterns():
    desk = get_resolver().namespace_dict["desk"][1]
    return {pattern.name: pattern for pattern in desk.url_patterns}


def test_every_page_of_the_desk_is_named_here():
    assert sorted(patterns()) == sorted(PAGES)


def address(name: str, place: Place) -> str:
    wanted = re.findall(r"<\w+:(\w+)>", str(patterns()[name].pattern))
    return reverse(f"desk:{name}", kwargs={key: place.things[OTHER.get(name, {}).get(key, key)] for key in wanted})


SENT = re.compile(r"^/(cases|named)/[^/]+/(words|papers/[^/]+)/")  # what is drawn for a form that was sent


def opened(client, where: str) -> int:
    status = client.get(where).status_code
    return client.post(where, {}).status_code if status == 405 or SENT.search(where) else status


def reach(sort: str, role: str) -> set[str] | None:
    """Say in which places a page of this sort opens for a role; None where only its answer to others counts."""
    if sort in ("", "mine", "mine-entry"):
        return None if sort == "" else set()
    if sort in ("home", "form"):
        return {"a", "b", "far"}
    if sort in ("log", "sent"):
        return {"a", "b", "far"} if role == "administrator" else {"a", "b"}
    if sort == "sheet" and role == "county_viewer":  # who counts reads the sheet of every village of the township
        return {"a", "b"}
    if sort in ("line", "needed", "sheet"):
        return REACH[KIND_TABLE["visit"][role].split()[0]]
    if sort == "words":
        return REACH["own" if KIND_TABLE["visit"][role].split()[1] == "own" else "-"]
    if sort == "handover":
        return {"a", "b"} if role == "township_organizer" else set()
    if sort == "case-unanswered" and role == "centre_desk":  # nobody answered it: its state and clock are read there
        return {"a", "b"}
    if sort in ("case", "case-state", "case-unanswered"):  # it lies with the village's desk: whoever mediates there
        return {"a"} if role == "mediator" else set()
    if sort == "panel":  # the township writes every committee's, a secretary that of the own village
        return {"a"} if role == "branch_secretary" else {"a", "b"}
    if sort == "near":
        return {"a"} if CARDS[role] == "own" else set()
    return REACH[CARDS[role]]


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_for_every_role(desk, world, places, role):
    account = getattr(world, PEOPLE[role])
    for page, sort in PAGES.items():
        if sort == "door" or page in ("person-close", "person-slip"):
            continue
        client = desk.of(account)
        roles, asked = patterns()[page].callback.open_to, dict[str, int]()
        for name in PLACES:
            where = address(page, places[name])
            if where not in asked:  # a page that names no place is the same one for all three
                asked[where] = opened(client, where)
            status = asked[where]
            if roles and role not in roles:
                assert status == 403, (page, name, status)
                continue
            wanted = reach(sort, role)
            if wanted is None or name in wanted:
                may = (200, 302, 422, 404) if sort in STATES else (200, 302, 422)  # 404: not in that state
                assert status in may, (page, name, status)
            else:
                assert status == 404, (page, name, status)


def test_a_key_that_nobody_has_is_not_there(desk, world, places):
    nowhere = Place(places["a"].log, places["a"].village, places["a"].branch)
    nobody = "00000000-0000-7000-8000-00000000dead"
    fixed = {"part": "visits", "what": "end", "digest": "0" * 64, "sort": "need"}
    fixed |= {"duty": "theme-day", "turn": "2026-05", "missed": "2026-03"}
    fixed |= {"need_digest": "0" * 64, "act": "doing", "case_digest": "0" * 64, "case_act": "accept"}
    for page, sort in PAGES.items():
        wanted = re.findall(r"<uuid:(\w+)>", str(patterns()[page].pattern))
        if not wanted or sort == "door":
            continue
        nowhere.things = {**dict.fromkeys([*places["a"].things, "division"], nobody), **fixed}
        who = next(name for role, name in PEOPLE.items() if role in (patterns()[page].callback.open_to or PEOPLE))
        assert opened(desk.of(getattr(world, who)), address(page, nowhere)) == 404, page


def test_a_deputy_sees_what_the_absent_one_would_and_no_longer(world, desk, places):
    from concerto.faces.desk.writing import seen
    from concerto.groundwork import clock
    from concerto.journal.kinds.postings import Absence, PostingChange1
    from concerto.register.models import Posting

    house = places["a"].things["house"]
    assert desk.of(world.ma).get(reverse("desk:household", args=[house])).status_code == 404
    posting = world.postings["lin"]
    away = PostingChange1(
        posting=posting, absences=[Absence(since=clock.today(), until=clock.today(), deputy=world.ma.id)]
    )
    row = Posting.objects.get(id=posting)
    item = world.pen.item(away, unit=world.branch_a.id, saw=seen(posting, row.wordings, ["absences"]))
    assert world.receive(item)[0].stands
    assert desk.of(world.ma).get(reverse("desk:household", args=[house])).status_code == 200
