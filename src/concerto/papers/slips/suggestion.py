"""What became of a suggestion, as it comes back by the code of a slip: a state and an answer. Nobody's name, no day."""

from dataclasses import dataclass

from concerto.journal.models import Sealed
from concerto.parts.assistance.models import Suggestion
from concerto.places.models import Unit
from concerto.register.models import MatterSlip


@dataclass(frozen=True)
class Answered:
    """What a slip's page knows of its suggestion."""

    state: str
    office: str
    to: str
    words: str


def suggestion_of(slip: MatterSlip) -> Answered | None:
    """Read what became of the suggestion of a slip that was given for nothing else; for the office it is nobody's."""
    if slip.matter is not None:
        return None
    row = Suggestion.objects.filter(log=slip.log, slip=slip.id, source_withdrawn=False).first()
    if row is None:
        return None
    digests = [digest for digest in (row.reply_to, row.reply) if digest]
    texts = dict(Sealed.objects.filter(log=slip.log, digest__in=digests).values_list("digest", "text"))
    office = Unit.objects.filter(log=slip.log, id=slip.log).values_list("name", flat=True).first() or ""
    return Answered(row.state, office, texts.get(row.reply_to, ""), texts.get(row.reply, ""))
