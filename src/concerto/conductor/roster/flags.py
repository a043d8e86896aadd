"""What only the register can tell of a row: it comes in, and a person has to look at it."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

WHY: dict[str, str] = {
    "identity_differs": _("identity number is another than the one known; the known one stays"),
    "known_elsewhere": _("known in another household; not moved"),
    "membership_differs": _("party membership is known otherwise; not changed"),
    "branch_unclear": _("member, but the village has several branches or none by that name; not recorded as a member"),
    "words_not_kept": _("words about a place hold what is not kept here; left out"),
    "number_not_kept": _("household number too long; left out"),
}


@dataclass(frozen=True, slots=True)
class RowFlag:
    """One row a person has to look at: where, who and why."""

    row: int
    name: str
    code: str
    sheet: str
    column: int | None = None

    @property
    def why(self) -> str:
        """Say why, in the words of the report."""
        return WHY[self.code]
