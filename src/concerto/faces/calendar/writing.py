"""What is due as a calendar's text (RFC 5545): whole days, folded lines, the same text as long as nothing changes."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext, ngettext
from icalendar import Calendar, Event

from concerto.groundwork.clock import SHANGHAI
from concerto.papers.board.due import Due

AGAIN = timedelta(hours=6)


def as_calendar(dues: Iterable[Due], *, day: date, known_by: str) -> bytes:
    """Write a calendar as of a day; `known_by` keeps the events of two people apart and names neither."""
    made = Calendar()
    made.add("prodid", "-//Concerto//what is due//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", gettext("What is due"))
    made.add("x-wr-timezone", SHANGHAI.key)
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    stamp = datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
    for due in dues:
        made.add_component(_event(due, stamp, known_by))
    return bytes(made.to_ical())


def _event(due: Due, stamp: datetime, known_by: str) -> Event:
    told = hashlib.sha256(f"{known_by} {due.duty} {due.on}".encode()).hexdigest()[:32]
    event = Event()
    event.add("uid", f"{told}@concerto")
    event.add("dtstamp", stamp)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", words(due))
    event.add("transp", "TRANSPARENT")
    return event


def words(due: Due) -> str:
    """Say what is due, and how many stops it takes."""
    said = due.title
    if due.stops:
        stops = ngettext("{n} stop", "{n} stops", due.stops).format(n=due.stops)
        said = gettext("{duty}: {stops}").format(duty=due.title, stops=stops)
    return gettext("{what} (the day is provisional)").format(what=said) if due.provisional else said
