"""While a backup is being brought back nobody comes in, and no other command runs."""

import pytest

from concerto.config.command import main
from concerto.groundwork import closed


def test_every_page_is_closed_and_says_why(client, home):
    closed.close(home)
    answer = client.get("/accounts/login/", headers={"accept-language": "en"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "A backup is being brought back" in answer.content.decode()


@pytest.mark.django_db
def test_it_opens_again(client, home):
    closed.close(home)
    closed.open_again(home)
    assert client.get("/accounts/login/").status_code == 200


@pytest.mark.parametrize("words", [["heads"], ["erase", "00000000-0000-7000-8000-000000000001", "--basis", "x"]])
def test_no_command_runs_but_restore(home, capsys, words):
    closed.close(home)
    assert main(words) == 1
    assert "[home_closed]" in capsys.readouterr().err
