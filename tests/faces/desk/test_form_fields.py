"""A field in a page: its label, who may read what is written, and what is said of a mistake."""

import re

from django import forms
from django.template import Context, Template
from django.utils.translation import override


class Call(forms.Form):
    """A small form with one field of each sort."""

    met = forms.MultipleChoiceField(
        label="Met", choices=[("a", "Aynur"), ("n", "Nobody")], widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label="Words", widget=forms.Textarea, required=False, help_text="As she said it.")
    phone = forms.CharField(label="Phone", widget=forms.TextInput(attrs={"placeholder": "11 digits"}))
    agreed = forms.BooleanField(label="Agreed", required=False)


def drawn(template: str, form: forms.Form, **context: object) -> str:
    with override("en"):
        return Template("{% load fields %}" + template).render(Context({"form": form, **context}))


def test_choices_are_boxes_in_a_named_group():
    text = drawn("{% field form.met %}", Call(initial={"met": ["a"]}))
    assert "<legend>Met</legend>" in re.sub(r"\s+<", "<", text)
    assert text.count('class="choice"') == 2
    assert text.count("checked") == 1


def test_what_may_be_left_out_says_so_and_what_is_asked_says_nothing():
    assert "optional" in drawn("{% field form.words %}", Call())
    assert "optional" not in drawn("{% field form.phone %}", Call())


def test_a_sealed_field_says_who_may_read_it_before_one_writes():
    text = drawn('{% field form.words audience="You and the village" %}', Call())
    assert text.index("You and the village") < text.index("<textarea")
    assert 'aria-describedby="id_words_helptext id_words_audience"' in text


def test_a_form_may_say_on_the_field_who_reads_it():
    form = Call()
    form.fields["words"].audience = "You alone"
    assert "You alone" in drawn("{% field form.words %}", form)


def test_an_empty_placeholder_takes_away_what_the_widget_brings():
    assert "11 digits" in drawn("{% field form.phone %}", Call())
    assert "placeholder" not in drawn('{% field form.phone placeholder="" %}', Call())


def test_a_refused_form_names_each_place_links_to_it_and_keeps_what_was_typed():
    form = Call({"words": "two carts of hay"})
    text = drawn("{% form_errors form %}{% for bound in form %}{% field bound %}{% endfor %}", form)
    assert "2 places need a look; nothing was recorded." in text
    assert 'href="#id_met">Met: Choose one.' in text
    assert 'href="#id_phone">Phone: Still missing.' in text
    assert 'id="id_met"' in text
    assert "two carts of hay" in text
    assert 'aria-describedby="id_phone_error"' in text


def test_a_form_without_mistakes_says_nothing_at_the_top():
    assert drawn("{% form_errors form %}", Call({"met": ["a"], "phone": "1"})).strip() == ""


def test_what_is_wrong_with_the_whole_form_is_said_too():
    form = Call({"met": ["a"], "phone": "1"})
    form.add_error(None, "Somebody else changed this.")
    assert "Somebody else changed this." in drawn("{% form_errors form %}", form)


def test_an_empty_hint_takes_away_what_the_form_brings():
    assert "As she said it." in drawn("{% field form.words %}", Call())
    assert "As she said it." not in drawn('{% field form.words hint="" %}', Call())
