"""Files lie beside the parts that describe them: they come in pieces, and go, come back and are verified with them."""

import os
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from django.conf import settings

from concerto.conductor import attachments, erasures
from concerto.conductor.copied import note_copied
from concerto.conductor.envelopes import public_key
from concerto.conductor.erasing import erase, forget_in_tail
from concerto.conductor.heads import heads
from concerto.conductor.management.commands.restore import _to_know
from concerto.conductor.retiring import retire
from concerto.conductor.verify import verify, verify_log
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.case_attachments import CaseAttachment1
from concerto.journal.models import Attachment, Sealed
from tests.attached import EXIF, boxed, jpeg, pdf
from tests.cases import AT, Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A, World

from .machines import back_up, bring_back, destroy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home_of_its_own")]
PHOTO = jpeg(drawn=b"\x11" * 3000)


@pytest.fixture
def matter(world: World) -> Matter:
    panel_line(world, world.med, VILLAGE_A, holds_seal=True)
    return Matter(world)


def attached(matter: Matter, data: bytes = PHOTO, *, text: str = "") -> str:
    """Record that a file is attached, and give the digest that names it; the file itself is still to come."""
    words = matter.words(text or attachments.describe(data).text)
    body = CaseAttachment1(case=matter.id, shows="agreement", files=[words.digest])
    assert matter.bring(body, on="2026-09-05", sealed=[words]) == "accepted"
    return words.digest


def send(matter: Matter, digest: str, data: bytes = PHOTO, *, begins: int = 0, **more) -> attachments.Stands:
    return attachments.take_piece(TOWNSHIP, digest, by=matter.by.id, begins=begins, piece=data, at=AT, **more)


def read(digest: str) -> bytes | None:
    return attachments.read(TOWNSHIP, digest, at=AT)


def files_left() -> list[str]:
    """Everything of any file that lies in the home or the tail."""
    roots = (settings.CONCERTO_HOME / attachments.FOLDER, settings.CONCERTO_TAIL / str(TOWNSHIP) / attachments.FOLDER)
    return [file.name for root in roots if root.exists() for file in root.rglob("*") if file.is_file()]


# ---------------------------------------------------------------- coming


def test_an_entry_waits_for_no_file(matter):
    digest = attached(matter)
    assert read(digest) is None
    assert verify_log(TOWNSHIP) is None


def test_a_cut_upload_goes_on_where_it_stopped(matter):
    digest = attached(matter)
    assert send(matter, digest, PHOTO[:1000]) == (1000, False, False)
    assert send(matter, digest, b"") == (1000, False, False)
    assert send(matter, digest, PHOTO[500:], begins=500) == (1000, False, False)
    assert send(matter, digest, PHOTO[1000:], begins=1000) == (len(PHOTO), True, False)
    assert send(matter, digest, PHOTO[1000:], begins=1000) == (len(PHOTO), True, False)
    assert read(digest) == PHOTO
    assert verify_log(TOWNSHIP) is None


def test_a_file_sealed_on_a_phone_is_opened_here(matter):
    digest = attached(matter)
    box = boxed(PHOTO, public_key(settings.CONCERTO_HOME).raw)
    assert send(matter, digest, box[:700], is_boxed=True).have == 700
    assert send(matter, digest, box[700:], begins=700, is_boxed=True).whole
    assert read(digest) == PHOTO


@pytest.mark.parametrize(
    ("described", "sent", "code"),
    [(PHOTO, jpeg(drawn=b"\x12" * 3000), "file_differs"), (PHOTO, PHOTO + b"x", "file_differs")],
)
def test_another_file_is_refused_and_not_kept(matter, described, sent, code):
    digest = attached(matter, described)
    with pytest.raises(Refused, match=code):
        send(matter, digest, sent)
    assert files_left() == []
    assert send(matter, digest).whole


@pytest.mark.parametrize(
    ("data", "sort", "code"),
    [
        (jpeg(EXIF), "jpeg", "file_tells_more"),
        (pdf(b"/S/JavaScript"), "pdf", "file_runs"),
        (b"<svg onload=alert(1)>", "png", "file_of_no_such_sort"),
        (pdf(), "jpeg", "file_differs"),
        (PHOTO[:-2], "jpeg", "file_damaged"),
    ],
)
def test_what_may_not_be_kept_is_looked_at_here_whatever_its_part_says(matter, data, sort, code):
    digest = attached(matter, text=f"{sort} {len(data)} {sha256(data).hexdigest()}")
    with pytest.raises(Refused, match=code):
        send(matter, digest, data)
    assert files_left() == []
    assert read(digest) is None


