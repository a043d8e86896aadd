"""Papers are attached to a case on its own page, and opened by who reads it; each opening of another's is noted."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.conductor import attachments
from concerto.conductor.receive import Receipt
from concerto.faces.desk.cases import bringing
from concerto.journal.models import Attachment, Entry
from concerto.places.models import Opening
from tests.attached import EXIF, jpeg, pdf
from tests.cases import Matter
from tests.cast import TOWNSHIP
from tests.needs import county_desk

from .walking import DAY, draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_of_its_own")]


@pytest.fixture
def home_of_its_own(tmp_path, settings):
    settings.CONCERTO_HOME = tmp_path / "home"
    settings.CONCERTO_HOME.mkdir()
    settings.CONCERTO_TAIL = tmp_path / "tail"


def papers(matter) -> str:
    return reverse("desk:case-attachments", args=[matter.id])


def attach(client, matter, *files: bytes, **more):
    shown = client.get(papers(matter))
    assert shown.status_code == 200
    sent = [SimpleUploadedFile(f"IMG_{n}.jpg", data) for n, data in enumerate(files)]
    return client.post(papers(matter), {"draft": draft(shown), "shows": "agreement", "on": DAY, "files": sent, **more})


def digests() -> list[str]:
    return list(Attachment.objects.filter(log=TOWNSHIP).order_by("came_at", "digest").values_list("digest", flat=True))


def on_its_way() -> list[str]:
    """What lies in the home and has not come to its place."""
    folder = attachments.place(TOWNSHIP, attachments.COMING)
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


def open_file(client, matter, digest: str, why: str = ""):
    return client.post(reverse("desk:case-attachment", args=[matter.id, digest]), {"why": why} if why else {})


def test_a_photo_and_a_pdf_are_attached_and_opened_by_who_attached_them(desk, world, matter):
    client = desk.of(world.med)
    answer = attach(client, matter, jpeg(), pdf())
    assert answer.status_code == 302, answer.content.decode()[:3000]
    for digest in digests():
        opened = open_file(client, matter, digest)
        assert opened.content in (jpeg(), pdf())
        assert opened["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in opened["Content-Security-Policy"]
        assert "no-store" in opened["Cache-Control"]
        kind, how = opened["Content-Type"], opened["Content-Disposition"]
        assert (kind, how.split(";")[0]) in {("image/jpeg", "inline"), ("application/pdf", "attachment")}
        assert "IMG" not in how
    assert not Opening.objects.exists()
    page = client.get(reverse("desk:case", args=[matter.id])).content.decode()
    assert papers(matter) in page


def test_pressed_twice_it_is_one_entry_and_two_files(desk, world, matter):
    client = desk.of(world.med)
    asked = draft(client.get(papers(matter)))
    for _ in range(2):
        files = [SimpleUploadedFile("a", jpeg()), SimpleUploadedFile("b", jpeg())]
        told = {"draft": asked, "shows": "receipt", "on": DAY, "files": files}
        assert client.post(papers(matter), told).status_code == 302
    assert Entry.objects.filter(kind="case_attachment").count() == 1
    assert len(digests()) == 2
    assert on_its_way() == []


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ((jpeg(EXIF),), "file_tells_more"), ((b"GIF89a",), "file_of_no_such_sort"), ((pdf(b"/Encrypt"),), "file_runs"),
        ((), "file_missing"), ((jpeg(),) * 11, "too_many_files"),
        ((jpeg(drawn=b"\x11" * 5_300_000),), "file_too_large"),
    ],
)  # fmt: skip
def test_what_may_not_be_kept_is_said_on_the_page_and_nothing_is_recorded(desk, world, matter, files, code):
    answer = attach(desk.of(world.med), matter, *files)
    assert answer.status_code == 422
    assert code in answer.content.decode()
    assert not Entry.objects.filter(kind="case_attachment").exists()
    assert digests() == []


def test_what_the_door_refuses_leaves_no_file_behind(desk, world, matter):
    answer = attach(desk.of(world.med), matter, jpeg(), pdf(), on="2026-06-19")
    assert answer.status_code == 422
    assert "before_it_was_told" in answer.content.decode()
    assert on_its_way() == digests() == []


def test_where_not_all_of_them_can_be_laid_down_none_is_left(desk, world, matter, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_COMING", len(jpeg()))
    answer = attach(desk.of(world.med), matter, jpeg(), pdf())
    assert answer.status_code == 422
    assert "too_much_at_once" in answer.content.decode()
    assert on_its_way() == digests() == []


def test_what_waits_keeps_its_file_until_somebody_says_yes(desk, world, matter, monkeypatch):
    def waits(request, items):
        return [Receipt(UUID(int=1), "waits", "late", "来晚了")]

    monkeypatch.setattr(bringing, "write_all", waits)
    assert attach(desk.of(world.med), matter, jpeg()).status_code == 302
    assert len(on_its_way()) == 1


def test_somebody_else_says_why_and_that_is_noted_for_the_parties(desk, world, matter):
    attach(desk.of(world.med), matter, jpeg())
    [digest] = digests()
    assert matter.hand("sent", to=TOWNSHIP) == "accepted"
    assert matter.hand("accepted", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    client = desk.of(world.zhou)
    refused = open_file(client, matter, digest)
    assert refused.status_code == 422
    assert jpeg() not in refused.content
    assert open_file(client, matter, digest, "核对签名").content == jpeg()
    [noted] = Opening.objects.all()
    assert (noted.by, noted.about, noted.part, noted.purpose) == (world.zhou.id, matter.id, digest, "核对签名")


def test_whoever_does_not_read_the_case_finds_neither_page_nor_file(desk, world, matter):
    attach(desk.of(world.med), matter, jpeg())
    [digest] = digests()
    helping = county_desk(world)
    for account in (world.lin, world.ma, world.sec, world.wang, world.gao, world.adm, world.pri, world.zhou, helping):
        client = desk.of(account)
        assert client.get(papers(matter)).status_code in (403, 404), account
        assert open_file(client, matter, digest, "看看").status_code in (403, 404), account
    assert not Opening.objects.exists()


def test_a_file_of_another_case_is_not_opened_by_this_one(desk, world, matter):
    client, other = desk.of(world.med), Matter(world, by=world.med, on="2026-06-21")
    attach(client, matter, jpeg())
    [digest] = digests()
    assert open_file(client, other, digest, "看看").status_code == 404
    assert open_file(client, other, "0" * 64, "看看").status_code == 404


def test_a_file_that_is_still_to_come_is_said_to_be(desk, world, matter):
    client = desk.of(world.med)
    attach(client, matter, jpeg())
    [digest] = digests()
    attachments.place(TOWNSHIP, digest).unlink()
    Attachment.objects.all().delete()
    assert "还没传到" in client.get(papers(matter)).content.decode()
    assert open_file(client, matter, digest).status_code == 302


def test_what_was_attached_is_taken_back_and_leaves_the_page(desk, world, matter):
    client = desk.of(world.med)
    attach(client, matter, jpeg())
    entry = Entry.objects.get(kind="case_attachment")
    undo = reverse("desk:case-undo", args=[matter.id, entry.id])
    assert undo in client.get(papers(matter)).content.decode()
    shown = client.get(undo)
    assert client.post(undo, {"draft": draft(shown)}).status_code == 302
    assert digests()[0] not in client.get(papers(matter)).content.decode()


def test_the_page_asks_the_same_of_the_database_however_many_there_are(desk, world, matter):
    client = desk.of(world.med)
    attach(client, matter, jpeg())
    client.get(papers(matter))
    with CaptureQueriesContext(connection) as one:
        client.get(papers(matter))
    for _ in range(3):
        attach(client, matter, jpeg(), pdf())
    with CaptureQueriesContext(connection) as many:
        client.get(papers(matter))
    assert len(many) == len(one)
