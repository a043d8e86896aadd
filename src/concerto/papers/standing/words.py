"""How something stands, in words: the verdict, and why it is due, what counted for it and what did not.

Records are named by their day, never by what they say: above the village nobody is told which visit was declined.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from concerto.papers.mechanism import tongue_read
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.period import Period
from concerto.rulebook.standing import Line, Verdict
from concerto.rulebook.tally import BESIDE_IT, Reason
from concerto.rulebook.terms import terms

VERDICTS = {
    Verdict.MET: pgettext_lazy("verdict", "met"),
    Verdict.OPEN: pgettext_lazy("verdict", "open"),
    Verdict.MISSED: pgettext_lazy("verdict", "missed"),
    Verdict.WAIVED: pgettext_lazy("verdict", "waived"),
    Verdict.NOT_OWED: pgettext_lazy("verdict", "not owed"),
}

REASONS = {
    "there_on_both_days": gettext_lazy("owed: there on the first day and on the last"),
    "not_there_on_the_first_day": gettext_lazy("not owed: not there on the first day"),
    "not_there_on_the_last_day": gettext_lazy("not owed: not there on the last day"),
    "edition_in_force": gettext_lazy("by the edition of %(on)s: %(said)s"),
    "waived": gettext_lazy("let go on %(on)s: %(said)s"),
    "began_with": gettext_lazy("it began on %(on)s: %(said)s"),
    "extended_by": gettext_lazy("put off on %(on)s: %(said)s"),
    "it_ended": gettext_lazy("it came to an end on %(on)s: %(said)s"),
    "began_anew": gettext_lazy("it began anew on %(on)s: %(said)s"),
    "members": gettext_lazy("of the members who owe it, done: %(said)s"),
    "counted": gettext_lazy("the record of %(on)s counts"),
    "counted_late": gettext_lazy("the record of %(on)s counts, late"),
    "withdrawn": gettext_lazy("the record of %(on)s does not count: it was withdrawn"),
    "proves_something_else": gettext_lazy("the record of %(on)s does not count: it proves something else"),
    "nobody_was_there": gettext_lazy("the record of %(on)s does not count: all it names say they were not there"),
    "made_by_somebody_else": gettext_lazy("the record of %(on)s does not count: somebody else made it"),
    "counts_for_another": gettext_lazy("the record of %(on)s does not count here: it counts for an earlier period"),
    "nobody_was_met": gettext_lazy("the record of %(on)s does not count: nobody was met"),
    "change_was_not_asked": gettext_lazy("the record of %(on)s does not count: whether anything changed was not asked"),
    "half_was_absent": gettext_lazy("the record of %(on)s does not count: half of its members were absent"),
    "outside_the_period": gettext_lazy("the record of %(on)s does not count here: it lies outside of this turn"),
    "after_the_grace": gettext_lazy("the record of %(on)s does not count: it came after the time to make up for it"),
}
OF_A_BRANCH = frozenset({"branch", "group", "member", "meeting", "person"})
TOLD_BY_THE_LIST = {"began_with", "extended_by", "it_ended", "began_anew"}


def quarter_words(period: Period) -> str:
    """Say which quarter of its year: Chinese writes it with a numeral of its own."""
    return pgettext("turn", "1 2 3 4").split()[(period.last.month - 1) // 3]


def because(line: Line, nearly: Iterable[Reason] = ()) -> str:
    """Say in one line why something stands as it does; records that count or fail alike are said together.

    `nearly` are records that nearly count, where somebody has looked them up.
    """
    told = [_reason(reason, _day(reason)) for reason in line.because.due]
    alike: dict[str, list[Reason]] = {}
    for reason in (*line.because.counted, *worth_telling(line.because.not_counted), *nearly):
        alike.setdefault(reason.code, []).append(reason)
    for reasons in alike.values():
        days = dict.fromkeys(_day(reason) for reason in reasons)
        told.append(_reason(reasons[0], ", ".join(days)))
    if line.provisional:
        told.append(_("the day is provisional: the days off of that year are not known yet"))
    return _("; ").join(told)


def worth_telling(not_counted: Iterable[Reason]) -> Iterator[Reason]:
    """Leave out what never came near: of a branch or a member much is recorded that proves other things all year.

    Of a household or a matter it is told: that call or that step might have been the one that was owed.
    """
    for reason in not_counted:
        proof = terms().proofs.get(reason.said)
        if reason.code != BESIDE_IT or proof is None or not set(proof.of) <= OF_A_BRANCH:
            yield reason


def reason_words(reason: Reason, on: str) -> str:
    """Say one reason; its day is said as the page says days."""
    return _reason(reason, on)


def _day(reason: Reason) -> str:
    return reason.on.isoformat() if reason.on else ""


def _reason(reason: Reason, on: str) -> str:
    said = reason.said
    if reason.code in TOLD_BY_THE_LIST and said in terms().events:
        said = getattr(terms().events[said], tongue_read())
    elif reason.code == "waived" and said in terms().waivers:
        said = getattr(terms().waivers[said], tongue_read())
    return str(REASONS[reason.code]) % {"on": on, "said": said}


def plain(line: Line) -> dict[str, Any]:
    """Give a line as other tools read it: ids and codes, and the reason in words."""
    return {
        "duty": line.duty,
        "by": str(line.by),
        "about": str(line.about),
        "period": line.period.name,
        "verdict": line.verdict.value,
        "late": line.late,
        "due": line.due.isoformat(),
        "have": line.have,
        "need": line.need,
        "proof": [str(entry) for entry in line.proof],
        "because": because(line),
        "provisional": line.provisional,
    }


def text_lines(lines: Iterable[Line], mechanism: Mechanism, asof: date) -> Iterable[str]:
    """Say lines for reading, by their due day; ids instead of names."""
    yield _("How it stands on %(on)s") % {"on": asof.isoformat()}
    for line in lines:
        verdict = str(VERDICTS[line.verdict])
        if line.late:
            verdict = _("%(verdict)s, late") % {"verdict": verdict}
        yield _("%(period)s  %(title)s: %(verdict)s, %(have)d of %(need)d, due %(due)s") % {
            "period": line.period.name,
            "title": mechanism.duties[line.duty].title[tongue_read()],
            "verdict": verdict,
            "have": line.have,
            "need": line.need,
            "due": line.due.isoformat(),
        }
        yield f"    {line.by} · {line.about}"
        yield f"    {because(line)}"
