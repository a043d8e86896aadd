"""Whether what a duty says makes sense: words of the one list, owners that can owe it, proofs that can meet it."""

from collections.abc import Iterable
from difflib import get_close_matches

from .duty import Duty, Edition, Measure, Unit
from .period import Every
from .reading import Sheet
from .terms import OWNERS, PARTS, POSTS, Term, terms

ROUND = "round_opened"
# More than this nobody means: days are counted one by one, and a billion of them would never end.
MOST = {"minutes": 6000, "times": 366, "amount": 480, "grace": 12, "within": 366, "extensions": 366}
DAYS = {Every.WEEK: 7, Every.MONTH: 31, Every.QUARTER: 92, Every.YEAR: 366}
MOST_A_DAY = {Measure.TIMES: 1, Measure.MINUTES: 8 * 60, Measure.CLASS_HOURS: 8}
LAST_YEAR = 2200
NEAR = 0.8  # so alike are a word and what was meant by it; what is less alike is no help


def judge(sheet: Sheet, duty: Duty) -> None:
    """Note on the sheet whatever in a duty makes no sense, although it is written as it should be."""
    subjects = terms().subjects
    _listed(sheet, "part", [duty.part], PARTS)
    _listed(sheet, "owed_by", [duty.owed_by], OWNERS)
    _listed(sheet, "about", [duty.about], subjects)
    _listed(sheet, "post", [duty.post], POSTS)
    subject = subjects.get(duty.about)
    if subject and duty.owed_by in OWNERS and duty.owed_by not in subject.owed_by:
        sheet.refuse("cannot_owe", "owed_by", about=duty.about, may=", ".join(subject.owed_by))
    if duty.post and duty.owed_by != "post":
        sheet.refuse("post_of_no_post", "post")
    if duty.private and duty.owed_by != "person":
        sheet.refuse("private_of_no_person", "private")
    for n, edition in enumerate(duty.editions):
        if n and edition.since <= duty.editions[n - 1].since:
            sheet.refuse("out_of_order", "since", n)
        if not edition.repealed:
            judge_edition(sheet, edition, subject, n)
            judge_provable(sheet, edition, n)


def judge_law(sheet: Sheet, duty: Duty, edition: Edition) -> None:
    """Note a township's edition that asks for less than the law does, as the edition that ships says it: one that ends
    the duty, begins or ends its clock otherwise, gives another time, or is met by something else as well."""
    law = duty.in_force(edition.since)
    if law is None or not duty.by_law:
        return
    asks_less = {
        "repealed": edition.repealed,
        "after": not set(law.after) <= set(edition.after),
        "within": edition.within != law.within,
        "until": not set(edition.until) <= set(law.until),
        "extended_by": not set(edition.extended_by) <= set(law.extended_by),
        "proven_by": not set(edition.proven_by) <= set(law.proven_by),
    }
    if key := next((key for key, less in asks_less.items() if less), ""):
        sheet.refuse("less_than_the_law", key)


def judge_provable(sheet: Sheet, edition: Edition, n: int | None) -> None:
    """Note an edition that nothing recorded today could ever meet: such a duty ships scenarios and no edition."""
    known = [terms().proofs[kind] for kind in edition.proven_by if kind in terms().proofs]
    if known and len(known) == len(edition.proven_by) and not any(proof.given for proof in known):
        sheet.refuse("no_kind_proves_it", "proven_by", n, value=", ".join(edition.proven_by))


def judge_edition(sheet: Sheet, edition: Edition, subject: Term | None, n: int | None) -> None:
    """Note what in one edition makes no sense for a duty about this subject."""
    listed = terms()
    _listed(sheet, "made_by", edition.made_by, listed.capacities, n)
    for key in ("after", "until", "extended_by"):
        _listed(sheet, key, getattr(edition, key), listed.events, n)
    _listed(sheet, "proven_by", edition.proven_by, listed.proofs, n)
    _finding_nothing_is_an_answer(sheet, edition, n)
    _of_sensible_size(sheet, edition, n)
    if subject is None:
        return
    for kind in edition.proven_by:
        proof = listed.proofs.get(kind)
        if proof and not proof.raised and not set(subject.of) & set(proof.of):
            sheet.refuse("proves_another", "proven_by", n, value=kind, about=subject.en, about_zh=subject.zh)
    _fitting_shape(sheet, edition, subject, n)


def _finding_nothing_is_an_answer(sheet: Sheet, edition: Edition, n: int | None) -> None:
    """Nobody may come to owe a finding: what was raised never counts, what was done can always be "nothing wanted"."""
    known = [(kind, terms().proofs[kind]) for kind in edition.proven_by if kind in terms().proofs]
    raised = [kind for kind, proof in known if proof.raised]
    done = [kind for kind, proof in known if proof.done]
    if raised:
        sheet.refuse("counts_what_was_raised", "proven_by", n, value=raised[0])
    if done and "nothing_wanted" not in edition.proven_by:
        sheet.refuse("nothing_wanted_must_do", "proven_by", n, value=done[0])
    if done and edition.need > 1:
        sheet.refuse("number_of_findings", "times", n, value=done[0])


def _of_sensible_size(sheet: Sheet, edition: Edition, n: int | None) -> None:
    asked = "times" if edition.measure is Measure.TIMES else "amount"
    if edition.every and edition.need > (most := DAYS[edition.every] * MOST_A_DAY[edition.measure]):
        if edition.measure is Measure.TIMES:
            sheet.refuse("too_often", asked, n, most=most)
        else:
            sheet.refuse("too_long_a_day", asked, n, most=most)
    told = {
        "minutes": max(edition.minutes.values(), default=0),
        asked: 0 if edition.every else edition.need,
        "grace": edition.grace,
        "within": max(edition.within.n.values(), default=0) if edition.within else 0,
        "extensions": edition.extensions or 0,
    }
    for key, number in told.items():
        if number > (most := MOST[key]):
            sheet.refuse("too_large", key, n, most=most)


def _fitting_shape(sheet: Sheet, edition: Edition, subject: Term, n: int | None) -> None:
    if subject.matter and edition.every:
        sheet.refuse("matter_has_no_period", "every", n, about=subject.en, about_zh=subject.zh)
    if not subject.matter and edition.after and edition.after != (ROUND,):
        sheet.refuse("no_matter_to_answer", "after", n, about=subject.en, about_zh=subject.zh)
    if edition.within and (edition.within.unit is Unit.WINDOW) != (edition.after == (ROUND,)):
        sheet.refuse("window_of_a_round", "within", n)
    if edition.measure is not Measure.TIMES:
        for kind in edition.proven_by:
            if kind in terms().proofs and not terms().proofs[kind].timed:
                sheet.refuse("carries_no_time", "amount", n, value=kind)
                return


def _listed(sheet: Sheet, key: str, words: Iterable[str], wanted: Iterable[str], n: int | None = None) -> None:
    for word in words:
        if word and word not in wanted:
            if near := get_close_matches(word, list(wanted), n=3, cutoff=NEAR):
                sheet.refuse("nearly_in_list", key, n, value=word, near=", ".join(near))
            else:
                sheet.refuse("not_in_list", key, n, value=word, may=", ".join(wanted))
