"""Makes up what people answer on every form, sense and nonsense, and what a device knows beside it."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import md5
from typing import Any
from uuid import UUID

from concerto.journal.kinds.asked import SHEETS, Before, Context, read_answers
from concerto.journal.kinds.asked.language import Ask, Sheet
from concerto.journal.kinds.preview import NOT_MET
from concerto.journal.kinds.visit import LEAD_SORTS, NEED_SORTS, TOPICS
from concerto.journal.said import Audience, SealedPart

TODAY = date(2026, 7, 1)
Raw = dict[str, list[str]]


def named(text: str) -> str:
    """Name a thing so that a phone's test names it alike."""
    return str(UUID(md5(text.encode(), usedforsecurity=False).hexdigest()))


PEOPLE = [named(f"person {n}") for n in range(3)]
HOUSES = [named(f"house {n}") for n in range(4)]
OPTIONS = {
    "day": ["today", "yesterday", "other"],
    "channel": ["visit", "phone_call"],
    "met": [*PEOPLE, "met", *NOT_MET],
    "made_with": [named("lin"), named("ma")],
    "told_by": ["household", "seen", "paper"],
    "change": ["no_change", "changed"],
    "wants": ["nothing"],
    "sorts": list(LEAD_SORTS),
    "step": ["owned", "doing", "done", "told", "asked", "no_answer", "not_ours"],
    "route": ["water", "other"],
    "told_of": ["done", "interim", "answer"],
    "way": ["visit", "phone_call", "paper", "gathering"],
    "purpose": ["card", "phone"],
    "answer": ["agreed", "declined", "withdrawn"],
    "told_in": ["chinese", "kazakh"],
    "interpreted": ["nobody", "family"],
    "read_aloud": ["on"],
    "who": PEOPLE,
    "owner": [named("lin"), named("ma")],
    "outcome": ["solved", "could_not"],
    "heading": ["industry", "livelihood"],
    "word": ["yes", "partly", "no"],
    "through": ["visit", "phone_call"],
    "topics": list(TOPICS[:4]),
    "lesson_for": [named("member 1"), named("member 2")],
    "need_sort": list(NEED_SORTS),
    "need_house": HOUSES,
    "lead": ["no", "heard"],
    "lead_sort": list(LEAD_SORTS),
    "matter": ["pledge", "branch_matter"],
    "matter_member": [named("member 1")],
    "words_for": ["author", "place"],
    "households": HOUSES,
    "village": [named("village 1"), named("village 2")],
    "relation": ["head", "spouse", "child", "other"],
    "reached_by": ["visit", "phone", "message"],
    "best_months": [str(n) for n in range(1, 13)],
    "head": PEOPLE,
    "form": ["home_lesson", "training"],
    "item": ["talk", "vote", "ballot"],
    "contents": ["lesson", "theme_day"],
    "how": ["present", "excused"],
    "members": [named("member 1"), named("member 2")],
    "talker": [named("member 1"), named("member 2")],
    "talker_as": ["secretary", "committee_member", "member"],
    "out": [named("member 1"), named("member 2")],
    "out_item": ["1", "2", "3", "4"],
    "season": ["town", "summer", "winter"],
}
SIGNS = (
    "王建国欧阳娜巴合提・·.。-—_ \u3000\u200b\ufeff\t\r\n'\"‘,，、;；/"
    "0123456789０１２abcＡｂxX*()（）组号电话手机转和或无\u0301é\x1c\x85𠮷"
)
NAMES = [
    "王建国",
    "巴合提・托合塔尔 ",
    "黄  芳",
    "欧阳 娜娜",
    "古丽 巴合提",
    "'张三'",
    "\u200b阿依努尔·木拉提",
    "Ａli",
    "巴合提－托合塔尔",
    "𠮷田 小明",
]
NUMBERS = [
    "10074203556",
    "100-7420-3556（妻）",
    "0937 8221234",
    "010-12345678转12",
    "8221234",
    "电话：10042983398",
    "无",
    "1007420",
    "138****1234",
    "+86 10074203556",
    "1007420355610042983398",
    "١٠٠٧٤٢٠٣٥٥٦",
    "(0937)8221234",
    "10074203556，10074203556、8221234",
]
WORDS = ["没有水", " 路坏了 \r\n第二行 ", "x" * 50, "他说：好。", "11010519491231002X", "𠮷\u0301"]
DAYS = [
    "2026-06-30",
    "2026-07-01",
    "2026-07-02",
    "1948-12-31",
    "2026-02-30",
    "1890-01-01",
    "0000-01-01",
    " 2026-05-05 ",
    "明天",
    "20260505",
]


