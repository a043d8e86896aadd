"""A full disk is refused in words, on a page and on the command line."""

import errno

import pytest
from django.urls import reverse

from concerto.config import command
from concerto.faces.desk.places import accounts

NO_ROOM = OSError(errno.ENOSPC, "No space left on device")


def fails_with(error):
    def fail(*given, **named):
        raise error

    return fail


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "code"), [(NO_ROOM, 507, "disk_full"), (ValueError("x"), 500, "server_error")]
)
def test_a_page_that_fails_says_whether_the_disk_is_full(client, monkeypatch, error, status, code):
    client.raise_request_exception = False
    monkeypatch.setattr(accounts.SlipForm, "is_valid", fails_with(error))
    answer = client.post(reverse("desk:slip"), {"login": "x"}, headers={"accept-language": "en"})
    assert (answer.status_code, code in answer.content.decode()) == (status, True)


def test_a_command_says_so_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(command, "_answer", fails_with(NO_ROOM))
    assert command.main(["verify"]) == 1
    said = capsys.readouterr().err
    assert "[disk_full]" in said
    assert said.count("\n") == 1
