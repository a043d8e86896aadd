"""What is attached to a case, on its page: `{% load attached %}{% attached dossier %}`."""

from typing import Any

from django import template

from concerto.faces.desk.cases.attachments import facts_of
from concerto.faces.desk.cases.dossier import Dossier
from concerto.journal.kinds.case_attachments import CaseAttachment1

register = template.Library()


@register.inclusion_tag("desk/cases/attached.html")
def attached(dossier: Dossier) -> dict[str, Any]:
    """Say how many papers are attached, to whoever may open them, and lead there."""
    bodies = [fact.body for fact in facts_of(dossier)]
    count = sum(len(body.files) for body in bodies if isinstance(body, CaseAttachment1))
    return {"case": dossier.row.id, "count": count, "shown": dossier.reads, "handles": dossier.handles}
