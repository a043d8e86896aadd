"""What is refused before anything is read, with its code."""

import io
import zipfile
from pathlib import Path

import pytest

from concerto.groundwork.refusals import WORDS, Refused
from concerto.papers.roster import opening
from concerto.papers.roster.reading import read
from tests.papers.roster.awkward import Style, make
from tests.papers.roster.books import VILLAGES, book, people

SHEET = "xl/worksheets/sheet1.xml"


def refused(data):
    with pytest.raises(Refused) as caught:
        read(data, villages=VILLAGES)
    assert caught.value.code in WORDS
    return caught.value.code


def zipped(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def changed(name, change):
    with zipfile.ZipFile(io.BytesIO(book(people(["1", "王芳", "户主"])))) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    return zipped({**files, name: change(files[name])})


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<html><table></table></html>", b"\x89PNG\r\n", "姓名,电话".encode("gbk")]
)
def test_what_is_no_workbook_is_refused(data):
    assert refused(data) == "workbook_not_one"


def test_another_packed_file_is_no_workbook():
    assert refused(zipped({"word/document.xml": b"<w/>"})) == "workbook_not_one"


def test_a_torn_workbook_is_damaged():
    data = book(people(["1", "王芳", "户主"]))

    assert refused(data[: len(data) // 2]) == "workbook_damaged"
    assert refused(b"PK\x03\x04 and nothing more") == "workbook_damaged"
    assert refused(opening.OLE + bytes(2000)) == "workbook_damaged"


def test_a_file_that_unfolds_to_gigabytes_is_refused_before_it_does(monkeypatch):
    monkeypatch.setattr(opening, "MOST_UNPACKED", 1024**2)

    assert refused(changed(SHEET, lambda xml: xml + b" " * 3 * 1024**2)) == "workbook_too_big"


def with_row(row):
    return changed(SHEET, lambda xml: xml.replace(b"</sheetData>", row + b"</sheetData>"))


def test_a_stray_cell_at_the_far_end_is_refused_by_name():
    far_down = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    far_right = b'<row r="9"><c r="XFD9"><v>1</v></c></row>'

    assert refused(with_row(far_down)) == "workbook_too_long"
    assert refused(with_row(far_right)) == "workbook_too_wide"


def test_empty_formatted_cells_far_out_hurt_nobody():
    data = with_row(b'<row r="1048576"><c r="XFD1048576" s="0"/></row>')

    assert read(data, villages=VILLAGES).tables[0].counts["people"] == 1


def test_entities_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    assert refused(changed(SHEET, lambda _: bomb)) == "workbook_damaged"


def test_a_locked_workbook_is_refused():
    name = "EncryptedPackage".encode("utf-16-le")
    data = bytearray(make(Style(old=True, households=3))[0])
    place = data.find("Workbook".encode("utf-16-le"))
    data[place : place + 64] = name + bytes(64 - len(name))
    data[place + 64 : place + 66] = (len(name) + 2).to_bytes(2, "little")

    assert refused(bytes(data)) == "workbook_locked"


def test_a_workbook_bigger_than_the_limit_is_refused_unread(monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 100)

    assert refused(book(people(["1", "王芳", "户主"]))) == "workbook_too_big"


def test_the_sample_passes_all_limits():
    data = (Path(__file__).parent / "data" / "roster-sample.xlsx").read_bytes()

    assert zipfile.is_zipfile(io.BytesIO(opening.checked(data)))
