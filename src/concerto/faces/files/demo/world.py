"""Making the demo world: everything comes in through the one door, week by week, as phones hand over."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from concerto.conductor.erasing import erase
from concerto.conductor.receive import receive
from concerto.groundwork import database
from concerto.journal.said import Item
from concerto.places.models import Account
from concerto.places.sight import Role

from .branches import Branches
from .cases import Cases
from .consents import Consents
from .mediators import Mediators
from .needs import Needs
from .pen import Pen, instant
from .protected import Afraid
from .register import Register, Written
from .rounds import Rounds
from .situations import EXPECTED, Situations
from .slips import Slips
from .suggestions import Suggestions
from .township import STAFF, Township, absence, make_township, postings
from .village_facts import VillageFacts
from .year import VISITS, Year, chance_of

AT_ONCE = 100
Tell = Callable[[str], None]


class NotAsExpected(Exception):
    """The door answered otherwise than the demo world expects."""


def make_world(asof: date, tell: Tell = lambda what: None, *, visits: int = VISITS) -> Township:
    """Fill an empty home as of a day: the same day, the same world; only its erasure has a key of its own."""
    began = asof - timedelta(days=365)
    town = make_township(asof, began, instant(began, 480))
    pen = Pen(town.log, chance_of(asof))
    register = Register(town, pen, began)
    year = Year(town, register, pen, began, asof)
    situations = Situations(town, register, year, pen, asof)

    first = [*postings(town, pen, began), *register.everybody(), *situations.newcomers()]
    left: Counter[str] = Counter()
    left += _bring(first, instant(began + timedelta(days=1), 600))
    database.refresh_statistics()
    tell("the register is written")

    branches, rounds = Branches(town, register, pen, began, asof), Rounds(town, register, year, pen, asof)
    needs = Needs(town, register, pen, asof)
    slips = Slips(town, pen, asof, needs.told)
    mediators = Mediators(town, pen, began, asof)
    later = [
        *year.everything(visits),
        *situations.everything(),
        *absence(town, pen, asof),
        *branches.everything(),
        *rounds.everything(),
        *needs.everything(),
        *VillageFacts(town, pen, asof).everything(),
        *Suggestions(town, pen, asof).everything(),
        *Consents(town, register, pen, asof).everything(),
        *slips.everything(),
        *mediators.everything(),
        *Cases(town, pen, asof, mediators.lines).everything(),
        *Afraid(town, pen, asof).everything(),
    ]
    for week, written in _weeks(later):
        at = min(instant(week + timedelta(days=6), 20 * 60), instant(asof, 1))
        left += _bring(written, at)
        tell(f"the week of {week}")
    by_slip = receive(list(slips.by_slip()), brought_by=None, at=instant(asof, 1), shown="slip")
    left.update(receipt.outcome for receipt in by_slip if receipt.outcome != "accepted")
    if left != EXPECTED:
        raise NotAsExpected(dict(left))
    _finish(situations, town, instant(asof, 2))
    return town


def _weeks(written: Iterable[Written]) -> Iterable[tuple[date, list[Written]]]:
    def monday(one: Written) -> date:
        return one[0] - timedelta(days=one[0].weekday())

    ordered = sorted(written, key=monday)
    return ((week, list(given)) for week, given in groupby(ordered, key=monday))


def _bring(written: Iterable[Written], at: datetime) -> Counter[str]:
    """Bring what the home and each person wrote to the door; the home first, since it moves people."""
    by: dict[str, tuple[Account | None, list[Item]]] = {"": (None, [])}
    for _on, author, item in written:
        by.setdefault(author.name if author else "", (author, []))[1].append(item)
    left: Counter[str] = Counter()
    for author, items in by.values():
        for start in range(0, len(items), AT_ONCE):
            receipts = receive(items[start : start + AT_ONCE], brought_by=author, at=at)
            left.update(receipt.outcome for receipt in receipts if receipt.outcome != "accepted")
    return left


def _finish(situations: Situations, town: Township, at: datetime) -> None:
    """Note whose devices are where, and erase one person, on their own request."""
    assert situations.to_erase is not None
    situations.devices()
    erase(situations.to_erase, basis="本人书面申请", by=town.staff["privacy"], at=at)
    database.refresh_statistics()


def who_signs_in(password: str) -> str:
    """List everybody who can sign in, for whoever starts the demo home."""
    lines = [f"  {name:<8} {Role(role).label}  {called}" for name, called, role, _ in STAFF]
    return "\n".join([f"{_('Password')}: {password}", *lines])
