"""The form of a meeting: five minutes live, of what it was, who was there and the votes; the rest later in the same."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.branch.forms import BranchForm, in_minutes
from concerto.faces.desk.branch.roll import Row
from concerto.faces.desk.ledgers.filters import DayInput
from concerto.faces.desk.visits.form import FOR_PLACE, Words, chosen, options, several
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds import words as said
from concerto.journal.kinds.asked.branching import DECISION_SLOTS, FIGURES, ITEM_SLOTS, MOST_ON_ROLL, OUT_SLOTS
from concerto.journal.kinds.meeting import MOST_MEMBERS
from concerto.journal.kinds.voting import Tally
from concerto.parts.branch.votes import base_of

FORM_CHOICES = (
    ("members", said.HELD_WORDS["members_meeting"]),
    ("committee", said.HELD_WORDS["committee_meeting"]),
    ("group", said.HELD_WORDS["group_meeting"]),
    ("none", pgettext_lazy("meeting", "None of these")),
)
CONTENT_CHOICES = (
    ("lesson", said.HELD_WORDS["party_lesson"]),
    ("theme_day", said.HELD_WORDS["theme_party_day"]),
    ("organisational_life", said.HELD_WORDS["org_life_meeting"]),
    ("appraisal", said.HELD_WORDS["democratic_appraisal"]),
    ("rules_reviewed", said.HELD_WORDS["rules_reviewed"]),
)
HOW: said.Words = {
    "present": pgettext_lazy("attended", "Present"),
    "excused": pgettext_lazy("attended", "Excused"),
    "floating": pgettext_lazy("attended", "Floating"),
    "absent": pgettext_lazy("attended", "Absent"),
    "observer": pgettext_lazy("attended", "Observer"),
}
SORT_CHOICES = (
    ("talk", pgettext_lazy("agenda", "Talked over")),
    ("vote", pgettext_lazy("agenda", "Voted on")),
    ("ballot", pgettext_lazy("agenda", "Ballot on persons")),
)
FIGURE_LABELS = {
    "yes": pgettext_lazy("ballot", "In favour"),
    "no": pgettext_lazy("ballot", "Against"),
    "abstain": pgettext_lazy("ballot", "Abstained"),
    "not_cast": pgettext_lazy("ballot", "Not cast"),
}


OTHER_ROLL = "other_roll"
ASKED_ONCE = "nobody_marked"  # that nobody is marked was said when this was sent before
NOBODY_MARKED = _("Nobody is marked as there: nothing is recorded yet. If it is so, record it once more.")


def drawn_anew(sent: QueryDict, roll: Sequence[Row]) -> QueryDict:
    """Give each member the row they have on the roll of the day that was chosen, whichever row was tapped before.

    Where that is another roll than the one that was looked at, the form says so: nobody is away or there unasked.
    """
    rows = {name: sent[name] for name in sent if name.startswith("who_")}
    if not rows:
        return sent
    how = {member: sent.get(name.replace("who_", "how_"), "") for name, member in rows.items()}
    told = sent.copy()
    for name in [name for name in told if name.startswith(("who_", "how_"))]:
        del told[name]
    for n, row in enumerate(roll[:MOST_ON_ROLL]):
        if how.get(str(row.id)):
            told[f"how_{n}"] = how[str(row.id)]
    if how.keys() != {str(row.id) for row in roll[:MOST_ON_ROLL]}:
        told[OTHER_ROLL] = "yes"
    return told


class DayAhead(DayInput):
    """A day that may still come: a phone sets no latest one."""

    def __init__(self) -> None:
        super().__init__()
        self.attrs["data-ahead"] = ""


class MeetingForm(BranchForm):
    """One meeting of a branch. Nobody stands as present before somebody has tapped it."""

    sheet = "meeting"
    order = ("form", "group", "contents")
    unasked = ("told_by", "topics", "words_for")
    form = chosen(pgettext_lazy("meeting", "Which meeting"), FORM_CHOICES, required=True)
    contents = several(_("What it held"), CONTENT_CHOICES)
    minutes = in_minutes(_("How many minutes"))
    pre_study = in_minutes(_("Minutes of study before the meeting"))
    meeting_study = in_minutes(_("Minutes of study in the meeting"))

    def __init__(
        self,
        *args: Any,
        roll: Sequence[Row],
        groups: Sequence[tuple[str, str]],
        named: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.roll = roll[:MOST_ON_ROLL]
        self.fields["words"] = Words(label=_("Minutes of the meeting"), audience=FOR_PLACE)
        self.fields["group"] = forms.ChoiceField(
            label=_("Party group"), choices=[("", _("Choose a group")), *groups], required=False
        )
        names = [("", "—"), *named, *((str(one.id), one.name) for one in roll if one.name)]
        for name, label in (("chair", _("Chair")), ("recorder", _("Recorder"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=names, required=False)
        for n, row in enumerate(self.roll):
            codes = ("present",) if row.on_roll.is_exempt else tuple(HOW)
            self.fields[f"how_{n}"] = chosen(row.name or _("Somebody of another village"), options(HOW, codes))
        voters = [(str(one.id), one.name) for one in self.roll if one.on_roll.has_vote and one.name]
        for slot in ITEM_SLOTS:
            self.fields[f"item_{slot}"] = chosen(_("What was done with it"), SORT_CHOICES)
            self.fields[f"item_words_{slot}"] = Words(label=_("The matter"), audience=FOR_PLACE)
            self.fields[f"away_{slot}"] = several(_("Away for this item"))
            self._offer(f"away_{slot}", voters)
            for figure in FIGURES:
                self.fields[f"{figure}_{slot}"] = forms.IntegerField(
                    label=FIGURE_LABELS[figure], required=False, min_value=0, max_value=MOST_MEMBERS
                )
        items = [(slot, gettext("Item %(n)s of the agenda") % {"n": slot}) for slot in ITEM_SLOTS]
        for slot in OUT_SLOTS:
            self.fields[f"out_{slot}"] = forms.ChoiceField(
                label=_("Who is not counted"), required=False, widget=forms.Select(attrs={"data-left-out": ""})
            )
            self._offer(f"out_{slot}", [("", "—"), *voters])
            self.fields[f"out_on_{slot}"] = forms.DateField(
                label=_("Approved by the committee above on"), required=False, widget=DayInput
            )
            self.fields[f"out_item_{slot}"] = forms.ChoiceField(
                label=_("Adopted here by the vote on"), choices=[("", "—"), *items], required=False
            )
        for slot in DECISION_SLOTS:
            self.fields[f"decision_{slot}"] = Words(label=_("What was decided"), audience=FOR_PLACE)
            self.fields[f"owner_{slot}"] = forms.ChoiceField(label=_("Who sees to it"), choices=names, required=False)
            self.fields[f"due_{slot}"] = forms.DateField(label=_("By when"), required=False, widget=DayAhead)

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        told = self.cleaned_data
        if self.data.get(OTHER_ROLL):
            self.add_error(
                None, _("On this day others stand on the roll. It is drawn anew: look again at who was there.")
            )
        if self.is_nobody_marked and not self.data.get(ASKED_ONCE):
            self.add_error(None, NOBODY_MARKED)
        if told.get("form") == "group" and not told.get("group"):
            self.add_error("group", words_of("group_of_the_meeting"))
        elif told.get("form") != "group":
            told["group"] = ""
        if told.get("form") == "none" and not told.get("contents"):
            self.add_error("contents", words_of("nothing_held"))
        self._clean_left_out(told)
        away = {str(row.id) for n, row in enumerate(self.roll) if self.how(n) not in ("", "present", "observer")}
        for role in ("chair", "recorder"):
            if told.get(role) in away:
                self.add_error(role, words_of("chaired_from_away"))
        for slot in ITEM_SLOTS:
            figures = [told.get(f"{figure}_{slot}") for figure in FIGURES]
            if figures[0] is None and any(one is not None for one in figures):
                told[f"yes_{slot}"] = 0
            if (told.get(f"item_words_{slot}") or any(figures)) and not told.get(f"item_{slot}"):
                self.add_error(f"item_{slot}", _("Say what was done with it."))
            self._clean_vote(slot, is_given=any(one is not None for one in figures))
        return told

    def _clean_vote(self, slot: str, *, is_given: bool) -> None:
        """A vote whose figures do not add up is refused at them, by the item's name: the door knows no fields."""
        tally = self.tally(slot)
        if not self.base or not self.is_off(slot) or {f"{figure}_{slot}" for figure in FIGURES} & self.errors.keys():
            return
        if is_given:
            why = words_of("votes_do_not_add_up", {"given": self.given(slot), "present": tally.present})
        elif tally.outcome != "no_valid_vote":
            why = words_of("figures_of_the_vote")
        else:
            return
        item = gettext("Item %(n)s of the agenda") % {"n": slot}
        self.add_error(f"yes_{slot}", f"{item}{pgettext('clause', ': ')}{why}")

    def _clean_left_out(self, told: dict[str, Any]) -> None:
        """Both facts are asked of everybody who is left out; the approval came before the meeting, and they did not."""
        there = {str(row.id) for n, row in enumerate(self.roll) if self.how(n) in ("present", "observer")}
        for slot in OUT_SLOTS:
            if not told.get(f"out_{slot}"):
                continue
            if told[f"out_{slot}"] in there:
                self.add_error(f"out_{slot}", words_of("left_out_is_there"))
            approved, item = told.get(f"out_on_{slot}"), told.get(f"out_item_{slot}")
            if not approved and f"out_on_{slot}" not in self.errors:
                self.add_error(f"out_on_{slot}", gettext("Still missing."))
            elif approved and told["happened_on"] and approved > told["happened_on"]:
                self.add_error(f"out_on_{slot}", words_of("left_out_without_adoption"))
            if not item:
                self.add_error(f"out_item_{slot}", gettext("Choose one."))
            elif told.get(f"item_{item}") != "vote" or self.tally(item).outcome != "passed":
                self.add_error(f"out_item_{slot}", words_of("left_out_without_adoption"))

    def how(self, n: int) -> str:
        """Say how the member in one row of the roll stands now: as it was sent, or as the form starts."""
        return str(self[f"how_{n}"].value() or "")

    @property
    def is_nobody_marked(self) -> bool:
        """Tell whether there is a roll, and nobody on it is marked: whoever sends it so is asked once."""
        return bool(self.roll) and not any(self.how(n) for n in range(len(self.roll)))

    @property
    def left_out(self) -> dict[str, str]:
        """Who is left out of the base, and by the vote on which item."""
        named = {str(self[f"out_{n}"].value() or ""): str(self[f"out_item_{n}"].value() or "") for n in OUT_SLOTS}
        return {member: item for member, item in named.items() if member}

    @property
    def base(self) -> set[UUID]:
        """Who should be there and is not left out."""
        without = self.left_out
        return {member for member in self._due if str(member) not in without}

    @property
    def _due(self) -> set[UUID]:
        """Who should be there. Where the register knows no seat or group of that day: who with a vote is named."""
        form, group = str(self["form"].value() or ""), str(self["group"].value() or "")
        known = {str(row.on_roll.group): row.on_roll.group for row in self.roll if row.on_roll.group}
        due = base_of(form, [row.on_roll for row in self.roll], group=known.get(group)) if form else set()
        if form == "group" and group not in known:
            due = set()
        if due or form not in ("committee", "group"):
            return due
        named = {row.id for n, row in enumerate(self.roll) if self.how(n) not in ("", "observer")}
        return named & base_of("members", [row.on_roll for row in self.roll])

    @property
    def others(self) -> set[UUID]:
        """Who on the roll is not of the committee or group that met; nobody where the register knows no such one."""
        form, group = str(self["form"].value() or ""), str(self["group"].value() or "")
        own = {"committee": lambda one: bool(one.post), "group": lambda one: bool(group) and str(one.group) == group}
        if form not in own:
            return set()
        members = [row.on_roll for row in self.roll]
        belong = {one.member for one in members if own[form](one)}
        is_known = any(one.has_vote for one in members if one.member in belong)
        return {one.member for one in members} - belong if is_known else set()

    def more(self) -> dict[str, list[str]]:
        """Give the answers that the roll gives: whose row it is, and who is counted."""
        base = sorted(map(str, self.base))
        return {"base": base, **{f"who_{n}": [str(row.id)] for n, row in enumerate(self.roll) if self.how(n)}}

    def given(self, slot: str) -> int:
        """Add up the figures of one vote as the form stands."""
        figures = [str(self[f"{figure}_{slot}"].value() or "") for figure in FIGURES]
        return sum(int(one) for one in figures if one.isdecimal())

    def is_off(self, slot: str) -> bool:
        """Tell whether the figures of a vote are not those of everybody with a vote who was there for it."""
        return self[f"item_{slot}"].value() == "vote" and self.given(slot) != self.tally(slot).present

    def tally(self, slot: str) -> Tally:
        """Count one vote as the form stands; that which leaves somebody out counts against the whole base."""
        base, without = self.base, self.left_out
        whole = len(without) if slot in without.values() else 0
        away = {str(one) for one in self[f"away_{slot}"].value() or ()}
        there = {row.id for n, row in enumerate(self.roll) if row.id in base and self.how(n) == "present"}
        present = [one for one in there if str(one) not in away]
        yes = str(self[f"yes_{slot}"].value() or "")
        return Tally(len(base) + whole, len(present), int(yes) if yes.isdecimal() else 0)
