"""What a person says of a roster that nobody else can know: what a heading means, which village a sheet is of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.conductor.roster import township
from concerto.papers.roster.fields import LABELS, Field
from concerto.papers.roster.found import Fate
from concerto.papers.rosters import Looked
from concerto.places.models import RosterImport

UNKNOWN_VILLAGE = frozenset({"village_unknown", "village_named_twice"})
NEVER_ASKED = frozenset({Field.SEX})


@dataclass(frozen=True)
class Questions:
    """The form that asks, and its fields by what they are about."""

    form: forms.Form
    headings: list[forms.BoundField]
    villages: list[forms.BoundField]


def questions_of(looked: Looked, sent: RosterImport) -> Questions | None:
    """Ask about every heading and every sheet that nobody knows; None when all is known."""
    headings, villages = _headings(looked), _villages(looked)
    if not headings and not villages:
        return None
    known = township.mapping_of(sent.log)
    form = forms.Form()
    meanings = [
        ("", _("Leave it out for now")),
        *((f.value, gettext_lazy(w)) for f, w in LABELS.items() if f not in NEVER_ASKED),
    ]
    for n, heading in enumerate(headings):
        asked = forms.ChoiceField(
            label=_plain(heading), choices=meanings, required=False, initial=known.get(heading, "")
        )
        form.fields[f"heading-{n}"] = asked
    places = [("", _("Leave it out")), *((code, name) for code, (_key, name) in looked.town.villages.items())]
    for n, (text, label) in enumerate(villages):
        given = sent.given.get("villages", {}).get(text, "")
        form.fields[f"village-{n}"] = forms.ChoiceField(label=label, choices=places, required=False, initial=given)
    return Questions(
        form,
        [form[f"heading-{n}"] for n in range(len(headings))],
        [form[f"village-{n}"] for n in range(len(villages))],
    )


def _plain(heading: str) -> str:
    return " ".join(heading.split())


def _headings(looked: Looked) -> list[str]:
    """Give the headings to be asked about: unknown ones, and those that a person has spoken of before."""
    known = township.mapping_of(looked.town.log)
    seen = [column.heading for table in looked.roster.tables for column in table.columns]
    told = [heading for heading in dict.fromkeys(seen) if heading in known]
    whole = [heading for table in looked.roster.refused_tables for heading in table.headings]
    columns = (column for table in looked.roster.refused_tables for column in table.columns)
    more = [column.heading for column in columns if column.fate is Fate.UNMAPPED]
    return list(dict.fromkeys([*looked.roster.unmapped, *whole, *more, *told]))


def _villages(looked: Looked) -> list[tuple[str, str]]:
    """Give the texts that name no village of the township, each with how it is shown."""
    found: dict[str, str] = {}
    for table in looked.roster.refused_tables:
        if table.code in UNKNOWN_VILLAGE:
            text = table.village or table.sheet
            where = gettext("sheet {sheet}, {rows} rows").format(sheet=table.sheet, rows=table.rows)
            found[text] = where if text == table.sheet else f"{text} ({where})"
    return list(found.items())


def keep_answers(said: Mapping[str, str], looked: Looked, sent: RosterImport) -> None:
    """Remember what headings mean for the township, and which village a sheet is of for this workbook."""
    for n, heading in enumerate(_headings(looked)):
        answer = said.get(f"heading-{n}")
        if answer is not None and (answer == "" or answer in set(Field)):
            township.remember(sent.log, heading, answer)
    villages = dict(_answered(said, looked))
    if villages:
        sent.given = {**sent.given, "villages": {**sent.given.get("villages", {}), **villages}}
        RosterImport.objects.filter(log=sent.log, id=sent.id).update(given=sent.given)


def _answered(said: Mapping[str, str], looked: Looked) -> Iterator[tuple[str, str]]:
    for n, (text, _label) in enumerate(_villages(looked)):
        answer = said.get(f"village-{n}", "")
        if answer in looked.town.villages:
            yield text, answer
