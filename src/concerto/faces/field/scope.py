"""What a phone's villages are called, what may be recorded in them, and who else works there."""

import msgspec

from concerto.groundwork import canonical
from concerto.places.models import Account, Unit, UnitKind
from concerto.places.sight import Sight
from concerto.register.access import MAY_RECORD, Authority
from concerto.register.models import Posting

from . import wire


def about_of(sight: Sight, account: Account) -> wire.About:
    """Describe the villages in which somebody works themselves: whoever organizes a township does so at a desk.

    The digest names this very description, so that it travels only when it is another one.
    """
    assert sight.log is not None
    units = list(Unit.objects.of_log(sight.log).filter(id__in=sight.near))
    villages = [unit for unit in units if unit.kind == UnitKind.VILLAGE]
    branches = [unit for unit in units if unit.kind == UnitKind.BRANCH]
    authority = Authority(account, sight.log)
    grants = [
        wire.Grant(
            village.id,
            village.name,
            [wire.Branch(branch.id, branch.name) for branch in branches if branch.village == village.id],
            sorted(kind for kind in MAY_RECORD if authority.follows(sight.day, unit=village.id, kind=kind)),
        )
        for village in villages
    ]
    people, others = _people(sight)
    return wire.About(_digest(grants, people, others), grants, people, others)


def _people(sight: Sight) -> tuple[dict[str, str], dict[str, str]]:
    """Name who is posted to these units today; then who was before, or is to the township: they wrote lines too."""
    assert sight.log is not None
    every = Posting.objects.filter(log=sight.log, source_withdrawn=False)
    ever = set(every.filter(unit__in=[*sight.near, sight.log]).values_list("account", flat=True))
    now = set(every.on(sight.day).filter(unit__in=sight.near).values_list("account", flat=True))
    found = Account.objects.filter(id__in=ever).order_by("called", "id").values_list("id", "called")
    people: dict[str, str] = {}
    others: dict[str, str] = {}
    for account, called in found if sight.near else ():
        (people if account in now else others)[str(account)] = called
    return people, others


def _digest(grants: list[wire.Grant], people: dict[str, str], others: dict[str, str]) -> str:
    return canonical.digest(msgspec.json.encode([grants, people, others]).decode())[:16]
