"""Some thirty cases of the demo township: settled on the spot, taken the long way, handed on, and ended otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from concerto.journal.kinds.case_steps import (
    AgreedItem,
    CaseAgreement1,
    CaseConsent1,
    CaseHandover1,
    CaseHelp1,
    CasePerformance1,
    CaseReturnVisit1,
    CaseSession1,
    CaseSignature1,
    CaseStep1,
    Note,
)
from concerto.journal.kinds.cases import Case1, CaseParty1, Party, SpotSettlement1, SpotSide
from concerto.journal.said import Audience, Body, SealedPart

from .pen import Pen
from .register import Written
from .township import Township

TOWNSHIP = None
Event = tuple[int, str, Any]
# Who mediates where: the line on the panel, and who handles it at the desk.
MEDIATORS = {0: ("halima", "halima"), 1: ("chen", "chen"), 2: ("孔德胜", "ma"), TOWNSHIP: ("马长林", "zhou")}

# days ago, village, who wrote it down, matter, both sides, what they agreed, by when (days after), whether kept
SPOT: tuple[tuple[int, int, str, str, str, str, str, int, str], ...] = (
    (340, 0, "lin", "livestock_damage", "冯玉成", "别尔克·努拉", "羊吃了菜地，赔两捆草料", 3, "kept"),
    (291, 1, "nurlan", "water_turns", "高凤英", "白建忠", "单日东头浇，双日西头浇，今天起", 0, ""),
    (247, 2, "ma", "walls_and_paths", "石玉兰", "丁福", "墙根让出一尺走路，当场挪了砖", 0, ""),
    (203, 0, "lin", "debts", "胡大年", "叶尔肯·哈力", "欠的饲料钱分一次还清", 20, "partly"),
    (156, 1, "nurlan", "livestock_damage", "白建忠", "沙依兰·别克", "狗咬了羊，赔一只羊羔", 7, "kept"),
    (98, 0, "lin", "neighbours", "冯玉成", "赵贵", "夜里不再放高音喇叭", 0, ""),
    (44, 2, "ma", "livestock_sale", "丁福", "加娜尔·哈依", "羊款少给的二百元补上", 10, "kept"),
    (9, 1, "nurlan", "water_turns", "高凤英", "马存义", "水渠口换一块板，三天里换好", 3, ""),
)  # fmt: skip
BETWEEN_THEMSELVES: tuple[tuple[int, int, str, str, str, str, str], ...] = (
    (182, 1, "nurlan", "neighbours", "白建忠", "高凤英", "两家自己说好了，柴草各堆各的"),
    (61, 0, "lin", "livestock_damage", "赵贵", "别尔克·努拉", "双方自己说好，互不赔"),
)

BOTH: tuple[Event, ...] = ((1, "accept", ""), (3, "yes", "a"), (4, "yes", "b"), (4, "rights", ""), (5, "mediator", ""))
TALKED: tuple[Event, ...] = (*BOTH, (9, "talk", 7))
WRITTEN: tuple[Event, ...] = (*TALKED, (16, "agree", "written"), (16, "sign", ""), (17, "told", ""))
KEPT: tuple[Event, ...] = ((40, "performed", "kept"), (48, "visit", ""))
# days ago, village or the township, who brought it, matter, where from, how hard, sides, what about, what became of it
LONG: tuple[tuple[int, int | None, str, str, str, str, str, str, str, tuple[Event, ...]], ...] = (
    (325, 0, "lin", "pasture_boundary", "asked", "complex", "杨春生", "努尔兰·别克", "北坡的界桩被水冲走了",
     (*WRITTEN, *KEPT)),
    (300, TOWNSHIP, "zhou", "land_lease", "asked", "simple", "白建忠", "示范合作社", "租的地少量了两亩",
     (*WRITTEN, (22, "confirm", ""), *KEPT)),
    (276, 1, "nurlan", "walls_and_paths", "asked", "simple", "高凤英", "马存义", "新砌的墙挡了路",
     (*TALKED, (14, "agree", "oral"), *KEPT)),
    (262, TOWNSHIP, "zhou", "migrant_wages", "petition", "hard", "何生宝", "示范建筑队", "修圈棚的工钱没给齐",
     ((1, "accept", ""), (2, "join", 14), (4, "yes", "all"), (4, "rights", ""), (5, "mediator", ""), (9, "talk", 7),
      (18, "agree", "written"), (18, "sign", ""), (19, "told", ""), (24, "confirm", ""), (50, "performed", "kept"))),
    (241, 0, "lin", "neighbours", "own_initiative", "simple", "赵贵", "冯玉成", "房檐水滴到邻家院里",
     (*TALKED, (16, "agree", "oral"), (40, "performed", "kept"))),
    (220, TOWNSHIP, "zhou", "road_accidents", "police", "complex", "叶尔肯·哈力", "石海", "摩托撞了羊群",
     (*WRITTEN, (24, "not_confirm", ""), (40, "performed", "broken"), (47, "visit", ""))),
    (205, 1, "nurlan", "inheritance", "asked", "complex", "白秀珍", "白建忠", "老人留下的院子怎么分",
     (*TALKED, (18, "end", "not_settled"))),
    (188, TOWNSHIP, "zhou", "contracts", "court", "simple", "示范合作社", "胡大年", "草料款", (
     *BOTH, (6, "talk", 0), (9, "agree", "oral"), (10, "result", ""))),
    (170, 0, "lin", "medical", "asked", "hard", "别尔克·努拉", "乡卫生院", "说是用药出了错",
     ((2, "refuse_case", "other"),)),
    (164, 0, "lin", "pasture_boundary", "asked", "simple", "别尔克·努拉", "沙依兰·别克", "夏牧场的水源两家都要用",
     (*TALKED, (15, "agree", "oral"), *KEPT)),
    (149, 1, "nurlan", "land_taking", "asked", "hard", "高凤英", "修路指挥部", "占地的补偿",
     ((2, "refuse_case", "government"),)),
    (140, TOWNSHIP, "zhou", "other_consumers", "asked", "simple", "石玉兰", "示范农机店", "买的水泵用两天就坏",
     (*TALKED, (13, "agree", "oral"), (30, "performed", "kept"))),
    (126, 0, "lin", "marriage_and_family", "asked", "complex", "努拉·叶尔江", "古丽娜·沙吾列", "分开过以后羊怎么分",
     (*BOTH, (8, "talk", 0), (14, "no", "b"), (15, "no", "a"), (16, "end", "refused"))),
    (113, 1, "nurlan", "debts", "asked", "simple", "马存义", "丁占荣", "三年前借的钱",
     ((1, "accept", ""), (3, "yes", "a"), (8, "end", "withdrawn"))),
    (101, 0, "lin", "land_lease", "asked", "complex", "冯玉成", "示范养殖场", "租金涨价没有说好",
     (*BOTH, (9, "talk", 0), (20, "talk", 0), (28, "end", "not_settled"))),
    (88, TOWNSHIP, "zhou", "pollution", "petition", "hard", "示范三村十二户", "示范屠宰点", "污水流到渠里",
     (*BOTH, (6, "transfer", ""), (7, "send_county", ""), (21, "county_returns", ""), (30, "talk", 14),
      (40, "agree", "written"), (41, "sign", ""), (42, "told", ""))),
    (70, TOWNSHIP, "zhou", "pollution", "asked", "hard", "示范一村五户", "示范采石场", "放炮震裂了墙，灰落到草场上",
     (*BOTH, (6, "transfer", ""), (7, "send_county", ""), (12, "county_takes", ""))),
    (52, 0, "lin", "pasture_boundary", "asked", "complex", "托合塔尔·别克", "赵贵", "围栏往外移了半里",
     (*BOTH, (7, "help", ""), (10, "talk", 10), (20, "agree", "written"), (20, "sign", ""), (21, "told", ""))),
    (34, 1, "nurlan", "walls_and_paths", "asked", "simple", "马存义", "白建忠", "巷口堆料过不去车",
     (*TALKED, (17, "agree", "written"), (18, "sign_but_seal", ""))),
    (29, TOWNSHIP, "zhou", "production", "asked", "simple", "示范农机队", "石玉兰", "耕地的工钱对不上数",
     (*TALKED, (20, "put_off", 45))),
    (24, TOWNSHIP, "zhou", "property_services", "asked", "simple", "安置点住户", "示范物业", "冬天供暖不热",
     (*BOTH, (8, "to_police", ""))),
    (20, 0, "lin", "livestock_sale", "asked", "simple", "叶尔肯·哈力", "外来收羊人", "羊款还差一半",
     (*BOTH, (7, "talk", 9))),
    (17, 1, "nurlan", "water_turns", "own_initiative", "simple", "高凤英", "白建忠", "今年水少，轮次又乱了",
     (*BOTH, (6, "talk", 12))),
    (12, 0, "lin", "damages", "asked", "simple", "胡大年", "冯玉成", "拖拉机碰坏了门楼", BOTH),
    (10, TOWNSHIP, "zhou", "contracts", "asked", "complex", "示范合作社", "丁福", "代养的羊少了七只", BOTH),
    (7, 1, "nurlan", "debts", "asked", "simple", "丁占荣", "沙依兰·别克", "饲料赊账",
     ((1, "accept", ""), (2, "yes", "a"))),
    (4, 0, "lin", "neighbours", "asked", "simple", "古丽米拉·加那提", "赵贵", "院墙往外扩了", ((2, "accept", ""),)),
    (2, 2, "ma", "other", "asked", "simple", "孔小梅", "石海", "合伙买的车归谁", ()),
    (1, TOWNSHIP, "zhou", "migrant_wages", "asked", "simple", "何生宝", "示范建筑队", "又欠了一个月工钱", ()),
)  # fmt: skip


@dataclass
class Course:
    """One case as it is written down: its things, and who writes."""

    case: UUID
    unit: UUID
    handler: str
    line: UUID
    account: UUID | None
    parties: dict[str, list[UUID]]
    agreement: UUID | None = None
    item: UUID | None = None

    @property
    def everybody(self) -> list[UUID]:
        """All its parties."""
        return [one for side in ("a", "b") for one in self.parties[side]]


class Cases:
    """Writes the cases, each as whoever handled it put it down on the day."""

    def __init__(self, town: Township, pen: Pen, asof: date, lines: dict[str, UUID]) -> None:
        self.town, self.pen, self.asof, self.lines = town, pen, asof, lines

    def everything(self) -> Iterator[Written]:
        """Write it all."""
        for told in SPOT:
            yield from self._spot(*told)
        for ago, village, who, sort, a, b, agreed in BETWEEN_THEMSELVES:
            yield from self._spot(ago, village, who, sort, a, b, agreed, 0, "", mediated=False)
        for case in LONG:
            yield from self._long(*case)

    # ------------------------------------------------------------ settled on the spot

    def _spot(  # as much as the one form asks
        self, ago: int, village: int, who: str, sort: str, a: str, b: str, agreed: str, until: int, kept: str, *,
        mediated: bool = True,
    ) -> Iterator[Written]:  # fmt: skip
        on = self.asof - timedelta(days=ago)
        course = self._course(on, village)
        names = [self._seal(party, text) for party, text in zip(course.everybody, (a, b), strict=True)]
        words = self._seal(course.case, agreed)
        sides = [
            SpotSide(party=party, name=name.digest, wanted=mediated)
            for party, name in zip(course.everybody, names, strict=True)
        ]
        course.item = self.pen.new_id(on) if until else None
        body = SpotSettlement1(
            case=course.case, sort=sort, afraid="no", a=sides[0], b=sides[1], agreed=words.digest,
            until=on + timedelta(days=until) if until else None, item=course.item,
            mediator=course.line if mediated else None, account=course.account if mediated else None,
        )  # fmt: skip
        yield self._write(course, body, on, [words, *names], by=who)
        if kept and course.handler in ("halima", "chen"):
            yield from self._event(course, on + timedelta(days=until + 8), "performed", kept)

    # ------------------------------------------------------------ the long way

    def _long(  # as much as an intake asks
        self, ago: int, where: int | None, who: str, sort: str, source: str, hard: str, a: str, b: str, about: str,
        events: tuple[Event, ...],
    ) -> Iterator[Written]:  # fmt: skip
        on = self.asof - timedelta(days=ago)
        course = self._course(on, where)
        names = [self._seal(party, text) for party, text in zip(course.everybody, (a, b), strict=True)]
        words = self._seal(course.case, about)
        why = [] if hard == "simple" else [self._seal(course.case, "牵涉的人多，要核对的材料也多")]
        parties = [
            Party(party=party, side=side, name=name.digest, sort="organisation" if "示范" in text else "person")  # type: ignore[arg-type]
            for side, party, name, text in zip("ab", course.everybody, names, (a, b), strict=True)
        ]
        body = Case1(
            case=course.case, sort=sort, source=source, afraid="no", parties=parties, summary=words.digest,  # type: ignore[arg-type]
            channel="court" if source == "court" else "people",
            level="township" if where is TOWNSHIP else "village", difficulty=hard,  # type: ignore[arg-type]
            difficulty_words=why[0].digest if why else None,
            difficulty_until=on + timedelta(days=60) if why else None,
            procedure="ordinary" if source == "court" else None,
            brought_by=self.town.staff[who].id if who != course.handler else None,
        )  # fmt: skip
        yield self._write(course, body, on, [words, *why, *names])
        for after, act, arg in events:
            if on + timedelta(days=after) <= self.asof:
                yield from self._event(course, on + timedelta(days=after), act, arg)

    def _event(self, course: Course, on: date, act: str, arg: Any) -> Iterator[Written]:
        match act:
            case "accept":
                yield self._step(course, on, "accepted")
            case "refuse_case":
                yield self._step(course, on, "not_accepted", routes=[arg, "court"])
            case "yes" | "no":
                whose = course.everybody if arg == "all" else course.parties[arg]
                for party in whose:
                    yield self._consent(course, on, party, "mediation", "agreed" if act == "yes" else "refused")
            case "rights" | "told":
                of = "rights" if act == "rights" else "confirmation"
                for party in course.everybody:
                    yield self._step(course, on, "told", party=party, told_of=of)
            case "mediator":
                yield self._step(course, on, "mediator", mediator=course.line, account=course.account)
            case "join":
                yield from self._workers(course, on, arg)
            case "talk":
                yield self._session(course, on, arg)
            case "agree":
                yield self._agreement(course, on, arg)
            case "sign" | "sign_but_seal":
                yield from self._signatures(course, on, has_seal=act == "sign")
            case "confirm" | "not_confirm":
                for party in course.everybody:
                    yield self._consent(course, on, party, "confirmation", "agreed")
                yield self._step(course, on, "applied", parties=course.everybody)
                yield self._step(course, on + timedelta(days=12), f"{act}ed")
            case "performed":
                assert course.item is not None
                yield self._write(course, CasePerformance1(case=course.case, item=course.item, how=arg), on)
            case "visit":
                words = self._seal(course.case, "两家都说照着做的，再没有红过脸")
                yield self._write(course, CaseReturnVisit1(case=course.case, words=words.digest), on, [words])
            case "end":
                routes = ["court", "legal_aid"] if arg == "not_settled" else ["court"]
                yield self._step(course, on, "ended", how=arg, routes=routes)
            case "result":
                yield self._step(course, on, "result_returned")
            case "put_off":
                for party in course.everybody:
                    until = on + timedelta(days=arg)
                    yield self._consent(course, on, party, "extension", "agreed", until=until)
            case _:
                yield from self._passed(course, on, act)

    def _passed(self, course: Course, on: date, act: str) -> Iterator[Written]:
        match act:
            case "transfer":
                for party in course.everybody:
                    yield self._consent(course, on, party, "transfer", "agreed")
            case "send_county":
                papers = self._seal(course.case, "登记表、照片四张")
                body = CaseHandover1(
                    case=course.case, step="sent", to=self.town.county, channel="admin", level="county",
                    form="transferred", papers=papers.digest, by=on + timedelta(days=20),
                )  # fmt: skip
                yield self._write(course, body, on, [papers])
            case "county_takes":
                took = CaseHandover1(case=course.case, step="accepted")
                yield self._write(course, took, on, by="tian", unit=self.town.county)
            case "county_returns":
                county = self.town.county
                took = CaseHandover1(case=course.case, step="accepted")
                yield self._write(course, took, on - timedelta(days=7), by="tian", unit=county)
                why = self._seal(course.case, "已经现场看过，责令清渠，余下的请乡里调")
                back = CaseHandover1(case=course.case, step="returned", why=why.digest)
                yield self._write(course, back, on, [why], by="tian", unit=county)
            case "to_police":
                body = CaseHandover1(
                    case=course.case,
                    step="sent",
                    office="police",
                    channel="admin",
                    form="told",
                    by=on + timedelta(days=10),
                )
                yield self._write(course, body, on)
            case "help":
                words = self._seal(course.case, "请画一张核界图")
                asked = CaseHelp1(
                    case=course.case, step="asked", to=self.town.log, by=on + timedelta(days=6), words=words.digest
                )
                yield self._write(course, asked, on, [words])

    # ------------------------------------------------------------ one entry

    def _course(self, on: date, where: int | None) -> Course:
        mediator, handler = MEDIATORS[where]
        account = self.town.staff.get(mediator)
        unit = self.town.log if where is TOWNSHIP else self.town.villages[where]
        parties = {side: [self.pen.new_id(on)] for side in ("a", "b")}
        line = self.lines[mediator]
        return Course(self.pen.new_id(on), unit, handler, line, account.id if account else None, parties)

    def _seal(self, about: UUID, text: str, audience: Audience = Audience.CASE) -> SealedPart:
        return self.pen.seal(about, text, audience)

    def _write(
        self, course: Course, body: Body, on: date, sealed: list[SealedPart] | None = None, *, by: str = "",
        unit: UUID | None = None,
    ) -> Written:  # fmt: skip
        who = self.town.staff[by or course.handler]
        return on, who, self.pen.write(body, on=on, unit=unit or course.unit, by=who, sealed=sealed or [])

    def _step(self, course: Course, on: date, step: str, **more: Any) -> Written:
        return self._write(course, CaseStep1(case=course.case, step=step, **more), on)  # type: ignore[arg-type]

    def _consent(self, course: Course, on: date, party: UUID, to: str, answer: str, **more: Any) -> Written:
        body = CaseConsent1(case=course.case, party=party, to=to, answer=answer, **more)  # type: ignore[arg-type]
        return self._write(course, body, on)

    def _workers(self, course: Course, on: date, n: int) -> Iterator[Written]:
        for k in range(n):
            party = self.pen.new_id(on)
            name = self._seal(party, f"工友{k + 2}")
            course.parties["a"].append(party)
            yield self._write(course, CaseParty1(case=course.case, party=Party(party, "a", name.digest)), on, [name])

    def _session(self, course: Course, on: date, days: int) -> Written:
        record, place = self._seal(course.case, "两边都说了自己的道理，愿意再让一步"), self._seal(course.case, "村部")
        note = self._seal(course.case, "想先听一句道歉", Audience.AUTHOR)
        next_on = on + timedelta(days=days) if days else None
        body = CaseSession1(
            case=course.case, there=course.everybody, record=record.digest, place=place.digest,
            notes=[Note("a", note.digest)], next_on=next_on,
        )  # fmt: skip
        return self._write(course, body, on, [place, record, note])

    def _agreement(self, course: Course, on: date, form: str) -> Written:
        course.agreement, course.item = self.pen.new_id(on), self.pen.new_id(on)
        what, facts = self._seal(course.case, "按说好的办，到期前做完"), self._seal(course.case, "事情双方都认")
        item = AgreedItem(item=course.item, what=what.digest, by=on + timedelta(days=18))
        body = CaseAgreement1(
            case=course.case, agreement=course.agreement, form=form, parties=course.everybody, items=[item],  # type: ignore[arg-type]
            facts=facts.digest,
        )  # fmt: skip
        return self._write(course, body, on, [facts, what])

    def _signatures(self, course: Course, on: date, *, has_seal: bool) -> Iterator[Written]:
        assert course.agreement is not None
        said = {"case": course.case, "agreement": course.agreement}
        for party in course.everybody:
            yield self._write(course, CaseSignature1(**said, signed="party", party=party), on)
        yield self._write(course, CaseSignature1(**said, signed="mediator", member=course.line), on)
        if has_seal:
            yield self._write(course, CaseSignature1(**said, signed="seal", member=course.line), on)
