"""What administrators do, noted where only the privacy officer reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .models import Account, AdministratorAct

ACTS = {
    "divisions_imported": _("Took the lists of divisions in"),
    "code_added": _("Gave a division another code"),
    "township_opened": _("Opened a township"),
    "unit_added": _("Added a unit"),
    "unit_renamed": _("Renamed a unit"),
    "unit_closed": _("Closed a unit"),
    "branch_changed": _("Changed what a branch serves"),
    "group_added": _("Added a group of a branch"),
    "group_ended": _("Ended a group of a branch"),
    "account_added": _("Added a person"),
    "account_changed": _("Changed how a person is shown"),
    "account_closed": _("Closed a person's sign-in"),
    "account_reopened": _("Opened a person's sign-in again"),
    "slip_made": _("Made a one-time slip"),
    "device_revoked": _("Took a device out of use"),
    "posting_made": _("Recorded a posting"),
    "posting_changed": _("Changed a posting"),
    "posting_withdrawn": _("Withdrew a posting"),
}


@dataclass
class Act:
    """One act while it is done: about whom or what, and what else is worth knowing."""

    about: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@contextmanager
def noted(act: str, *, by: Account | None, at: datetime, about: UUID | None = None, **facts: Any) -> Iterator[Act]:
    """Do something and note it, both or neither. `by` is None for the home's own command line."""
    assert act in ACTS, act
    doing = Act(about, dict(facts))
    with transaction.atomic():
        yield doing
        note(act, by=by, at=at, about=doing.about, **doing.facts)


def note(act: str, *, by: Account | None, at: datetime, about: UUID | None = None, **facts: Any) -> None:
    """Note what was done just now."""
    AdministratorAct.objects.create(at=at, by=by.id if by else None, act=act, about=about, facts=facts)
