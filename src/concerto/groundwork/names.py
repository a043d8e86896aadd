"""Names as one string, never split into surname and given name: cleaned of keyboard traces, found by many keys."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pypinyin import Style, pinyin

from concerto.groundwork.letters import HAN, plain

DOT = "\u00b7"
DOTS = "\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\u25cf\u2e31\u02d9\u0387"
STROKES = ".\u3002\uff61\\-\u2010\u2011\u2012\u2013\u2014\u2212_"
ANY_DOT = re.compile(f"\\s*[{DOTS}]+\\s*")
STROKE_IN_HAN = re.compile(f"(?<=[{HAN}])\\s*[{STROKES}]+\\s*(?=[{HAN}])")
AT_ENDS = f" {DOT}.-_\u3002,，"
SPACE_IN_HAN = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
REMARK = re.compile(r"\s*[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]?\s*$")
TWO_SIGNS = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 令狐 呼延 东郭 西门 南门 第五 百里 拓跋 轩辕"
)
TWO_SIGN_SURNAMES = frozenset(TWO_SIGNS.split())
MOST_VARIANTS = 64
QUOTES = "'\"`‘’"


def clean_name(raw: object) -> str:
    """Return a name as one string, its parts joined by `·` whatever stood between them.

    A space inside a short Han name only fills a column; between two parts of two signs and more it parts a name,
    unless the first is a surname of two signs.

    >>> clean_name("巴合提・托合塔尔 "), clean_name("黄  芳"), clean_name("巴合提 托合塔尔"), clean_name("欧阳 娜娜")
    ('巴合提·托合塔尔', '黄芳', '巴合提·托合塔尔', '欧阳娜娜')
    """
    name = ANY_DOT.sub(DOT, plain(str(raw).strip(QUOTES) if isinstance(raw, str) else raw))
    name = STROKE_IN_HAN.sub(DOT, name)
    return _spaces_settled(name.strip(AT_ENDS + QUOTES))


def _spaces_settled(name: str) -> str:
    parts = SPACE_IN_HAN.split(name)
    parted = DOT not in name and min(map(len, parts)) > 1 and parts[0] not in TWO_SIGN_SURNAMES
    return (DOT if parted else "").join(parts)


def without_remark(name: str) -> tuple[str, str]:
    """Part a name from what stands behind it in brackets.

    >>> without_remark("张三(已迁出)")
    ('张三', '已迁出')
    """
    found = REMARK.search(name)
    return (name[: found.start()].strip(AT_ENDS), found.group(1).strip()) if found else (name, "")


def search_form(text: str) -> str:
    """Return what is compared when people search: no case, no spaces, no marks between the parts of a name.

    >>> search_form(" Bah Ti・T ")
    'bahtit'
    """
    return re.sub(f"[\\s{DOTS}{STROKES}'’]", "", unicodedata.normalize("NFC", plain(text))).casefold()


def search_keys(name: str, *, aliases: Iterable[str] = ()) -> tuple[str, ...]:
    """Return all by which a name is found: itself and its parts, each in pinyin and initials, over all readings.

    >>> "zh" in search_keys("曾红"), "ch" in search_keys("曾红"), "thte" in search_keys("巴合提·托合塔尔")
    (True, True, True)
    """
    keys: dict[str, None] = {}
    for written in (name, *aliases):
        parts = re.split(f"[{DOT}\\s]+", clean_name(written))
        for piece in dict.fromkeys(["".join(parts), *parts]):
            keys.update(dict.fromkeys(_keys_of(search_form(piece))))
        if len(parts) > 1:
            keys["".join(part[:1] for part in parts).casefold()] = None
    return tuple(key for key in keys if key)


def _keys_of(piece: str) -> Iterator[str]:
    yield piece
    if not re.search(f"[{HAN}]", piece):
        return
    sounds = [readings(sign) for sign in piece]
    yield from _joined(sounds)
    yield from _joined([tuple(dict.fromkeys(sound[:1] for sound in some)) for some in sounds])


def _joined(sounds: list[tuple[str, ...]]) -> Iterator[str]:
    """Join one sound of each sign in every way; past a bound, vary one sign at a time."""
    ways = 1
    for some in sounds:
        ways *= len(some)
    if ways <= MOST_VARIANTS:
        yield from map("".join, itertools.product(*sounds))
        return
    usual = [some[0] for some in sounds]
    for place, some in enumerate(sounds):
        for sound in some:
            yield "".join([*usual[:place], sound, *usual[place + 1 :]])


@lru_cache(maxsize=8192)
def readings(sign: str) -> tuple[str, ...]:
    """Return all sounds of one sign without tones, the usual first; a sign that has none is its own."""
    if not re.match(f"[{HAN}]", sign):
        return (sign,)
    [sounds] = pinyin(sign, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(spelling for sound in sounds for spelling in _spellings(sound)))


def _spellings(sound: str) -> Iterator[str]:
    yield sound
    if "v" in sound:
        yield sound.replace("v", "u")
        yield sound.replace("v", "yu")


def masked_name(name: str) -> str:
    """Return a name fit for a list that others see: 张*, 张*丰, and two letters of a Kazakh name's parts.

    >>> masked_name("张三"), masked_name("张三丰"), masked_name("巴合提·托合塔尔")
    ('张*', '张*丰', '巴合**·托合**')
    """
    if DOT in name:
        return DOT.join(f"{part[:2]}**" for part in name.split(DOT))
    if len(name) <= 2:
        return name[:1] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
