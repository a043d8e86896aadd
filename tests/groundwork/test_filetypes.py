"""What a file is by its bytes, and that nothing comes along with the paper."""

import os

import pytest

from concerto.groundwork.filetypes import MOST_BYTES, check_file
from concerto.groundwork.refusals import Refused
from tests.attached import COMMENT, EXIF, IPTC, XMP, chunk, jpeg, pdf, png, segment


@pytest.mark.parametrize(("data", "sort"), [(jpeg(), "jpeg"), (png(), "png"), (pdf(), "pdf")])
def test_a_plain_file_is_known_by_its_bytes(data, sort):
    assert check_file(data) == sort


@pytest.mark.parametrize(
    "data",
    [
        jpeg(EXIF), jpeg(XMP), jpeg(IPTC), jpeg(COMMENT), jpeg(segment(0xE2, b"MPF\x00")), jpeg(behind=b"\x00ftypmp42"),
        png(chunk(b"eXIf", b"MM")), png(chunk(b"tEXt", b"Author\x00Lin")), png(chunk(b"tIME", bytes(7))),
        png(chunk(b"iTXt", b"a")), png(chunk(b"zTXt", b"a")), png(behind=b"more"),
        pdf(b"/Author (Lin)"), pdf(b"/Author <4C69>"), pdf(squeezed=b"<</Author(Lin)>>"), pdf(b"/A#75thor(Lin)"),
        pdf(squeezed=b"<x:xmpmeta><dc:creator>Lin</dc:creator>"), pdf(b"stream\nExif\x00\x00MM\nendstream"),
    ],
)  # fmt: skip
def test_what_tells_more_than_the_paper_is_refused(data):
    with pytest.raises(Refused, match="file_tells_more"):
        check_file(data)


@pytest.mark.parametrize(
    "data",
    [
        pdf(b"/OpenAction<</S/JavaScript/JS(app.alert)>>"), pdf(b"/S/J#61vaScript"), pdf(b"/Encrypt 4 0 R"),
        pdf(b"/Names<</EmbeddedFiles 5 0 R>>"), pdf(squeezed=b"<</S/Launch/F(cmd.exe)>>"),
        pdf(b"/AcroForm<</XFA [1 0 R]>>"),
    ],
)  # fmt: skip
def test_a_pdf_that_does_something_is_refused(data):
    with pytest.raises(Refused, match="file_runs"):
        check_file(data)


@pytest.mark.parametrize("data", [pdf(b"/Author ()"), pdf(b"/Producer (Skia)/CreationDate (D:20261128)")])
def test_when_and_with_what_a_pdf_was_made_may_stay(data):
    assert check_file(data) == "pdf"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg>", b"PK\x03\x04", b"MZ", jpeg()[1:], b"RIFF0000WEBP"])
def test_another_sort_is_refused(data):
    with pytest.raises(Refused, match="file_of_no_such_sort"):
        check_file(data)


@pytest.mark.parametrize("whole", [jpeg(), png(), pdf()])
def test_a_file_that_was_cut_is_refused(whole):
    for cut in range(12, len(whole) - 8):
        with pytest.raises(Refused, match="file_damaged"):
            check_file(whole[:cut])


def test_a_changed_byte_of_a_png_is_seen():
    data = bytearray(png())
    data[20] ^= 1
    with pytest.raises(Refused, match="file_damaged"):
        check_file(bytes(data))


def test_too_many_bytes_and_too_many_points_are_refused():
    for data in (jpeg(drawn=b"\x11" * MOST_BYTES), pdf(squeezed=bytes(49 * 1024 * 1024))):
        with pytest.raises(Refused, match="file_too_large"):
            check_file(data)
    huge = jpeg().replace(b"\x08\x00\x08\x00\x08\x01", b"\x08\xff\xff\xff\xff\x01")
    with pytest.raises(Refused, match="file_too_large"):
        check_file(huge)


def test_what_is_drawn_never_reads_as_a_word_of_a_pdf():
    noise = b"".join(bytes(os.urandom(1 << 20)) for _ in range(4))
    assert check_file(pdf(b"stream\n" + noise + b"\nendstream")) == "pdf"
