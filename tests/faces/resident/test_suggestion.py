"""What became of a suggestion comes back by the code of a slip: no account, no script, nobody's name."""

import re

import pytest

from concerto.journal.models import Entry
from concerto.papers.slips.words import LANGUAGES
from tests.faces.resident.test_door import MOST_BYTES, by_square
from tests.register.slips import print_slips
from tests.suggestions import brought, replied

pytestmark = pytest.mark.django_db
SAID = {"zh": "转给有关单位", "en": "was passed on", "kk": "جولداندى"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_comes_back_by_the_code_in_three_languages(client, world, language):
    [slip] = print_slips(world, world.lin)
    one = brought(world, world.lin, slip=slip.key)
    assert one.receipt.stands
    before = by_square(client, slip.code, l=language).content.decode()
    replied(world, one, world.zhou, "passed_on", to="县交通局")
    page = by_square(client, slip.code, l=language)
    text = page.content.decode()
    assert page.status_code == 200
    assert before != text
    assert SAID[language] in text
    assert "县交通局" in text
    assert "秋天之前会修" in text
    assert len(page.content) < MOST_BYTES
    assert "<script" not in text
    assert "<form" not in text
    entry = Entry.objects.get(kind="suggestion")
    told = (world.lin.called, slip.serial, str(entry.id), str(one.body.suggestion), "夏牧场那条路")
    assert [name for name in told if name in text] == []
    assert not re.search(r"20\d\d-\d\d", text)
