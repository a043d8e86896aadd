"""Data in a template for a script to read: `{% load data %}`, then `{{ words|json_as_written:"words" }}`."""

from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def json_as_written(value: Any, element_id: str) -> SafeString:
    """Write data as `json_script` does, every letter as it is: a Chinese one takes three bytes so, escaped six."""
    return json_script(value, element_id, encoder=AsWritten)


class AsWritten(DjangoJSONEncoder):
    """Escapes nothing that need not be, and leaves no spaces."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how | {"ensure_ascii": False, "separators": (",", ":")})
