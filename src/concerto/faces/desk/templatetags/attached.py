"""What is attached to a case, on its page: `{% load attached %}{% attached dossier %}`."""

from typing import Any

from django import template

from concerto.faces.desk.cases.attachments import facts_of
from concerto.faces.desk.cases.dossier import Dossier

register = template.Library()


@register.inclusion_tag("desk/cases/attached.html")
def attached(dossier: Dossier) -> dict[str, Any]:
    """Say how many papers are attached, to whoever may open them, and lead there."""
    return {"case": dossier.row.id, "count": sum(len(fact.body.files) for fact in facts_of(dossier)),  # type: ignore[union-attr]
            "shown": dossier.reads, "handles": dossier.handles}  # fmt: skip
