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


def test_a_phone_that_the_restore_signed_out_gives_again_what_was_lost_though_nothing_waits(server, phone, tmp_path):
    first, second, _ = server.facts["houses"]
    server.command("backup", tmp_path / "yesterday")
    for house in (first, second):
        phone.records_nobody_home(house)
    phone.go("out", "Outbox")
    lies_there(phone, sent=2, clash=0)
    before = server.holds()["entries"]

    server.is_set_back(tmp_path / "yesterday", tmp_path / "another")
    assert server.holds()["entries"] == []
    phone.meets_the_server()
    phone.says("You are not signed in here any more.", "#notices")
    phone.says("Something you had sent was lost there.", "#notices")
    expect(phone.page.locator("#notices").get_by_text("The administrator has been told.")).to_have_count(0)
    phone.look("given again while signed out")
    lies_there(phone, sent=2, clash=0)
    assert sorted(server.holds()["entries"]) == sorted(before)

    phone.press("I have read it")
    phone.has_session(server.lets_in())
    phone.meets_the_server()
    phone.says("entries after number", "#notices")
    assert sorted(server.holds()["entries"]) == sorted(before)


def test_a_locked_phone_hears_of_a_restore_and_gives_again_what_was_lost(server, phone, tmp_path):
    server.command("backup", tmp_path / "yesterday")
    phone.records_nobody_home(server.facts["houses"][0])
    phone.go("out", "Outbox")
    lies_there(phone, sent=1, clash=0)
    phone.page.reload()
    phone.heading("This phone is locked")

    server.is_set_back(tmp_path / "yesterday", tmp_path / "another")
    phone.meets_the_server()
    phone.says("Something you had sent was lost there.", "#notices")
    assert len(server.holds()["entries"]) == 1
