"""The slips of a case, on its page: `{% load case_slips %}{% case_slips dossier %}`."""

from typing import Any

from django import template

from concerto.faces.desk.cases.dossier import Dossier
from concerto.faces.desk.slips.cases import on_its_page

register = template.Library()


@register.inclusion_tag("desk/slips/of_case.html")
def case_slips(dossier: Dossier) -> dict[str, Any]:
    """Say who has a slip, and who asked by it to be called; nothing to whoever does not read the case."""
    return on_its_page(dossier)