def test_a_description_that_is_none_is_refused_at_the_door(matter):
    for text in ("gif 12 " + "0" * 64, "jpeg 0 " + "0" * 64, "a photo", "jpeg 12 00"):
        words = matter.words(text)
        body = CaseAttachment1(case=matter.id, shows="agreement", files=[words.digest])
        assert matter.bring(body, on="2026-09-05", sealed=[words]) == "part_unfit"


def test_only_whoever_recorded_it_brings_its_file(matter, world):
    digest = attached(matter)
    for by in (world.lin.id, world.pri.id, UUID(int=5)):
        with pytest.raises(Refused, match="file_not_named"):
            attachments.take_piece(TOWNSHIP, digest, by=by, begins=0, piece=PHOTO, at=AT)
    with pytest.raises(Refused, match="file_not_named"):
        send(matter, "0" * 64)
    summary = Sealed.objects.filter(log=TOWNSHIP, about=matter.id).first()
    with pytest.raises(Refused, match="file_not_named"):
        send(matter, summary.digest)


def test_nobody_begins_more_than_a_little(matter, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_COMING", 2000)
    digest = attached(matter)
    send(matter, digest, PHOTO[:1500])
    with pytest.raises(Refused, match="too_much_at_once"):
        send(matter, digest, PHOTO[1500:2600], begins=1500)


def test_a_page_lays_its_file_down_before_the_entry_and_a_stop_between_loses_nothing(matter):
    words = matter.words(attachments.describe(PHOTO).text)
    attachments.lay_down(TOWNSHIP, words.digest, PHOTO, by=matter.by.id)
    assert not attachments.end_coming(TOWNSHIP, words.digest, at=AT)
    body = CaseAttachment1(case=matter.id, shows="agreement", files=[words.digest])
    assert matter.bring(body, on="2026-09-05", sealed=[words]) == "accepted"
    assert read(words.digest) == PHOTO  # the server stopped here; who reads it puts it in its place


def test_a_server_killed_between_the_last_piece_and_the_end_goes_on_at_the_next_question(matter, monkeypatch):
    digest = attached(matter)

    def killed(*given, **more):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(attachments, "_put", killed)
        with pytest.raises(SystemExit):
            send(matter, digest)
    assert send(matter, digest, b"").whole
    assert read(digest) == PHOTO
    assert [name for name in files_left() if not name.endswith(".box")] == [digest]


def test_the_daily_run_ends_what_was_cut_and_removes_what_nobody_went_on_with(matter):
    whole, cut = attached(matter), attached(matter, jpeg(drawn=b"\x13" * 900))
    attachments.lay_down(TOWNSHIP, whole, PHOTO, by=matter.by.id)
    send(matter, cut, PHOTO[:400])
    retire(date(2026, 11, 20), AT)
    assert Attachment.objects.filter(digest=whole).exists()
    half = next(name for name in files_left() if name == cut)
    path = attachments._half(TOWNSHIP, matter.by.id, half)
    os.utime(path, (0, (AT - timedelta(days=29)).timestamp()))
    retire(date(2026, 11, 20), AT)
    assert path.exists()
    os.utime(path, (0, (AT - timedelta(days=31)).timestamp()))
    retire(date(2026, 11, 20), AT)
    assert not path.exists()


def test_the_daily_run_ends_what_a_phone_brought_whole_and_lets_go_of_what_no_entry_names(matter):
    whole, cut = attached(matter), attached(matter, jpeg(drawn=b"\x13" * 900))
    folder = attachments._half(TOWNSHIP, matter.by.id, whole, is_boxed=True).parent
    folder.mkdir(parents=True)
    (folder / f"{whole}.box").write_bytes(boxed(PHOTO, public_key(settings.CONCERTO_HOME).raw))
    send(matter, cut, PHOTO[:400], is_boxed=True)
    (folder / f"{'0' * 64}.box").write_bytes(b"x")  # it came while its part was erased
    (folder / ("1" * 64)).write_bytes(b"x")  # a page laid it down, and its entry may wait in the tray
    retire(date(2026, 11, 20), AT)
    assert read(whole) == PHOTO
    assert {file.name for file in folder.iterdir()} == {f"{cut}.box", "1" * 64}


def test_the_daily_run_lets_go_of_what_was_laid_down_again_though_it_is_there(matter):
    digest = attached(matter)
    send(matter, digest)
    attachments.lay_down(TOWNSHIP, digest, PHOTO, by=matter.by.id)
    retire(date(2026, 11, 20), AT)
    assert read(digest) == PHOTO
    assert [name for name in files_left() if not name.endswith(".box")] == [digest]


def test_the_daily_run_removes_what_a_stop_left_half_written_and_nothing_that_is_being_written(matter):
    digest = attached(matter)
    send(matter, digest)
    for file in (attachments.place(TOWNSHIP, digest), attachments._box(settings.CONCERTO_TAIL, TOWNSHIP, digest)):
        for n, hours in ((1, 25), (2, 23)):
            fresh = file.with_name(f".{file.name}.{n}.new")
            fresh.write_bytes(PHOTO[:9])
            os.utime(fresh, (0, (AT - timedelta(hours=hours)).timestamp()))
    retire(date(2026, 11, 20), AT)
    assert sorted(files_left()) == sorted([digest, f"{digest}.box", f".{digest}.2.new", f".{digest}.box.2.new"])


def test_what_another_process_ends_meanwhile_neither_ends_the_daily_run_nor_a_count(matter, monkeypatch):
    digest = attached(matter)
    send(matter, digest, PHOTO[:400])
    half = attachments._half(TOWNSHIP, matter.by.id, digest)

    def ended_elsewhere(*given, **more):
        half.unlink()
        return False

    with monkeypatch.context() as patch:
        patch.setattr(attachments, "end_coming", ended_elsewhere)
        assert attachments.retire(AT) == 0
    assert attachments._size_of(half) == 0


def test_what_a_page_laid_down_is_taken_up_again_unless_an_entry_names_it(matter):
    named, unnamed = attached(matter), "0" * 64
    for digest in (named, unnamed):
        attachments.lay_down(TOWNSHIP, digest, PHOTO, by=matter.by.id)
    attachments.take_up(TOWNSHIP, [named, unnamed, "1" * 64], by=matter.by.id)
    assert files_left() == [named]
    assert read(named) == PHOTO


def test_a_phone_lets_go_once_a_later_copy_left_the_machine(matter, home):
    digest = attached(matter)
    send(matter, digest)
    note_copied(heads())
    assert not send(matter, digest, b"").copied  # the copy may be of before the file
    assert matter.step("accepted", "2026-09-06") == "accepted"
    note_copied(heads())
    assert send(matter, digest, b"").copied


# ---------------------------------------------------------------- going


def test_an_erased_part_takes_its_file_along_everywhere(matter, world):
    digest, kept = attached(matter), attached(matter, jpeg(drawn=b"\x14" * 500))
    send(matter, digest)
    send(matter, kept, jpeg(drawn=b"\x14" * 500))
    assert len(files_left()) == 4
    erase(world.house_2.id, basis="申请删除", also=[digest], by=world.pri, at=AT)
    assert read(digest) is None
    assert {name.removesuffix(".box") for name in files_left()} == {kept}
    assert verify_log(TOWNSHIP) is None
    with pytest.raises(Refused, match="file_not_named"):
        send(matter, digest)


def test_a_file_that_comes_while_its_part_is_erased_is_not_kept(matter, world, monkeypatch):
    digest = attached(matter)
    check = attachments.check_described

    def erased_meanwhile(data, file):
        check(data, file)
        erase(world.house_2.id, basis="申请删除", also=[digest], by=world.pri, at=AT)

    monkeypatch.setattr(attachments, "check_described", erased_meanwhile)
    with pytest.raises(Refused, match="file_not_named"):
        send(matter, digest)
    assert files_left() == []
    assert verify_log(TOWNSHIP) is None


def test_a_stop_between_book_and_file_is_made_good_by_the_next_erasure(matter, world):
    digest = attached(matter)
    send(matter, digest)
    listed = erasures.Dropped(date(2026, 11, 20), TOWNSHIP, [digest])
    erasures.keep(listed)
    Sealed.objects.filter(log=TOWNSHIP, digest=digest).delete()
    forget_in_tail([], set())
    assert files_left() == []


# ---------------------------------------------------------------- verifying, coming back


def test_verify_finds_a_file_that_is_gone_changed_or_nobodys(matter):
    digest = attached(matter)
    send(matter, digest)
    file = attachments.place(TOWNSHIP, digest)
    file.write_bytes(PHOTO[:-3] + b"\x00\xff\xd9")
    assert verify_log(TOWNSHIP).code == "file_changed"
    file.unlink()
    assert verify_log(TOWNSHIP).code == "file_gone"
    file.write_bytes(PHOTO)
    assert verify_log(TOWNSHIP) is None
    file.with_name(f".{digest}.1.new").write_bytes(PHOTO[:9])  # it is being written
    assert verify_log(TOWNSHIP) is None
    file.with_name("0" * 64).write_bytes(PHOTO)
    assert verify_log(TOWNSHIP).code == "file_unnamed"


def test_what_was_lost_may_come_again(matter):
    digest = attached(matter)
    send(matter, digest)
    attachments.place(TOWNSHIP, digest).unlink()
    assert read(digest) is None
    assert send(matter, digest).whole
    assert verify_log(TOWNSHIP) is None


def test_a_backup_brings_files_back_and_the_tail_those_that_came_later(matter, home):
    first, cut = attached(matter), attached(matter, jpeg(drawn=b"\x15" * 900))
    send(matter, first)
    send(matter, cut, b"\xff\xd8")
    file = back_up(home)
    later = attached(matter, pdf())
    send(matter, later, pdf())
    tail = settings.CONCERTO_TAIL
    destroy(settings)
    bring_back(file, tail=tail)
    assert (read(first), read(later), read(cut)) == (PHOTO, pdf(), None)
    assert verify().difference is None


def test_a_file_that_came_while_the_backup_was_written_is_found_after_the_restore(matter, home):
    digest = attached(matter)
    send(matter, digest)
    Attachment.objects.all().delete()  # the rows were read before it came, the files after
    file = back_up(home)
    destroy(settings)
    bring_back(file)
    assert read(digest) == PHOTO
    assert verify().difference is None


def test_a_restore_says_which_files_of_the_tail_it_could_not_read(matter, home):
    file = back_up(home)
    rotten, sound = attached(matter), attached(matter, pdf())
    send(matter, rotten)
    send(matter, sound, pdf())
    [box] = settings.CONCERTO_TAIL.glob(f"*/attachments/{rotten}.box")
    box.write_bytes(box.read_bytes()[:-9] + b"rotten..."[:9])
    destroy(settings)
    restored = bring_back(file, tail=settings.CONCERTO_TAIL)
    assert (read(rotten), read(sound)) == (None, pdf())
    assert restored.unread == [f"{TOWNSHIP}/{rotten}"]
    assert any("1 attached files" in words for words in _to_know(restored, settings.CONCERTO_TAIL))


def test_what_is_described_as_too_large_is_refused_before_its_first_piece(matter):
    digest = attached(matter, text=f"jpeg {6 * 1024 * 1024} {sha256(PHOTO).hexdigest()}")
    with pytest.raises(Refused, match="file_too_large"):
        send(matter, digest, PHOTO[:9])
    assert files_left() == []


def test_a_restore_brings_back_no_file_that_was_erased_since(matter, world, home):
    digest = attached(matter)
    send(matter, digest)
    file = back_up(home)
    later = attached(matter, pdf())
    send(matter, later, pdf())
    erase(world.house_2.id, basis="申请删除", also=[digest, later], by=world.pri, at=AT)
    listed = home / "listed"
    listed.write_bytes((settings.CONCERTO_HOME / "erasures").read_bytes())
    destroy(settings)
    bring_back(file, erased=listed, tail=settings.CONCERTO_TAIL)
    assert (read(digest), read(later)) == (None, None)
    assert files_left() == []
    assert verify().difference is None
