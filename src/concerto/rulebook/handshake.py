"""How a matter goes from desk to desk, the same for needs and cases: sent, accepted, returned, done, taken over.

Until it is accepted and after it was returned the desk that sent it holds it. Who owns it in the village never changes
by it, and is not spoken of here. An office without a desk here holds nothing: who sent the paper records its answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from .facts import Id

STEPS = ("sent", "taken_over", "accepted", "returned", "done")  # in their natural order


class Pass(NamedTuple):
    """One step of the handshake: which desk took it, and for a sending where it goes; `by` is who recorded it."""

    step: str
    desk: Id
    by: Id
    to: Id | None = None
    office: str = ""


class Sending(NamedTuple):
    """A matter is with another desk, or on paper at an office: who sent it there, and whether that desk took it on."""

    sender: Id
    to: Id | None
    office: str
    is_accepted: bool = False

    @property
    def answers(self) -> Id:
        """The desk that answers it: the one it was sent to, or for an office whoever sent it there."""
        return self.to if self.to is not None else self.sender


@dataclass(frozen=True)
class Held:
    """Where a matter is. `last` is the last step of the handshake, empty while it never left its home."""

    home: Id
    sendings: tuple[Sending, ...] = ()
    last: str = ""
    taken_by: Id | None = None

    @property
    def sending(self) -> Sending | None:
        """The sending that is still to be answered, or under way at the desk that accepted it."""
        return self.sendings[-1] if self.sendings else None

    @property
    def desk(self) -> Id:
        """Who holds it: the last desk that accepted it, else whoever sent it."""
        if self.sending is None:
            return self.home
        return self.sending.answers if self.sending.is_accepted else self.sending.sender

    @property
    def desks(self) -> list[Id]:
        """The desks that it is with, one after the other: each may read it until it returned it."""
        return [sending.to for sending in self.sendings if sending.to is not None]

    @property
    def waits_for(self) -> Id | None:
        """The desk whose answer is waited for; an office's is waited for by nobody here."""
        return self.sending.to if self.sending and not self.sending.is_accepted else None

    def speaks_for(self, unit: Id) -> Id:
        """Say for which desk somebody of a unit speaks: of one that it was sent to for that, else for its home."""
        return unit if any(unit == sending.to for sending in self.sendings) else self.home

    def after(self, one: Pass) -> "Held":
        """Say where it is after a step. What could not have been a step here changes nothing: folding never refuses.

        >>> Held("village").after(Pass("sent", "village", "lin", to="centre")).desk
        'village'
        """
        one = one._replace(desk=self.speaks_for(one.desk))
        if why_not(self, one):
            return self
        match one.step:
            case "sent":
                sendings = (*self.sendings, Sending(one.desk, one.to, one.office))
                return replace(self, sendings=sendings, last="sent", taken_by=None)
            case "accepted":
                taken = self.sendings[-1]._replace(is_accepted=True)
                return replace(self, sendings=(*self.sendings[:-1], taken), last="accepted")
            case "taken_over":
                return replace(self, taken_by=one.by)
        return replace(self, sendings=self.sendings[:-1], last=one.step, taken_by=None)


def held(home: Id, steps: Iterable[Pass]) -> Held:
    """Say where a matter is after steps in the order they happened.

    >>> there = held("village", [Pass("sent", "village", "lin", to="centre"), Pass("accepted", "centre", "zhou")])
    >>> there.desk, there.last
    ('centre', 'accepted')
    >>> there.after(Pass("returned", "centre", "zhou")).desk
    'village'
    """
    now = Held(home)
    for one in steps:
        now = now.after(one)
    return now


def why_not(now: Held, one: Pass) -> str:
    """Give the code of what forbids a step, or nothing: only who holds it sends it, only whom it waits for answers.

    Whoever took it over answers in the place of the desk that did not.

    >>> why_not(Held("village"), Pass("accepted", "centre", "zhou"))
    'nothing_sent'
    >>> sent = Held("village").after(Pass("sent", "village", "lin", to="centre"))
    >>> why_not(sent, Pass("accepted", "village", "lin")), why_not(sent, Pass("sent", "village", "lin", to="county"))
    ('sent_to_another', 'sent_already')
    """
    sending = now.sending
    if one.step == "taken_over":
        return ""
    if one.step == "sent":
        if one.to is None and not one.office:
            return "sent_nowhere"
        if sending is not None and not sending.is_accepted:
            return "sent_already"
        if one.desk != now.desk:
            return "held_by_another"
        return "sent_nowhere" if one.to == now.desk else ""
    if sending is None:
        return "nothing_sent"
    if one.desk != sending.answers and one.by != now.taken_by:
        return "sent_to_another"
    return "accepted_already" if one.step == "accepted" and sending.is_accepted else ""
