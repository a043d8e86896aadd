"""Tells what each row of a table is: a person, a subtotal, a remark, a form line left empty, or nothing sure."""

import re
from collections.abc import Mapping

from concerto.groundwork.letters import HAN
from concerto.groundwork.names import DOT, clean_name, without_remark
from concerto.papers.roster.fields import Field
from concerto.papers.roster.found import RowKind
from concerto.papers.roster.grid import Sheet
from concerto.papers.roster.layout import Layout
from concerto.papers.roster.marks import is_head

TOTALS = "合计|小计|总计|共计|累计|总数|合计数|本页计"
SUBTOTAL = re.compile(
    rf"^.{{0,12}}({TOTALS})[::]?\D{{0,6}}\d*[户人口名个]?.{{0,20}}$|^(共计?|总)?[::]?\d+户[,，、]?(\d+[口人]人?)?$"
)
NOTE = re.compile(
    r"^([※◆●注]|[*].{6,}|备注|说明|填表|填报|制表|编制|审核|审批|复核|负责人|经办|单位|联系人:|日期|时间:|盖章|(公章)|签字|签名|以下|以上|此表|本表|"
    r"示例|样例|例[::]|例如|第.{1,4}页|共.{1,4}页|统计时间|截止|截至|打印|附[:：件])"
)
EXAMPLES = frozenset(("例", "例子", "示例", "样例", "范例", "例如"))
GROUP = re.compile(r"^第?[一二三四五六七八九十\d]{1,3}(村民)?小?[组社队]$")
SENTENCE = re.compile(r"[,，。;；:!！?？、]")
PERSONAL = frozenset(
    (
        *(Field.NAME, Field.RELATION, Field.IDENTITY, Field.BORN, Field.SEX, Field.PHONE, Field.ALIAS, Field.STATUS),
        *(Field.PROBATIONARY, Field.FLOATING, Field.HEAD_MARK, Field.HEAD_IDENTITY, Field.HEAD_PHONE),
    )
)
PREPARED = frozenset((Field.NUMBER, Field.SERIAL, Field.VILLAGE, Field.GROUP, Field.VILLAGE_GROUP, Field.ASIDE))
OF_HOUSEHOLDS = (Field.NUMBER, Field.SERIAL, Field.HEAD_NAME)
LONGEST_NAME, LONGEST_SHORT_NAME, MOST_DIGITS = 40, 4, 3


def kind_of(sheet: Sheet, row: int, layout: Layout) -> tuple[RowKind, str]:
    """Return what a row is, and for a refused one the code of why."""
    filled = sheet.filled(row)
    texts = {column: sheet.packed(row, column) for column in filled}
    has_identity = any(re.search(r"\d{6}", texts.get(place, "")) for place in layout.places.get(Field.IDENTITY, ()))
    if not has_identity and _sums_up(texts, layout):
        return RowKind.SUBTOTAL, ""
    if texts[filled[0]] in EXAMPLES or (not has_identity and NOTE.match(texts[filled[0]])):
        return RowKind.NOTE, ""
    if _goes_on_from_above(sheet, row, layout):
        return RowKind.MORE, ""
    if len(filled) == 1:
        return _kind_of_one(sheet, row, layout, column=filled[0])
    return _kind_of_several(sheet, row, layout, texts)


def _sums_up(texts: Mapping[int, str], layout: Layout) -> bool:
    looked_at = (text for column, text in texts.items() if layout.fields.get(column) is not Field.NOT_KEPT)
    return any(SUBTOTAL.match(text) for text in looked_at)


def _goes_on_from_above(sheet: Sheet, row: int, layout: Layout) -> bool:
    """Tell whether the name is one merged cell that began in a row above: a second line of the same person."""
    merge = sheet.merge_at(row, layout.at(Field.NAME) or 0)
    return merge is not None and layout.bottom < merge.top < row


def _kind_of_one(sheet: Sheet, row: int, layout: Layout, *, column: int) -> tuple[RowKind, str]:
    field, text = layout.fields.get(column), sheet.packed(row, column)
    if GROUP.match(text):
        return RowKind.DIVIDER, ""
    if field is Field.NAME:
        return _kind_of_a_lone_word(sheet, row, layout, text=clean_name(sheet.own(row, column)))
    if field in PERSONAL and re.search(r"\d{4}", text):
        return RowKind.REFUSED, "no_name"
    if field in PREPARED and len(text) <= LONGEST_SHORT_NAME:
        return RowKind.NUMBERED, ""
    return RowKind.NOTE, ""


def _kind_of_a_lone_word(sheet: Sheet, row: int, layout: Layout, *, text: str) -> tuple[RowKind, str]:
    if not is_name(text):
        return (RowKind.NOTE, "") if SENTENCE.search(text) else (RowKind.REFUSED, "not_a_name")
    columns = [
        place for field in (Field.NUMBER, Field.SERIAL, Field.HEAD_NAME) for place in layout.places.get(field, ())
    ]
    in_household = any((merge := sheet.merge_at(row, place)) and merge.top < row for place in columns)
    han = re.fullmatch(f"[{HAN}]+", text)
    if in_household or DOT in text or not han or len(text) <= LONGEST_SHORT_NAME:
        return RowKind.PERSON, ""
    return RowKind.REFUSED, "row_unclear"


def _kind_of_several(sheet: Sheet, row: int, layout: Layout, texts: Mapping[int, str]) -> tuple[RowKind, str]:
    name = name_in(sheet, row, layout)
    if name:
        return (RowKind.PERSON, "") if is_name(name) else (RowKind.REFUSED, "not_a_name")
    fields = {layout.fields.get(column) for column in texts}
    if fields <= PREPARED:
        return RowKind.NUMBERED, ""
    if fields <= PREPARED | {Field.NOT_KEPT, None}:
        return RowKind.NOTE, ""
    if all(SENTENCE.search(text) for text in texts.values()):
        return RowKind.NOTE, ""
    return RowKind.REFUSED, "no_name"


def name_in(sheet: Sheet, row: int, layout: Layout) -> str:
    """Return the name in a row: the person's own, or the head's where the line is a head's and names nobody else."""
    place = layout.at(Field.NAME)
    own = clean_name(sheet.own(row, place)) if place is not None else ""
    head, relation = layout.at(Field.HEAD_NAME), layout.at(Field.RELATION)
    if own or head is None:
        return own
    stated = sheet.packed(row, relation) if relation is not None else ""
    begins = not stated and sheet.text(row, head) != sheet.shared_text(row - 1, head)
    return clean_name(sheet.own(row, head)) if is_head(stated) or begins else ""


def is_name(text: str) -> bool:
    """Tell whether a text can be somebody's name: letters, few digits, no sentence.

    >>> is_name("巴合提·托合塔尔"), is_name("383"), is_name("999999194107146234"), is_name("情况属实，已核对")
    (True, False, False, False)
    """
    bare, _ = without_remark(text)
    return (
        any(sign.isalpha() for sign in bare)
        and sum(sign.isdigit() for sign in bare) <= MOST_DIGITS
        and len(text) <= LONGEST_NAME
        and not SENTENCE.search(bare)
        and re.fullmatch(r"\d+[户人口名]", bare) is None
    )
