"""Selects as they stand in a page: Django's template for one is read anew for each of its options."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Select
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


class Renderer(DjangoTemplates):
    """Draws widgets as Django does, and selects by hand: the same elements, without the blanks between them."""

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> str:
        """Draw one widget."""
        if template_name == Select.template_name and _is_plain(context["widget"]):
            return _select(context["widget"])
        return super().render(template_name, context, request)  # type: ignore[arg-type]  # it asks for a dict


def _is_plain(widget: Mapping[str, Any]) -> bool:
    """Tell whether each of its options is drawn as usual."""
    return all(
        option["template_name"] == Select.option_template_name
        for _group, options, _n in widget["optgroups"]
        for option in options
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    drawn = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _n in widget["optgroups"]:
        if group:
            drawn.append(f'<optgroup label="{conditional_escape(group)}">')
        drawn += [
            f'<option value="{conditional_escape(option["value"])}"{_attributes(option["attrs"])}>'
            f"{conditional_escape(option['label'])}</option>"
            for option in options
        ]
        if group:
            drawn.append("</optgroup>")
    return SafeString("".join([*drawn, "</select>"]))


def _attributes(attrs: Mapping[str, Any]) -> str:
    told = [(name, value) for name, value in attrs.items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{conditional_escape(value)}"' for name, value in told)
