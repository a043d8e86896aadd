"""How a case stands, as the page of a party's slip may say it: in the words of any matter, so that whoever finds the
slip learns of no quarrel; the office that has it, and the next day."""

from datetime import date
from uuid import UUID

from concerto.journal.kinds.cases import FAMILY
from concerto.papers.standing.books import Book
from concerto.papers.standing.cases import due_of_cases
from concerto.parts.disputes.models import Case, CaseParty, CaseReader
from concerto.parts.disputes.states import ENDED, OPEN, RESOLVED
from concerto.places.models import Unit
from concerto.register.models import MatterSlip

CASE = "case"
SAID_AS = {
    "brought": "owned",  # its desk has it from the first word
    "not_accepted": "not_ours",
    **dict.fromkeys(OPEN, "doing"),
    **dict.fromkeys((*RESOLVED, *ENDED), "closed"),
}


def case_of(slip: MatterSlip) -> Case | None:
    """Find the case of a slip; none where its telling was taken back, or it is a family's by now."""
    if slip.what != CASE or slip.matter is None:
        return None
    found: Case | None = Case.objects.standing().filter(log=slip.log, id=slip.matter).exclude(category=FAMILY).first()
    return found


def state_of(case: Case) -> str:
    """Say how it stands in the words of a slip's page; what is agreed and not all kept, or lies at court, goes on."""
    goes_on = case.stage in RESOLVED and (case.items_open or case.court == "applied")
    return "doing" if goes_on else SAID_AS[case.stage]


def office_of(case: Case) -> str:
    """Name the desk that has it."""
    return Unit.objects.filter(log=case.log, id=case.desk).values_list("name", flat=True).first() or ""


def next_day(case: Case, day: date) -> date | None:
    """Say by when the party hears: on the day of the next talk, else by its clock. A day gone by is not said."""
    if state_of(case) not in ("owned", "doing"):
        return None
    if case.next_on and case.next_on >= day:
        return case.next_on
    lines = due_of_cases(Book(case.log, case.opened_on, day), [case], day).get(case.id, [])
    return next((line.due for line in lines if line.due >= day), None)


def call_waits(slip: MatterSlip) -> bool:
    """Tell whether the party of a slip asked to be called, and was not yet."""
    if slip.matter is None or slip.party is None:
        return False
    asked = CaseParty.objects.filter(log=slip.log, id=slip.matter, party=slip.party, called_on__isnull=False)
    return asked.exists()


def whose_it_is(case: Case) -> set[UUID]:
    """Name the accounts that have to do with a case, whether they wrote anything of it or not."""
    readers = CaseReader.objects.filter(log=case.log, id=case.id, account__isnull=False)
    return {case.brought_by, *(account for account in readers.values_list("account", flat=True) if account)}
