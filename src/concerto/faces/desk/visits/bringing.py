"""Bringing to the door what a form about a household or a branch says."""

from collections.abc import Callable
from uuid import UUID

from concerto.conductor.receive import Receipt
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.visits.form import ContactForm
from concerto.faces.desk.writing import record, said_from
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.said import Body, SealedPart


def bring(
    request: SignedIn,
    form: ContactForm,
    said: Callable[[], tuple[Body, list[SealedPart]]],
    *,
    corrects: UUID | None,
) -> Receipt | None:
    """Bring what the form says to the door; what the door says against it stands on the form, and nothing is lost."""
    try:
        body, sealed = said()
    except Refused as wrong:
        form.not_written(wrong)
        return None
    assert request.sight.log is not None
    item = said_from(
        form.draft,
        body,
        account=request.user,
        log=request.sight.log,
        unit=form.whom.village.id,
        happened_on=form.cleaned_data["happened_on"],
        sealed=sealed,
        corrects=corrects,
        counts_for=form.cleaned_data["counts_for"],
    )
    receipt = record(request, item)
    if not receipt.stands:
        form.sent_back(receipt, at=clock.now())
    return receipt
