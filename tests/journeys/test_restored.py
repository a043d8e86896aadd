"""A server set back under a phone: stopped, yesterday's backup brought back by the command itself, started again."""

import pytest
from playwright.sync_api import expect

from .handset import Handset
from .line import Line
from .server import Server


@pytest.fixture
def server(tmp_path):
    """A server of its own."""
    (tmp_path / "home").mkdir()
    server = Server(tmp_path / "home")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def line(server):
    """The line before it, which knows what was said on it."""
    line = Line(server.port)
    yield line
    line.close()


@pytest.fixture
def phone(taken, server, line):
    """Her phone, with the cards of her village."""
    phone = taken(f"http://127.0.0.1:{line.port}").on()
    phone.has_session(server.lets_in())
    phone.is_set_up()
    phone.holds(3)
    return phone


def lies_there(phone: Handset, *, sent: int, clash: int) -> None:
    """Wait until so many lie in the outbox as sent and as two versions, and nothing waits."""
    for group, count in (("sent", sent), ("clash", clash), ("waiting", 0), ("back", 0)):
        expect(phone.page.locator(f"[data-group={group}] li")).to_have_count(count, timeout=30_000)


def test_what_a_restore_lost_is_offered_again_with_the_answers_it_had(server, line, phone, tmp_path):
    first, second, third = server.facts["houses"]
    phone.records_nobody_home(first)
    phone.go("out", "Outbox")
    lies_there(phone, sent=1, clash=0)
    server.command("backup", tmp_path / "yesterday")

    phone.without_signal()
    phone.records_nobody_home(second)
    phone.renumbers(first, "77")
    server.renumbers(first, "88")
    server.renumbers(third, "99")
    phone.in_signal_again()
    phone.go("out", "Outbox")
    lies_there(phone, sent=2, clash=1)
    before = server.holds()
    said = len(line.pushes())

    assert set(server.is_set_back(tmp_path / "yesterday", tmp_path / "another")["epochs"].values()) == {2}
    assert [len(server.holds()[name]) for name in ("entries", "clashes", "alarms")] == [1, 0, 0]
    phone.meets_the_server()
    phone.says("You are not signed in here any more.", "#notices")
    phone.has_session(server.lets_in())
    phone.meets_the_server()
    phone.says("The server was set back to an earlier state.", "#notices")

    expect(phone.page.locator("#notices ul a")).to_have_count(2)
    phone.look("a server set back")
    lies_there(phone, sent=2, clash=1)
    offered = [one for push in line.pushes()[said:] for one in push.brings().items()]
    assert sorted(one["answered"]["outcome"] for _, one in offered) == ["accepted", "accepted", "clash"]
    after = server.holds()
    assert {name: sorted(after[name]) for name in ("entries", "clashes")} == {
        name: sorted(before[name]) for name in ("entries", "clashes")
    }
    assert sorted(after["alarms"]) == ["lost_in_restore", "wordings_lacking"]

    phone.page.reload()
    phone.opens()
    phone.says("The server was set back to an earlier state.", "#notices")
    phone.press("I have read it")
    phone.page.locator("#notices").get_by_text("The server was set back").wait_for(state="detached")
