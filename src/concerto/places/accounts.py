"""People who sign in: added one by one, closed, never deleted, since entries name them for ever."""

from datetime import datetime
from uuid import UUID

from concerto.groundwork.letters import packed
from concerto.groundwork.refusals import refuse

from .models import Account, CalendarAddress, LeftOut, Seen, new_door_key

MOST_LETTERS = 40


def sign_in_name(written: str) -> str:
    """Write the name one signs in with as it is compared: no spaces, half-width, small letters."""
    return packed(written).casefold()


def add_account(
    name: str,
    called: str,
    *,
    at: datetime,
    log: UUID | None,
    is_administrator: bool = False,
    is_privacy_officer: bool = False,
    language: str = "",
) -> Account:
    """Add somebody. They have no password: a printed slip lets them set one."""
    name, called = sign_in_name(name), " ".join(called.split())
    refuse(not name or not called, "name_missing")
    refuse(len(name) > MOST_LETTERS or not is_plain(name), "sign_in_name_unfit")
    refuse(Account.objects.filter(name=name).exists(), "sign_in_name_taken", name=name)
    refuse(is_administrator and is_privacy_officer, "two_people_needed")
    account = Account(name=name, called=called, log=log, made_at=at, language=language)
    account.is_administrator, account.is_privacy_officer = is_administrator, is_privacy_officer
    account.set_unusable_password()
    account.save(force_insert=True)
    return account


def is_plain(name: str) -> bool:
    """Tell whether a sign-in name is made of letters, figures, dot, hyphen and underline alone."""
    return all(sign.isalnum() or sign in "._-·@" for sign in name)


def close_account(account: Account, *, at: datetime) -> None:
    """Let somebody sign in no more, from this moment; what they recorded stays theirs, their own lists go."""
    Seen.objects.filter(account=account.id).delete()
    LeftOut.objects.filter(account=account.id).delete()
    Account.objects.filter(id=account.id).update(is_active=False, closed_at=at, door_key=new_door_key())


def reopen_account(account: Account) -> None:
    """Let somebody sign in again; they need a new slip, since the password is gone, as is their calendar's address."""
    CalendarAddress.objects.filter(account=account.id).delete()
    account.set_unusable_password()
    Account.objects.filter(id=account.id).update(
        is_active=True, closed_at=None, password=account.password, door_key=new_door_key()
    )