def answers(sheet: Sheet, chance: random.Random) -> Raw:
    """Answer the questions of a sheet, most of them with sense."""
    raw = {name: given for name, ask in sheet.asks.items() if (given := _answer(name, ask, chance))}
    if sheet.people is not None:
        for n in range(chance.randint(1, 4)):
            row = answers(SHEETS[sheet.people.sheet], chance)
            raw |= {sheet.people.prefix.replace("{n}", str(n)) + name: given for name, given in row.items()}
    return raw | {"unasked": ["x"]}


def sensible(sheet: Sheet, chance: random.Random) -> Raw:
    """Answer as who is told what is missing, and mends most of it."""
    raw = answers(sheet, chance)
    for _ in range(4):
        for fault in read_answers(sheet, raw, TODAY, SHEETS).faults:
            name = fault.field.split("-")[-1] if sheet.people else fault.field
            asks = {**sheet.asks, **(SHEETS[sheet.people.sheet].asks if sheet.people else {})}
            raw[fault.field] = ["changed"] if name == "change" else _fitting(name, asks[name], chance)
    return raw


def _fitting(name: str, ask: Ask, chance: random.Random) -> list[str]:
    if name == "households":
        return HOUSES[:3]
    if name.startswith("need_house"):
        return [HOUSES[chance.randint(0, 2)]]
    texts = {"words": WORDS[0], "plain": "3 组", "name": NAMES[0], "day": "2026-06-30", "whole": "6", "time": "09:30"}
    return [texts[ask.read]] if ask.read in texts else _options(name)[:1] if ask.read in ("one", "many") else []


def _answer(name: str, ask: Ask, chance: random.Random) -> list[str]:
    likely = 0.95 if name in ("day", "on", "name", "relation", "village", "households", "met", "channel") else 0.5
    if chance.random() > likely:
        return [""] if chance.random() < 0.2 else []
    options = _options(name)
    if ask.read in ("one", "many"):
        return chance.sample(options, 1 if ask.read == "one" else chance.randint(1, min(3, len(options))))
    if chance.random() < 0.05:
        return ["".join(chance.choices(SIGNS, k=chance.randint(1, 30)))]
    texts = {
        "words": WORDS,
        "plain": [" ３ 组", "12", "", *WORDS[:1]],
        "name": NAMES,
        "names": [*NAMES, "，".join(NAMES[:3])],
        "phones": NUMBERS,
        "day": DAYS[:2] * 6 + DAYS,
        "time": ["09:30", " 17:05 ", "00:00", "23:59", "9:30", "24:00", "０9:30"],
        "ahead": [*DAYS, "2026-12-31", "2031-01-01"],
        "born": DAYS[:2] * 6 + DAYS,
        "serial": ["1000008", " 100 0008 ", "１０００-013", "1000009", "１２３", "1000008x"],
        "whole": ["5", " 12 ", "9", "30", "0"] if ask.most > 12 or chance.random() < 0.1 else ["5", "9"],
    }[ask.read]
    return [chance.choice(texts)]


def _options(name: str) -> list[str]:
    bare = name.split("-")[-1].rstrip("_123") if name not in OPTIONS else name
    return OPTIONS.get(bare, ["x"])


def context_of(case: int, before: Before | None = None, shown: Raw | None = None) -> Callable[[int], Context]:
    """Give what a device knows when it writes the entries of one case."""

    def of(at: int) -> Context:
        def seal(name: str, about: UUID, audience: Audience, text: str) -> SealedPart:
            salt = md5(f"salt {case} {at} {name}".encode(), usedforsecurity=False).hexdigest()
            return SealedPart(about=about, audience=audience, salt=salt, text=text)

        def new_id(name: str) -> UUID:
            return UUID(named(f"id {case} {at} {name}"))

        things = {name: UUID(named(name)) for name in ("first", "household", "village", "log", "need")}
        things["resident"] = UUID(PEOPLE[0])
        return Context(things, TODAY, new_id, seal, before, shown or {})

    return of


def before_of(body: dict[str, Any], parts: list[SealedPart], chance: random.Random) -> Before:
    """Make of what was said what its next writer may read of it: perhaps not all."""
    read = [part for part in parts if chance.random() < 0.7]
    return Before(body, {part.digest: part for part in read})


def some_day(chance: random.Random) -> date:
    """Give a day of the last week."""
    return TODAY - timedelta(days=chance.randint(0, 6))
