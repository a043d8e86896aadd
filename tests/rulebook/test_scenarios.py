"""Every sentence of the mechanism, as a clerk wrote it, stands as they say."""

import pytest

from concerto.rulebook.mechanism import mechanism
from concerto.rulebook.standing import Line, Verdict

from .scenarios import FOLDER, Row, read

ROWS = [row for path in sorted(FOLDER.glob("*.toml")) for row in read(path)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.path}: {row.says}")
def test_the_mechanism_says(row: Row):
    lines = row.lines()
    for said in row.stands:
        if said == "nothing":
            assert lines == []
        else:
            matching = [line for line in lines if speaks_of(line, said)]
            assert [told(line, said) for line in matching] == [rest(said)], [shown(line) for line in lines]


def test_every_duty_has_its_scenarios():
    assert mechanism().duties.keys() - {row.duty for row in ROWS} == set()


def test_the_scenarios_show_every_verdict_late_and_provisional():
    lines = [line for row in ROWS for line in row.lines()]
    assert {line.verdict for line in lines} == set(Verdict)
    assert any(line.late for line in lines)
    assert any(line.provisional for line in lines)


def speaks_of(line: Line, said: str) -> bool:
    period, about = said.split()[:2]
    return str(line.about) == about and period in (line.period.name, line.period.name.partition("/")[0])


def rest(said: str) -> str:
    return " ".join(said.split()[2:])


def told(line: Line, said: str) -> str:
    """Say a line in the words of the expectation, as far as it goes."""
    words = [str(line.verdict), *["late"] * line.late, *["provisional"] * line.provisional]
    asked = rest(said)
    reasons = [reason.code for part in line.because for reason in part]
    if "/" in asked:
        words.append(f"{line.have}/{line.need}")
    if " due " in asked:
        words.append(f"due {line.due}")
    if " by " in asked:
        words.append(f"by {line.by}")
    if " why " in asked:
        code = asked.split(" why ")[1]
        words.append(f"why {code if code in reasons else reasons}")
    return " ".join(words)


def shown(line: Line) -> str:
    return f"{line.period.name} {line.about} {line.verdict} late={line.late} {line.have}/{line.need} due {line.due}"
