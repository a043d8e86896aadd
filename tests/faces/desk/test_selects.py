"""A select is drawn by hand: with the elements Django draws, and whatever is said in it is words."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.selects import Renderer

CHOICES = [
    ("", _("All")),
    ("<b>", 'x" & <i>y</i>'),
    (3, "three"),
    ("group <q>", [("c", "in it"), ("d", "and 'it'")]),
    (None, "nothing"),
]


def squeezed(drawn: str) -> str:
    return re.sub(r">\s+<", "><", drawn.strip())


@pytest.mark.parametrize("value", ["", "<b>", 3, "d", None, "unknown"])
@pytest.mark.parametrize("attrs", [{}, {"class": 'a"b', "required": True, "disabled": False, "id": "id_x"}])
def test_a_select_has_the_elements_that_django_draws(value, attrs):
    widget = forms.Select(choices=CHOICES, attrs={"data-each": "<1>"})
    ours, theirs = (widget.render("na<me", value, attrs, renderer) for renderer in (Renderer(), DjangoTemplates()))
    assert squeezed(ours) == squeezed(theirs)


def test_other_widgets_are_drawn_by_their_templates():
    box = forms.TextInput()
    assert box.render("name", "<b>", {}, Renderer()) == box.render("name", "<b>", {}, DjangoTemplates())
