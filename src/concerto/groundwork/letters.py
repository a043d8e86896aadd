"""Text as a person sees it: what a keyboard, a copy or an office program hid in it is taken out."""

import unicodedata

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20}
UNSEEN = dict.fromkeys(
    [
        *(0xAD, 0x180E, 0xFEFF),
        *(*range(0x00, 0x09), *range(0x0E, 0x20)),
        *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
        *range(0xFE00, 0xFE10),
    ]
)
NOTHING = frozenset(
    (
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        ".",
        "0",
        "none",
        "null",
        "无",
        "没有",
        "暂无",
        "空",
        "不详",
        "未知",
        "未办",
        "未办理",
    )
)
TO_PLAIN: dict[int, int | None] = {**FULL_WIDTH, **UNSEEN}
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"


def plain(raw: object) -> str:
    """Return a cell or a field as plain text: half-width, no unseen signs, single spaces, none at the ends.

    A whole number that an office program keeps as a fraction comes back whole. Letters are composed (NFC) and never
    replaced by look-alikes, so the Kazakh sign ٴ stays what it is.

    >>> plain("１２\\u200b 组 ")
    '12 组'
    >>> plain(10035746282.0)
    '10035746282'
    """
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    seen = str(raw).translate(TO_PLAIN)
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def packed(raw: object) -> str:
    """Return plain text without any space.

    >>> packed("姓  名")
    '姓名'
    """
    return plain(raw).replace(" ", "")


def says_nothing(raw: object) -> bool:
    """Tell whether a cell holds only a way of saying that there is nothing.

    >>> says_nothing(" 无 "), says_nothing("——"), says_nothing("同上")
    (True, True, False)
    """
    return packed(raw).lower() in NOTHING
