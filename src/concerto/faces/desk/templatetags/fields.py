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
    hint: Words = None,
    audience: Words = "",
    placeholder: Words = None,
    long: bool = False,
    quiet: bool = False,
    needed: bool = False,
) -> dict[str, Any]:
    """Draw one field: label, hint, mistake, control.

    `audience` says who may read what is written and marks the field as sealed; a form may set it on the field
    itself. An empty `placeholder` or `hint` takes away what the form brings. `long` puts choices under each other;
    `quiet` hides the label from the eye, for a lone search box. What is `needed` where it is asked, though the form
    may do without, is not called optional.
    """
    audience = audience or getattr(bound.field, "audience", "")
    hint = bound.help_text if hint is None else hint
    described = [_id(bound, "helptext")] if hint else []
    described += [_id(bound, "audience")] if audience else []
    described += [_id(bound, "error")] if bound.errors else []
    attrs: dict[str, Any] = {"class": "input", **({} if placeholder is None else {"placeholder": placeholder or False})}
    if described and not _is_group(bound):
        attrs["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "control": "" if _is_group(bound) else bound.as_widget(attrs=_for_widget(bound, attrs)),
        "shape": _shape(bound),
        "label": label or bound.label,
        "hint": hint,
        "audience": audience,
        "mistake": _mistake(bound),
        "described": " ".join(described),
        "optional": not bound.field.required and _shape(bound) not in ("tick", "hidden") and not (quiet or needed),
        "long": long or getattr(bound.field, "long", False),
        "quiet": quiet,
    }


@register.inclusion_tag("desk/parts/form_errors.html")
def form_errors(form: BaseForm, *, headline: Words = "", nothing_lost: Words = None) -> dict[str, Any]:
    """Say at the top what is missing, with a way to each field; focus goes here, and nothing typed is lost.

    A form that records nothing gives its own `headline`, and an empty `nothing_lost`.
    """
    fields = [bound for bound in form if bound.errors and not bound.is_hidden]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    whole = [*form.non_field_errors(), *hidden]
    count = len(fields)
    missing = ngettext(
        "{n} place needs a look; nothing was recorded.", "{n} places need a look; nothing was recorded.", count
    )
    return {
        "fields": [(bound, bound.label, _mistake(bound)) for bound in fields],
        "whole": whole,
        "headline": headline or (missing.format(n=count) if count else gettext("Nothing was recorded.")),
        "nothing_lost": gettext("What you wrote is all here.") if nothing_lost is None else nothing_lost,
    }


def _mistake(bound: BoundField) -> str:
    """Say the first mistake of a field; what is only missing is said as one says it aloud."""
    for error in bound.errors.as_data():
        if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
            return gettext("Choose one.") if _is_chosen(bound) else gettext("Still missing.")
        return " ".join(map(str, error.messages))
    return ""


def _is_chosen(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple)


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
