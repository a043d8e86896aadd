"""What a row can be flagged or refused for: a stable code each, and why, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

WHY: dict[str, str] = {
    # The row comes in without its identity number
    "identity_too_short": _("identity number too short"),
    "identity_too_long": _("identity number too long"),
    "identity_check_digit": _("identity number fails its check digit"),
    "identity_no_such_day": _("identity number holds a day that does not exist"),
    "identity_damaged": _("identity number damaged by Excel (number, digits lost)"),
    "identity_masked": _("identity number masked"),
    "identity_old_form": _("identity number of the old form with 15 digits"),
    "identity_unreadable": _("identity number holds other characters"),
    "identity_repeated": _("identity number already used by another row"),
    # The row comes in without what is not clear
    "phone_unreadable": _("telephone can't be read"),
    "phone_masked": _("telephone masked"),
    "membership_unclear": _("party membership not clear"),
    "helped_unclear": _("helped household not clear"),
    "born_unclear": _("date of birth not clear"),
    "sex_unclear": _("sex not clear"),
    "name_with_remark": _("name carries a remark"),
    "name_masked": _("name masked"),
    "never_calculated": _("cell holds a formula without a result"),
    # The household
    "household_unclear": _("household not clear"),
    "household_without_head": _("household has no head"),
    "household_with_two_heads": _("household has two heads"),
    "head_not_listed": _("head of household has no row"),
    # The row stays out
    "no_name": _("row has no name"),
    "not_a_name": _("what stands for the name is not one"),
    "row_unclear": _("person or remark not clear"),
    # The table stays out
    "sheet_hidden": _("sheet is hidden in the workbook"),
    "headings_unknown": _("no heading for names was found"),
    "village_unknown": _("village not found in this township"),
    "village_named_twice": _("title and sheet name different villages"),
    "households_untold": _("no column tells who belongs to which household"),
}


@dataclass(frozen=True, slots=True)
class Flag:
    """One row a person has to look at: where, who and why; never what the cell held."""

    row: int
    name: str
    code: str
    column: int | None = None
    sheet: str = ""

    @property
    def why(self) -> str:
        """Say why, in the words of the report."""
        return WHY[self.code]

    def line(self) -> dict[str, object]:
        """Return the flag as the report writes it."""
        return {"row": self.row, "name": self.name, "code": self.code, "why": self.why}
