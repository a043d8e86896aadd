"""Where a line leads: the form whose record settles it, and the page that says why."""

from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse

from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.period import Every
from concerto.rulebook.standing import Line, Verdict
from concerto.rulebook.terms import terms

BRANCH_FORMS = {"heart_talk": "desk:talk-new", "study": "desk:study-new", "home_lesson": "desk:study-new"}
MEETINGS = frozenset({"members_meeting", "committee_meeting", "group_meeting"})
MADE_UP = frozenset({"desk:visit-new", "desk:study-new", "desk:meeting-new"})  # forms that ask for which turn it counts


class Form(NamedTuple):
    """The form whose record settles a line; nameless where none does yet."""

    name: str = ""
    about: tuple[Any, ...] = ()
    counts_for: str = ""
    group: Any = ""  # whose meeting it is
    house: Any = ""  # for whom it is, where it is asked in a form of its village
    held: str = ""  # as what it is held, where a record of another form settles other lines

    @property
    def address(self) -> str:
        """Where it is opened, with what is held by which group, and the turn it is for where not that of its day."""
        address = _address(self.name, *self.about) if self.name else ""
        asked = {"form": self.held, "group": self.group, "house": self.house, "counts_for": self.counts_for}
        query = "&".join(f"{name}={given}" for name, given in asked.items() if given)
        return f"{address}?{query}" if query else address


def form_address(mechanism: Mechanism, line: Line) -> str:
    """Give the address of the form whose record settles a line; nothing where none does yet."""
    return form_of(mechanism, line).address


def form_of(mechanism: Mechanism, line: Line) -> Form:
    """What was missed opens it with its own turn proposed: else the record would count for that of its day."""
    form = _form_of_its_day(mechanism, line)
    is_late = line.verdict is Verdict.MISSED and form.name in MADE_UP
    if is_late and line.period.every in (Every.MONTH, Every.QUARTER):
        return form._replace(counts_for=line.period.name)
    return form


def _form_of_its_day(mechanism: Mechanism, line: Line) -> Form:
    edition = mechanism.duties[line.duty].in_force(line.period.first)
    kind = edition.proven_by[0] if edition and edition.proven_by else ""
    if mechanism.duties[line.duty].about == "need":
        return Form("desk:need", (line.about,))
    proof = terms().proofs.get(kind)
    if proof is None or not proof.given:
        return NO_FORM
    if kind == "deed":
        return Form("desk:deed-new", (line.unit,), house=line.about)
    if is_about_a_household(mechanism, line):
        return Form("desk:visit-new", (line.about,))
    if "meeting" in proof.of:  # study before and in a meeting is added to the meeting that is there
        return Form("desk:meeting-correct", (line.about,))
    if "person" in proof.of:
        return Form("desk:own-study-new")
    if proof.record in MEETINGS:
        group = line.about if proof.record == "group_meeting" else ""
        held = "committee" if proof.record == "committee_meeting" else ""
        return Form("desk:meeting-new", (line.unit,), group=group, held=held)
    name = BRANCH_FORMS.get(kind) or BRANCH_FORMS.get(proof.record, "")
    return Form(name, (line.unit,)) if name else NO_FORM


NO_FORM = Form()


def settles_several(mechanism: Mechanism, line: Line) -> bool:
    """Tell whether one record of its form settles other lines too: a call on a household, a meeting."""
    edition = mechanism.duties[line.duty].in_force(line.period.first)
    kinds = edition.proven_by[:1] if edition else ()
    return is_about_a_household(mechanism, line) or any(terms().proofs[kind].record in MEETINGS for kind in kinds)


def is_about_a_household(mechanism: Mechanism, line: Line) -> bool:
    """Tell whether a line is about one household."""
    subject = terms().subjects.get(mechanism.duties[line.duty].about)
    return subject is not None and "household" in subject.of


def why_address(line: Line) -> str:
    """Give the address of the page that says why: ids alone, no name."""
    turn = line.period.name.replace("/", "..")
    return (
        _pattern("desk:why", line.duty, *STANDS_FOR, turn).replace(OTHER, str(line.about)).replace(ONE, str(line.by.id))
    )


ONE, OTHER = STANDS_FOR = (str(UUID(int=1)), str(UUID(int=2)))  # in the addresses that hundreds of rows have alike


def _address(name: str, *about: Any) -> str:
    """Give the address of a page about one thing, or about none."""
    return _pattern(name, *STANDS_FOR[: len(about)]).replace(ONE, "".join(str(one) for one in about))


@lru_cache(maxsize=512)
def _pattern(name: str, *args: str) -> str:
    return reverse(name, args=args)
