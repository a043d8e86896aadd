"""Small workbooks written out row by row, for one oddity at a time."""

import io

import openpyxl

VILLAGES = {"示范一村村民委员会": "620999204200", "示范二村村民委员会": "620999204201"}
GOOD = "999999197001010017"
OTHER = "11010519491231002X"
HEADINGS = ["户编号", "姓名", "与户主关系", "身份证号", "联系电话", "政治面貌", "帮扶户"]


def book(rows, *, title="示范一村", merges=(), hidden=False, more=()):
    """Return one sheet as .xlsx; a second one stands beside it when it is hidden, for no workbook hides all."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for cells in rows:
        sheet.append(list(cells))
    for area in merges:
        sheet.merge_cells(area)
    for name, others in more:
        other = made.create_sheet(name)
        for cells in others:
            other.append(list(cells))
    if hidden:
        sheet.sheet_state = "hidden"
        made.active = 1
    bytes_ = io.BytesIO()
    made.save(bytes_)
    return bytes_.getvalue()


def people(*rows, headings=HEADINGS):
    """Return rows of one table under its headings."""
    return [headings, *rows]
