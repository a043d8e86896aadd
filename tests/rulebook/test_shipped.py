"""What ships: all of it makes sense, an edition once shipped never changes, and one in force can be proved."""

from hashlib import sha256
from pathlib import Path

from concerto.rulebook.duty import Duty, Edition
from concerto.rulebook.mechanism import DUTIES, mechanism, read_folder
from concerto.rulebook.terms import terms

SHIPPED = Path(__file__).with_name("shipped-editions.txt")


def lines() -> list[str]:
    return [
        f"{duty.id} {edition.since} {digest(duty, edition)}"
        for duty in mechanism().duties.values()
        for edition in duty.editions
    ]


def digest(duty: Duty, edition: Edition) -> str:
    """Of all that an edition says, and of who owes it about whom."""
    said = [duty.owed_by, duty.about, duty.post, duty.private]
    empty = vars(Edition(since=edition.since, source=edition.source))
    told = sorted((key, str(value)) for key, value in vars(edition).items() if value != empty[key])
    told += [("since", str(edition.since)), ("source", edition.source)]
    return sha256(repr([said, told]).encode()).hexdigest()[:16]


def test_a_shipped_edition_never_changes():
    """Where this fails, write a new edition; a new one adds its line to the file."""
    shipped = SHIPPED.read_text().split("\n")[:-1]
    assert [line for line in shipped if line not in lines()] == []
    assert [line for line in lines() if line not in shipped] == []


def test_all_that_ships_makes_sense():
    assert read_folder(DUTIES)[1] == []


def test_a_file_is_called_as_its_duty():
    assert {path.stem for path in DUTIES.glob("*.toml")} == mechanism().duties.keys()


def test_an_edition_in_force_can_be_proved_by_a_kind_of_entry():
    for duty in mechanism().duties.values():
        for edition in duty.editions:
            assert edition.source
            assert any(terms().proofs[kind].given for kind in edition.proven_by), duty.id


def test_the_kinds_give_what_the_list_says_they_give():
    from concerto.journal.kinds.visit import CHANNELS
    from concerto.papers.standing.settling import OF_A_CASE, OF_A_NEED
    from concerto.parts.branch.posting import CONTENT_KINDS, FORM_KINDS

    given = {kind for kind, term in terms().proofs.items() if term.given}
    visits = {*CHANNELS, "declined", "change", "no_change", "nothing_wanted", "wish", "home_lesson", "deed"}
    branch = {*FORM_KINDS.values(), *CONTENT_KINDS.values(), "pre_study", "meeting_study", "heart_talk"}
    needs = {"need_confirmed", *OF_A_NEED, *OF_A_CASE}
    assert given == {*visits, *branch, *needs, "own_study", "study_minutes"}
