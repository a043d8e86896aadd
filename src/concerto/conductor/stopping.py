"""What words are never taken: identity numbers, and phrases of work that is not kept here."""

from collections.abc import Iterable, Mapping

from concerto.groundwork import identity
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds.case_attachments import DESCRIBED
from concerto.journal.kinds.people import HASH
from concerto.journal.said import PartRule, SealedPart
from concerto.rulebook.not_kept_here import first_phrase


def stop_words(rules: Iterable[PartRule], sealed: Mapping[str, SealedPart]) -> None:
    """Refuse an entry whose free text holds what is not kept. Names and phones are no free text, yet hold no number."""
    for rule in rules:
        part = sealed.get(rule.digest)
        if part is None:
            continue
        fits = rule.form is None or rule.form.fullmatch(part.text) is not None
        if rule.is_words:
            stop_text(part.text)
        elif not (fits and rule.form in (HASH, DESCRIBED)):  # a hash holds as many figures as it likes
            refuse(identity.holds_identity_number(part.text), "identity_number_not_kept")
        refuse(not fits, "part_unfit")


def stop_text(text: str) -> None:
    """Refuse one text that holds an identity number or a phrase that is not kept here."""
    if identity.holds_identity_number(text):
        raise Refused("identity_number_not_kept")
    phrase = first_phrase(text)
    if phrase is not None:
        raise Refused("not_kept_here", phrase=phrase)
