"""The fold of matter slips: printed, given, asked by, void → a row each.

A slip keeps for ever what it was given for first. Whatever gives it again is not counted, and where the first giving
was taken back its code opens nothing: the paper lies in the household where it was left.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.case_slips import CaseSlip1
from concerto.journal.kinds.slips import CallAsked1, MatterSlip1
from concerto.journal.said import Posting, Told, stored_in

from .fields import fields, opened_by, standing_words, wordings_text


@stored_in("matter_slip", ("log", "id"))
class MatterSlipRow(NamedTuple):
    """A row of `MatterSlip`."""

    log: UUID
    id: UUID
    serial: str
    code: str
    matter: UUID | None
    what: str
    household: UUID | None
    party: UUID | None
    given_on: date | None
    given_by: UUID | None
    void: bool
    call_asked_on: date | None
    call_seq: int | None
    source_withdrawn: bool
    wordings: str


class Giving(NamedTuple):
    """What a slip was given for first, the fact that says so, and whether that stands."""

    body: MatterSlip1 | CaseSlip1
    fact: Told
    stands: bool

    @property
    def matter(self) -> UUID:
        """The need or the case."""
        return self.body.matter if isinstance(self.body, MatterSlip1) else self.body.case

    @property
    def what(self) -> str:
        """Which of the two it is."""
        return self.body.what if isinstance(self.body, MatterSlip1) else "case"


def first_giving(thing: UUID, told: Sequence[Told]) -> Giving | None:
    """Find what a slip was given for first; a wording that came later says nothing else of it."""
    found = [
        (words.filed.seq, n, words.body)
        for n, fact in enumerate(told)
        for words in fact.texts
        if isinstance(words.body, MatterSlip1 | CaseSlip1) and words.body.slip == thing
    ]
    if not found:
        return None
    _seq, n, body = min(found, key=lambda one: one[:2])
    return Giving(body, told[n], told[n].speaks_of(thing))


def fold_matter_slip(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a slip into its row; one that was given outlives the sheet it was printed on."""
    opener, now = opened_by(thing, told), fields(thing, told)
    if opener is None or "code" not in now:
        return Posting()
    code, first = now["code"], first_giving(thing, told)
    given = first if first is not None and first.stands else None
    facts = standing_words(thing, told)
    asked = [(one.said.happened_on, fact.first_seq) for fact, one in facts if isinstance(one.body, CallAsked1)]
    call_asked_on, call_seq = max(asked, default=(None, None))
    row = MatterSlipRow(
        log,
        thing,
        serial=now["serial"].value,
        code=code.told_in.text(code.value) or "",
        matter=given.matter if given else None,
        what=given.what if given else "",
        household=given.body.household if given and isinstance(given.body, MatterSlip1) else None,
        party=given.body.party if given and isinstance(given.body, CaseSlip1) else None,
        given_on=given.fact.last.said.happened_on if given else None,
        given_by=given.fact.last.said.author if given else None,
        void="void" in now or (first is not None and given is None),
        call_asked_on=call_asked_on,
        call_seq=call_seq,
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row])
