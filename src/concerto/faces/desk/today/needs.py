"""Needs that wait for one person: sent to their desk, come back to their village, opened again by the household."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.today.items import Item
from concerto.faces.desk.today.words import day_words
from concerto.journal.kinds import words as said
from concerto.papers.naming import houses_named
from concerto.papers.slips.calls import calls_in
from concerto.parts.assistance.models import Need
from concerto.places.models import Unit
from concerto.places.sight import Role, Sight
from concerto.register.access import Post, posts_of
from concerto.register.holding import worked_for
from concerto.register.models import Posting
from concerto.register.search import log_of

MOST = 60
DESKS = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER, Role.COUNTY_DESK)
LOOK = _("Look at it")


def needs_for_me(sight: Sight) -> Iterator[Item]:
    """List them, those that came first before the others; they go by acting alone."""
    mine = Q(owner=sight.account) | Q(owner__isnull=True)
    back = Q(unit__in=sight.near) & mine & (Q(state="reopened") | Q(desk_state="returned", holder__isnull=True))
    desks = _desks(sight)
    there = Q(sent_to__in=desks) | Q(holder__in=desks, sent_to__isnull=True, office="")
    rows = Need.objects.standing().filter(log=log_of(sight), is_open=True, called__isnull=True)
    found = list(rows.filter(back | there if desks else back).order_by("opened_on", "id")[:MOST])
    if not found:
        return
    wanted = {row.unit for row in found}
    units = dict(Unit.objects.filter(log=log_of(sight), id__in=wanted).values_list("id", "name"))
    for row in found:
        title = gettext("{what}: {name}").format(what=gettext("A need"), name=said.word(said.NEED_WORDS, row.sort))
        why = pgettext("clause", ", ").join(
            [_why(row, desks), units.get(row.unit, ""), day_words(row.last_on, sight.day)]
        )
        mark = "clash" if row.state == "reopened" else "open"
        yield Item(mark, title, why, reverse("desk:need", args=[row.id]), LOOK, None, "needs")


def calls_for_me(sight: Sight) -> Iterator[Item]:
    """List who asked by their slip to be called, also of what is at its end; they go when somebody told them.

    They are the owner's. Without one, or with one who is not posted there any more, they are the post's; of a village
    without anybody, the organizer's.
    """
    waiting = calls_in(log_of(sight), worked_for(sight))
    others = {call.need.owner for call in waiting if call.need.owner and call.need.owner != sight.account}
    posts = posts_of(log_of(sight), others) if others else []
    mine = [call for call in waiting if call.need.owner not in others or not _works_there(call.need, posts, sight.day)]
    named = houses_named(sight, [call.household for call in mine[:MOST]]) if mine else {}
    for call in mine[:MOST]:
        house = named[call.household].name if call.household in named else ""
        what = pgettext("clause", ", ").join(one for one in (said.word(said.NEED_WORDS, call.need.sort), house) if one)
        title = gettext("Asks to be called: {what}").format(what=what)
        why = gettext("by the slip, since {day}").format(day=day_words(call.on, sight.day))
        yield Item("open", title, why, reverse("desk:need", args=[call.need.id]), LOOK, None, "needs")


def _works_there(need: Need, posts: Iterable[Post], day: date) -> bool:
    here = (post for post in posts if need.unit in (post.unit, *post.units))
    return any(post.is_held_by(need.owner, day) for post in here if need.owner)


def needs_asked(needs: Collection[Any], log: UUID) -> dict[UUID, tuple[str, UUID]]:
    """Tell what needs are about, and which household asked first."""
    rows = Need.objects.filter(log=log, id__in=needs).values_list("id", "sort", "household") if needs else ()
    return {need: (sort, house) for need, sort, house in rows}


def needs_named(asked: Mapping[UUID, tuple[str, UUID]], houses: Mapping[UUID, str]) -> dict[UUID, str]:
    """Call a need by what it is about, and by its household where the reader may name it."""
    return {
        need: pgettext("clause", ", ").join(
            words for words in (said.word(said.NEED_WORDS, sort), houses.get(house, "")) if words
        )
        for need, (sort, house) in asked.items()
    }


def _why(row: Need, desks: set[object]) -> str:
    if row.sent_to in desks:
        return gettext("sent to your desk, not accepted yet")
    if row.holder in desks:
        return gettext("in the hands of your desk")
    if row.state == "reopened":
        return gettext("the household says that it is not done, or not wholly")
    return gettext("came back from the desk it was sent to")


def _desks(sight: Sight) -> set[object]:
    if not sight.has(*DESKS):
        return set()
    held = Posting.objects.filter(log=log_of(sight), id__in=sight.postings, role__in=DESKS)
    return set(held.values_list("unit", flat=True))
