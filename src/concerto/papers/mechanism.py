"""The mechanism in words: what makes no sense in a duty, and what the whole of it costs."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from concerto.rulebook.burden import TYPED_AGAIN, Cost, Village
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.reading import Nonsense
from concerto.rulebook.terms import BEARERS

NONSENSE = {
    "not_toml": gettext_lazy("this is not TOML: %(problem)s"),
    "not_read": gettext_lazy("this cannot be read: %(problem)s"),
    "no_duties_here": gettext_lazy("there is no duty here: not one file that ends in .toml"),
    "key_unknown": gettext_lazy("a duty has no “%(key)s”"),
    "key_missing": gettext_lazy("“%(key)s” is missing"),
    "of_another_sort": gettext_lazy("“%(key)s” must be %(wanted)s"),
    "said_twice": gettext_lazy("“%(key)s” says something twice"),
    "title_in_both": gettext_lazy("the title must be there in both languages: zh and en"),
    "nearly_in_list": gettext_lazy("“%(key)s”: “%(value)s” is not in the list; do you mean %(near)s?"),
    "not_in_list": gettext_lazy("“%(key)s”: “%(value)s” is not in the list, which has: %(may)s"),
    "too_often": gettext_lazy("“%(key)s”: more than once a day cannot be asked, so here at most %(most)s"),
    "too_long_a_day": gettext_lazy("“%(key)s”: more than eight hours a day cannot be asked, so here at most %(most)s"),
    "two_shapes": gettext_lazy("“%(key)s”: a duty is owed each period or after an event, not both"),
    "no_shape": gettext_lazy("it does not say when it is owed: neither “every” nor “after”"),
    "times_or_amount": gettext_lazy("it asks for times and for an amount; one of them is enough"),
    "amount_of_what": gettext_lazy("an amount is so many minutes or so many class_hours"),
    "within_what": gettext_lazy("“within” is so many days or working_days, or “same_day”, or “window”"),
    "too_small": gettext_lazy("“%(key)s” must be at least %(least)s"),
    "too_large": gettext_lazy("“%(key)s” must be at most %(most)s"),
    "cannot_owe": gettext_lazy("what is about a “%(about)s” can be owed by: %(may)s"),
    "post_of_no_post": gettext_lazy("a post is named, but no post owes it"),
    "private_of_no_person": gettext_lazy("only what a person owes for themselves can be private"),
    "out_of_order": gettext_lazy("each edition must begin after the one before it"),
    "proves_another": gettext_lazy("“%(value)s” proves nothing about a %(about)s"),
    "matter_has_no_period": gettext_lazy("a %(about)s is answered after an event, not each period"),
    "no_matter_to_answer": gettext_lazy("a %(about)s has no such event; only a round asks for it"),
    "window_of_a_round": gettext_lazy("a window belongs to a round, and a round has a window"),
    "carries_no_time": gettext_lazy("“%(value)s” carries no time, so no amount of it can be asked"),
    "id_twice": gettext_lazy("there is another duty with the id “%(value)s”"),
    "counts_what_was_raised": gettext_lazy(
        "“%(value)s”: no duty is met by a number of leads, needs, suggestions or opinions raised; "
        "finding nothing is a full answer"
    ),
    "nothing_wanted_must_do": gettext_lazy(
        "“%(value)s” may meet it only if “nothing_wanted” does too: asked, nothing wanted, is a full answer"
    ),
    "no_kind_proves_it": gettext_lazy(
        "“%(value)s”: no form of this program records that yet; until one does, a duty has no edition"
    ),
    "less_than_the_law": gettext_lazy(
        "“%(key)s”: a law asks for this; a township does not end it, put it off, or let something else meet it"
    ),
    "number_of_findings": gettext_lazy("“%(value)s” may be asked once, never a number of times"),
}

PROBLEMS = {
    "twice": gettext_lazy("the same is said here a second time"),
    "bracket": gettext_lazy("a bracket that was opened is not closed"),
    "quotes": gettext_lazy("a text must be closed by quotation marks on its own line"),
    "equals": gettext_lazy("after a name comes an equals sign"),
    "value": gettext_lazy(
        "after the equals sign comes a text in quotation marks, a number, true or false, a day such as 2026-07-01, "
        "or a list in brackets"
    ),
    "line": gettext_lazy("this line says nothing that can be understood"),
    "letters": gettext_lazy("its letters are not UTF-8; save it as UTF-8"),
    "not_opened": gettext_lazy("it cannot be opened"),
}
SORTS = {
    "text": gettext_lazy("a text in quotation marks"),
    "number": gettext_lazy("a number"),
    "truth": gettext_lazy("true or false"),
    "day": gettext_lazy("a day, such as 2026-07-01"),
    "list": gettext_lazy("a list in brackets"),
    "words": gettext_lazy("a list of words"),
    "table": gettext_lazy("a table in braces"),
    "editions": gettext_lazy("[[edition]]"),
}

BEARER_NAMES = {
    "instructor": gettext_lazy("One instructor"),
    "branch_secretary": gettext_lazy("One branch secretary"),
    "member": gettext_lazy("One member"),
}

RECORD_NAMES = {
    "visit": pgettext_lazy("record", "visit"),
    "members_meeting": pgettext_lazy("record", "members' meeting"),
    "committee_meeting": pgettext_lazy("record", "committee meeting"),
    "group_meeting": pgettext_lazy("record", "group meeting"),
    "study": pgettext_lazy("record", "study"),
    "heart_talk": pgettext_lazy("record", "heart-to-heart talk"),
    "need": pgettext_lazy("record", "need"),
    "deed": pgettext_lazy("record", "deed"),
    "step": pgettext_lazy("record", "step of a matter"),
}


def nonsense_line(nonsense: Nonsense) -> str:
    """Say what makes no sense, with file and line in front, as editors read it."""
    return f"{nonsense.path}:{nonsense.line}: {nonsense_words(nonsense)}"


def nonsense_words(nonsense: Nonsense) -> str:
    """Say what makes no sense in the language of who reads it; what a file calls a thing stays as it is."""
    facts: dict[str, object] = dict(nonsense.facts)
    for name, words in (("problem", PROBLEMS), ("wanted", SORTS)):
        if name in facts:
            facts[name] = words[nonsense.facts[name]]
    if tongue_read() == "zh" and "about_zh" in facts:
        facts["about"] = facts["about_zh"]
    return str(NONSENSE[nonsense.code] % facts)


def begins_lines(mechanism: Mechanism) -> Iterator[str]:
    """Name the editions that begin within a period: nobody owes part of one, so they wait for the next whole one."""
    for duty in mechanism.duties.values():
        for edition in duty.editions:
            turn = duty.first_turn(edition)
            if turn is not None and turn.first != edition.since:
                yield _("%(duty)s: the edition of %(since)s begins within a turn and judges from %(first)s on") % {
                    "duty": duty.id,
                    "since": edition.since.isoformat(),
                    "first": turn.first.isoformat(),
                }


def burden_lines(
    mechanism: Mechanism, village: Village, costs: list[Cost], left_out: list[str], on: date
) -> Iterator[str]:
    """Say what a mechanism costs each of the three, by duty, and for which village that was counted."""
    tongue = tongue_read()
    yield _("%(n)d duties make sense; %(in_force)d are in force on %(on)s.") % {
        "n": len(mechanism.duties),
        "in_force": sum(duty.in_force(on) is not None for duty in mechanism.duties.values()),
        "on": on.isoformat(),
    }
    for bearer in BEARERS:
        own = [cost for cost in costs if cost.bearer == bearer]
        yield ""
        total = sum(cost.minutes for cost in own)
        yield _("%(who)s: %(minutes)s minutes a month") % {"who": BEARER_NAMES[bearer], "minutes": f"{total:.0f}"}
        for cost in own:
            yield f"  {cost.minutes:8.1f}  {_called(mechanism, cost.duty, tongue)}"
    yield ""
    if left_out:
        titles = ", ".join(mechanism.duties[duty].title[tongue] for duty in left_out)
        yield _("Borne by a desk, not counted here: %(titles)s") % {"titles": titles}
    yield from _village_lines(village, tongue)


def _village_lines(village: Village, tongue: str) -> Iterator[str]:
    yield _("Counted for: %(village)s") % {"village": village.name[tongue]}
    for title, numbers in (
        (_("there are"), village.count),
        (_("a year"), village.a_year),
        (_("minutes to type again"), village.typed_again),
    ):
        yield f"  {title}: " + ", ".join(f"{name} {n}" for name, n in numbers.items())
    yield _("One record that settles several duties counts once, at the largest.")


def _called(mechanism: Mechanism, duty: str, tongue: str) -> str:
    if duty.startswith(f"{TYPED_AGAIN}:"):
        return _("typed again elsewhere: %(record)s") % {"record": RECORD_NAMES[duty.partition(":")[2]]}
    return f"{duty}  {mechanism.duties[duty].title[tongue]}"


def tongue_read() -> str:
    """Say in which of the two languages of a duty's file its reader reads."""
    return "en" if (get_language() or "").startswith("en") else "zh"
