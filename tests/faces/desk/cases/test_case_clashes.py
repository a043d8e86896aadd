"""Two people decided one case differently: the page of two versions opens to who may open the case, to nobody else."""

from uuid import UUID

import pytest
from django.urls import reverse

from concerto.journal.kinds.case_attachments import CaseAttachment1
from concerto.journal.kinds.case_steps import CaseStep1
from concerto.journal.models import Entry, Tray
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A
from tests.needs import county_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(world) -> UUID:
    return panel_line(world, world.lin, VILLAGE_A)


@pytest.fixture
def met(world, line) -> tuple[Matter, UUID]:
    """The mediator named in a case and its desk end it differently at once: the desk's comes second."""
    matter = Matter(world).willing()
    assert matter.step("mediator", mediator=line, account=world.lin.id) == "accepted"
    before = matter.seen("mediator")
    other = panel_line(world, world.med, VILLAGE_A)
    assert matter.step("mediator", mediator=other, account=world.med.id, by=world.med) == "accepted"
    body = CaseStep1(case=matter.id, step="mediator", mediator=line, account=world.lin.id)
    assert matter.bring(body, by=world.med, on="2026-09-02", **before) == "seen_differently"
    return matter, Tray.objects.get().id


def test_both_sides_stand_in_words_and_no_code_of_a_case_does(desk, world, met):
    matter, entry = met
    text = desk.of(world.med).get(reverse("desk:clash", args=[entry])).content.decode()
    assert "定了调解员" in text
    assert world.lin.called in text
    for code in (str(matter.id), "seen_differently", ">mediator<"):
        assert code not in text


def test_what_was_attached_is_told_by_what_it_shows_and_how_many_files_it_has(desk, world):
    matter = Matter(world)
    parts = [matter.words(f"jpeg 900 {n:064x}") for n in range(3)]

    def attached(shows: str, *files, **more) -> str:
        body = CaseAttachment1(case=matter.id, shows=shows, files=[one.digest for one in files])
        return matter.bring(body, sealed=list(files), **more)

    assert attached("record", parts[0]) == "accepted"
    first = matter.last
    stale = {"corrects": str(first), "saw": {f"{first}.wording": str(first)}}
    assert attached("receipt", parts[0], **stale) == "accepted"
    assert attached("letter", *parts, **stale) == "seen_differently"
    entry = Tray.objects.get().id
    text = desk.of(world.med).get(reverse("desk:clash", args=[entry])).content.decode()
    assert text.count("附上了材料") >= 2
    assert "jpeg 900" not in text
    assert "几个文件" in text
    assert ">letter<" not in text
    assert desk.of(world.lin).get(reverse("desk:clash", args=[entry])).status_code in (302, 403, 404)


def test_it_is_not_shown_to_its_author_once_the_case_is_not_theirs_any_more(desk, world, met):
    matter, entry = met
    assert matter.hand("sent", "2026-09-03", to=TOWNSHIP) == "accepted"
    assert matter.hand("accepted", "2026-09-04", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    answer = desk.of(world.med).get(reverse("desk:clash", args=[entry]))
    assert answer.status_code == 302
    assert answer.url == reverse("desk:tray-let-go", args=[entry])
    text = desk.of(world.med).get(answer.url).content.decode()
    assert world.lin.called not in text


def test_what_is_taken_back_of_a_case_that_is_not_theirs_any_more_is_not_shown_either(desk, world, line):
    matter = Matter(world)
    assert matter.step("weighed", difficulty="complex") == "accepted"
    first = matter.last
    body = CaseStep1(case=matter.id, step="weighed", difficulty="simple")
    for saw, said in ((first, "accepted"), (first, "seen_differently")):
        more = {"corrects": str(first), "saw": {f"{first}.wording": str(saw)}}
        assert matter.bring(body, on="2026-09-02", **more) == said
    entry = Tray.objects.get().id
    assert desk.of(world.med).get(reverse("desk:clash", args=[entry])).status_code == 200
    assert matter.hand("sent", "2026-09-03", to=TOWNSHIP) == "accepted"
    assert matter.hand("accepted", "2026-09-04", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert desk.of(world.med).get(reverse("desk:clash", args=[entry])).status_code == 302


def test_a_county_desk_sees_and_settles_its_own_two_versions(desk, world, met):
    clerk = county_desk(world)
    matter, _entry = met
    assert matter.hand("sent", "2026-09-03", to=world.county.id) == "accepted"
    assert matter.hand("accepted", "2026-09-04", by_whom=clerk, unit=world.county.id) == "accepted"
    before = matter.seen("difficulty")
    assert matter.step("weighed", "2026-09-05", by=clerk, unit=world.county.id, difficulty="simple") == "accepted"
    body = CaseStep1(case=matter.id, step="weighed", difficulty="simple")
    assert matter.bring(body, by=clerk, unit=world.county.id, on="2026-09-05", **before) == "seen_differently"
    entry = Tray.objects.get(author=clerk.id).id
    client = desk.of(clerk)
    assert str(entry) in client.get(reverse("desk:tray")).content.decode()
    page = client.get(reverse("desk:clash", args=[entry]))
    form = page.context["form"]
    draft = {bound.html_name: bound.value() for bound in form.hidden_fields()}
    done = client.post(reverse("desk:clash", args=[entry]), {**draft, "keep-all": "theirs"})
    assert done.status_code == 302
    assert Tray.objects.get(id=entry).outcome == "settled"
    assert Entry.objects.filter(kind="settled", author=clerk.id).count() == 1
