"""The person's own file comes back with the rows to be looked at marked and commented."""

import io

import openpyxl

from concerto.papers.roster.annotate import annotate, keeps_all
from concerto.papers.roster.reading import read
from tests.papers.roster.awkward import VILLAGES, Style, make
from tests.papers.roster.books import book, people


def marked(data):
    flags = read(data, villages=VILLAGES).flags
    return openpyxl.load_workbook(io.BytesIO(annotate(data, flags)))


def test_the_cell_is_filled_and_says_why(settings):
    settings.LANGUAGE_CODE = "en"
    opened = marked(book(people(["1", "王芳", "户主", "9999991970"])))
    cell = opened["示范一村"]["D2"]

    assert cell.comment is not None
    assert cell.fill.fill_type == "solid"
    assert cell.value == "9999991970"


def test_a_refused_row_is_marked_at_its_beginning():
    opened = marked(book(people(["1", "王芳", "户主"], ["", "", "之子", "", "10012345678"])))

    assert opened["示范一村"]["A3"].comment is not None


def test_text_that_begins_like_a_formula_stays_text():
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "示范一村"
    for cells in people(["1", "王芳", "户主", "99"]):
        sheet.append(cells)
    for place, text in (("E2", "=1+1"), ("F2", "+1"), ("G2", "@x")):
        sheet[place].value, sheet[place].data_type = text, "s"
    data = io.BytesIO()
    made.save(data)
    opened = marked(data.getvalue())["示范一村"]

    assert [(opened[place].value, opened[place].data_type) for place in ("E2", "F2", "G2")] == [
        ("=1+1", "s"),
        ("+1", "s"),
        ("@x", "s"),
    ]


def test_an_old_workbook_comes_back_as_its_values_and_says_so():
    data, truth = make(Style(old=True, households=8, seed=3))
    opened = marked(data)
    cells = [cell for sheet in opened.worksheets for row in sheet.iter_rows() for cell in row]
    commented = {(cell.parent.title, cell.row) for cell in cells if cell.comment}

    assert not keeps_all(data)
    assert len(commented) == sum(map(len, truth.problems.values()))
    assert opened["示范一村"].merged_cells.ranges


def test_nothing_to_mark_leaves_the_values_as_they_were():
    data = book(people(["1", "王芳", "户主"]))

    assert [[cell.value for cell in row] for row in marked(data)["示范一村"].iter_rows()] == [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data))["示范一村"].iter_rows()
    ]
