"""The fields of a form in a template: `{% load fields %}`, then `{% form_errors form %}` and `{% field form.day %}`."""

from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.utils.translation import gettext, ngettext

register = template.Library()

Words = Any  # a text, or one still to be translated


@register.inclusion_tag("desk/parts/field.html")
def field(
    bound: BoundField,
    *,
    label: Words = "",
    hint: Words = "",
    audience: Words = "",
    placeholder: Words = "",
    long: bool = False,
    quiet: bool = False,
) -> dict[str, Any]:
    """Draw one field: label, hint, mistake, control.

    `audience` says who may read what is written and marks the field as sealed; a form may set it on the field
    itself. `long` puts choices under each other; `quiet` hides the label from the eye, for a lone search box.
    """
    audience = audience or getattr(bound.field, "audience", "")
    hint = hint or bound.help_text
    described = [_id(bound, "helptext")] if hint else []
    described += [_id(bound, "audience")] if audience else []
    described += [_id(bound, "error")] if bound.errors else []
    attrs = {"class": "input", **({"placeholder": placeholder} if placeholder else {})}
    if described and not _is_group(bound):
        attrs["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "control": "" if _is_group(bound) else bound.as_widget(attrs=_for_widget(bound, attrs)),
        "shape": _shape(bound),
        "label": label or bound.label,
        "hint": hint,
        "audience": audience,
        "described": " ".join(described),
        "optional": not bound.field.required and _shape(bound) not in ("tick", "hidden") and not quiet,
        "long": long or getattr(bound.field, "long", False),
        "quiet": quiet,
    }


@register.inclusion_tag("desk/parts/form_errors.html")
def form_errors(form: BaseForm, *, nothing_lost: Words = "") -> dict[str, Any]:
    """Say at the top what is missing, with a way to each field; focus goes here, and nothing typed is lost."""
    fields = [bound for bound in form if bound.errors and not bound.is_hidden]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    whole = [*form.non_field_errors(), *hidden]
    count = len(fields)
    missing = ngettext(
        "{n} place needs a look; nothing was recorded.", "{n} places need a look; nothing was recorded.", count
    )
    return {
        "fields": fields,
        "whole": whole,
        "headline": missing.format(n=count) if count else gettext("Nothing was recorded."),
        "nothing_lost": nothing_lost or gettext("What you wrote is all here."),
    }


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "words" if isinstance(widget, forms.Textarea) else "line"


def _is_group(bound: BoundField) -> bool:
    return _shape(bound) == "choices"


def _for_widget(bound: BoundField, attrs: dict[str, Any]) -> dict[str, Any]:
    if _shape(bound) in ("tick", "hidden"):
        return {name: value for name, value in attrs.items() if name not in ("class", "placeholder")}
    own = bound.field.widget.attrs.get("class")
    return {**attrs, "class": f"input {own}"} if own else attrs


def _id(bound: BoundField, what: str) -> str:
    return f"{bound.auto_id or bound.html_name}_{what}"
