"""Taking a thing off one's own list: a row of that person alone, without a time. It is no entry, and tells nobody."""

from uuid import UUID

from concerto.places.models import Seen


def put_aside(account: UUID, thing: UUID) -> None:
    """Note that somebody has seen a thing; said twice it is one row."""
    Seen.objects.bulk_create([Seen(account=account, thing=thing)], ignore_conflicts=True)


def seen_by(account: UUID) -> set[UUID]:
    """Name what this person took off their own list; asked for oneself alone."""
    return set(Seen.objects.filter(account=account).values_list("thing", flat=True))
