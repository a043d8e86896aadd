"""Makes workbooks as awkward as offices make them, each with the truth about it. Invented people only."""

import io
import random
from dataclasses import dataclass, field

import openpyxl
import xlwt

from concerto.groundwork.identity import check_digit

VILLAGES = {
    "示范一村村民委员会": "620999204200",
    "示范二村村民委员会": "620999204201",
    "示范三村村民委员会": "620999204202",
}
SHORT = ("示范一村", "示范二村", "示范三村")
SURNAMES, GIVEN = "王李张马徐胡高罗孙朱", "芳秀强建国红丽英海春明志"
KAZAKH = ("木拉提", "塞力克", "古丽扎", "哈丽玛", "巴合提", "叶尔波力", "沙吾列", "努尔兰")
FATHERS = ("白山拜", "托合塔尔", "哈孜别克", "加尔肯", "阿布德拉", "胡马尔")
SEPARATORS = ("·", "•", "‧", "・", "．", ".", "-")
GROUPS = ("一组", "1组", "２组", "二组", "三组")
YES, NO = ("√", "是", "✓", "☑", "有", "Y", 1), ("否", "", "×", "/", "无")
MERGED = {"merged": ("serial", "group", "head_name"), "head_merged": ("head_name",), "number_merged": ("number",)}
STATUSES = {"full": ("中共党员", "党员"), "probationary": ("预备党员",), "": ("群众", "共青团员", "")}
WORDINGS = {
    "serial": ("序号", "编号", "No."),
    "number": ("户编号", "户号", "家庭编号", "户序号"),
    "village": ("村名", "所属行政村", "村（社区）", "所在村", "行政村"),
    "group": ("村民小组", "组别", "所属组", "小组"),
    "head_name": ("户主姓名", "户主", "户主名"),
    "name": ("姓名", "家庭成员姓名", "成员姓名", "姓  名"),
    "relation": ("与户主关系", "家庭关系", "关系", "与户主\n关系"),
    "identity": ("身份证号码", "公民身份号码", "证件号码", "身份证号(18位)"),
    "status": ("政治面貌", "党员情况"),
    "member": ("是否党员", "党员（√）", "中共党员"),
    "probationary": ("预备党员", "是否预备党员"),
    "phone": ("联系电话", "手机号码", "电话"),
    "phone2": ("联系电话2", "备用手机"),
    "helped": ("帮扶户", "是否帮扶户", "是否为帮扶户", "联系户"),
    "sex": ("性别",),
    "born": ("出生日期", "出生年月日"),
    "winter": ("冬牧场", "冬窝子"),
    "remark": ("备注", "备  注", "说明"),
    "ethnic": ("民族",),
    "bank": ("银行账号", "一卡通账号"),
    "odd": ("牌照情形", "档案袋颜色"),
}


@dataclass(frozen=True)
class Style:
    """What kind of awkward: each field is one habit of offices."""

    seed: int = 1
    households: int = 12
    told_by: str = "merged"  # merged, number, number_once, number_merged, head_name, head_merged, relation
    shape: str = "sheets"  # sheets, column, column_once, stacked, divided
    headings: int = 1  # 1 or 2 rows
    joined: bool = True  # the two rows' groups are merged, or only written over their first column
    party: str = "status"  # or ticks
    helped: str = "first"  # first, merged, every
    scattered: bool = False
    between: bool = True  # blank rows, subtotals, repeated headings, a form row left empty
    person_numbers: bool = False
    extra: bool = True
    old: bool = False


@dataclass
class Person:
    name: str
    relation: str
    number: str = ""
    written: object = ""
    problem: str = ""
    phones: tuple[str, ...] = ()
    phone: object = ""
    membership: str = ""
    late: bool = False


@dataclass
class Home:
    village: int
    number: int
    group: str
    helped: bool
    people: list[Person]


@dataclass
class Truth:
    """What is in the workbook: per unit the counts, households as sets of rows, and problems as (row, name, code)."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    homes: dict[str, set[frozenset[int]]] = field(default_factory=dict)
    problems: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    phones: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)


def make(style: Style) -> tuple[bytes, Truth]:
    """Return a workbook in this style, and the truth about it."""
    return Maker(style).make()


class Maker:
    def __init__(self, style: Style) -> None:
        self.style, self.dice = style, random.Random(style.seed)
        self.used: list[str] = []
        self.taken: set[str] = set()
        self.heads: set[tuple[int, str]] = set()
        self.columns = self._columns()
        self.sheets: list[tuple[str, list[list[object]], list[tuple[int, int, int, int]]]] = []
        self.truth = Truth()

    def make(self) -> tuple[bytes, Truth]:
        homes = [self._home(village, number) for village in range(3) for number in range(1, self.style.households + 1)]
        if self.style.shape == "sheets":
            for village in range(3):
                self._sheet(f"{SHORT[village]}（2026）" if village else SHORT[0], [self._of(homes, village)])
        else:
            self._sheet("全乡", [self._of(homes, village) for village in range(3)])
        self.sheets.append(("填表说明", [["请于3月底前报送乡党政办。"]], []))
        return (self._xls() if self.style.old else self._xlsx()), self.truth

    @staticmethod
    def _of(homes: list[Home], village: int) -> list[Home]:
        return [home for home in homes if home.village == village]

    # People

    def _home(self, village: int, number: int) -> Home:
        people = [
            self._person(relation) for relation in ("户主", "妻", "之子", "之女", "母亲")[: self.dice.randint(1, 5)]
        ]
        while (village, people[0].name) in self.heads:
            people[0].name = self._name()
        self.heads.add((village, people[0].name))
        if self.style.scattered and len(people) > 2 and self.dice.random() < 0.4:
            people[-1].late = True  # its row comes last, so nobody above can have its number a second time
            self.used = [number for number in self.used if number != people[-1].number]
        return Home(village, number, self.dice.choice(GROUPS), self.dice.random() < 0.3, people)

    def _name(self) -> str:
        if self.dice.random() < 0.5:
            return f"{self.dice.choice(KAZAKH)}·{self.dice.choice(FATHERS)}"
        return self.dice.choice(SURNAMES) + "".join(self.dice.choices(GIVEN, k=self.dice.choice((1, 2, 2, 3))))

    def _person(self, relation: str) -> Person:
        person = Person(self._name(), self.dice.choice(("户主", "本人")) if relation == "户主" else relation)
        self._give_identity(person)
        self._give_phone(person)
        person.membership = self.dice.choice(("", "", "", "full", "full", "probationary"))
        return person

    def _number(self) -> str:
        body = f"999999{self.dice.randint(1935, 2019)}{self.dice.randint(1, 12):02}{self.dice.randint(1, 28):02}"
        body += f"{self.dice.randint(0, 999):03}"
        return body + check_digit(body)

    def _give_identity(self, person: Person) -> None:
        number = self._number()
        while number in self.taken:
            number = self._number()
        self.taken.add(number)
        full_width = number.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789X"})
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        ways: list[tuple[object, str]] = [
            (number, ""),
            (number, ""),
            (f"'{number}", ""),
            (f" {number} ", ""),
            (full_width, ""),
            (f"\u200b{number.lower()}", ""),
            (f"{number[:6]} {number[6:14]} {number[14:]}", ""),
            ("", ""),
            ("无", ""),
            (number[:16], "identity_too_short"),
            (number + "77", "identity_too_long" if "X" not in number else "identity_unreadable"),
            (wrong, "identity_check_digit"),
            (number[:6] + "********" + number[14:], "identity_masked"),
            (float(number[:17] + "0"), "identity_damaged"),
            (f"{float(number[:17] + '0'):.14E}", "identity_damaged"),
        ]
        person.written, person.problem = self.dice.choice(ways)
        if self.used and self.dice.random() < 0.05:
            person.written, person.problem = self.dice.choice(self.used), "identity_repeated"
        elif isinstance(person.written, str) and not person.problem and person.written not in ("", "无"):
            self.used.append(number)
            person.number = number

    def _give_phone(self, person: Person) -> None:
        one, two = (f"100{self.dice.randint(0, 99999999):08}" for _ in range(2))
        ways: list[tuple[object, tuple[str, ...]]] = [
            (one, (one,)),
            (float(one), (one,)),
            (f"{one[:3]}-{one[3:7]}-{one[7:]}", (one,)),
            (f"{one}/{two}", (one, two)),
            (f"{one}、{two}（儿子）", (one, two)),
            (f"{one}\n{two}", (one, two)),
            (f"{one}(妻)", (one,)),
            ("无", ()),
            ("", ()),
        ]
        person.phone, person.phones = self.dice.choice(ways)

    # Columns

    def _columns(self) -> list[str]:
        style = self.style
        columns = []
        if style.told_by in ("merged", "head_merged") or style.person_numbers:
            columns.append("serial")
        if style.told_by.startswith("number"):
            columns.append("number")
        if style.shape.startswith("column"):
            columns.append("village")
        columns.append("group")
        if style.told_by in ("merged", "head_name", "head_merged"):
            columns.append("head_name")
        columns += ["name", "relation"]
        rest = ["identity", "phone", "helped", "winter"]
        rest += ["status"] if style.party == "status" else ["member", "probationary"]
        rest += ["remark", "ethnic", "bank", "odd", "sex", "born"] if style.extra else []
        self.dice.shuffle(rest)
        return columns + rest

    def _headings(self) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
        words = [self.dice.choice(WORDINGS[column]) for column in self.columns]
        if self.style.headings == 1:
            return [list(words)], []
        pairs = {"identity", "phone", "helped", "winter", "status"}
        start = end = next(place for place, column in enumerate(self.columns) if column in pairs)
        while end + 1 < len(words) and self.columns[end + 1] in pairs:
            end += 1
        if start == end:
            return [list(words)], []
        top: list[object] = list(words)
        bottom: list[object] = [""] * len(words)
        merges = []
        top[start : end + 1] = ["基本情况", *[""] * (end - start)]
        bottom[start : end + 1] = words[start : end + 1]
        if self.style.joined:
            merges.append((0, start, 0, end))
            merges += [(0, place, 1, place) for place in range(len(words)) if not start <= place <= end]
        return [top, bottom], [merge for merge in merges if merge[:2] != merge[2:]]

    # Sheets

    def _sheet(self, title: str, villages: list[list[Home]]) -> None:
        rows: list[list[object]] = []
        merges: list[tuple[int, int, int, int]] = []
        self.late: list[tuple[Home, Person]] = []
        self.serial = 0
        self.name_of_sheet = title
        self.lines: dict[int, list[tuple[Home, Person, int]]] = {}
        one_village = SHORT[villages[0][0].village] if len(villages) == 1 else ""
        if self.style.shape != "stacked":
            self._titles(rows, merges, one_village)
            self._put_headings(rows, merges)
        for homes in villages:
            if self.style.shape == "stacked":
                self._titles(rows, merges, SHORT[homes[0].village])
                self._put_headings(rows, merges)
            if self.style.shape == "divided":
                rows.append([SHORT[homes[0].village]])
            for place, home in enumerate(homes):
                self._put_home(rows, merges, home, first=place == 0)
                if self.style.between:
                    self._put_between(rows)
            if self.style.shape in ("stacked", "divided"):
                self._put_late(rows)
            if self.style.between:
                rows.append(["合计", "", f"{len(homes)}户", f"{sum(len(home.people) for home in homes)}人"])
        self._put_late(rows)
        rows += [[], ["填表说明：1.本表一户一表；2.身份证号码须为18位。"], ["填表人：王芳", "", "审核人：李强"]]
        self.sheets.append((title, rows, merges))

    def _titles(self, rows: list[list[object]], merges: list[tuple[int, int, int, int]], village: str) -> None:
        merges.append((len(rows), 0, len(rows), len(self.columns) - 1))
        rows.append([f"示范乡{village}农户花名册"])
        rows.append([f"填报单位：{village or '示范乡'}", "", "", "填报日期：2026年3月20日"])

    def _put_headings(self, rows: list[list[object]], merges: list[tuple[int, int, int, int]]) -> None:
        heads, joined = self._headings()
        merges += [(top + len(rows), left, bottom + len(rows), right) for top, left, bottom, right in joined]
        rows += heads
        self.heading_rows = heads

    def _put_home(
        self, rows: list[list[object]], merges: list[tuple[int, int, int, int]], home: Home, *, first: bool
    ) -> None:
        here = [person for person in home.people if not person.late]
        self.late += [(home, person) for person in home.people if person.late]
        top = len(rows)
        for place, person in enumerate(here):
            rows.append(self._row(home, person, first=place == 0, opens=first and place == 0, row=len(rows)))
        merged = {
            "merged": ("serial", "group", "head_name"),
            "head_merged": ("head_name",),
            "number_merged": ("number",),
        }
        columns = [*merged.get(self.style.told_by, ()), *(("helped",) if self.style.helped == "merged" else ())]
        if len(here) > 1:
            places = [self.columns.index(column) for column in columns if column in self.columns]
            if self.style.person_numbers and self.style.told_by != "merged":
                places = [place for place in places if self.columns[place] != "serial"]
            merges += [(top, place, len(rows) - 1, place) for place in places]

    def _put_late(self, rows: list[list[object]]) -> None:
        for home, person in self.late:
            rows.append(self._row(home, person, first=False, opens=False, row=len(rows)))
        self.late = []

    def _put_between(self, rows: list[list[object]]) -> None:
        chance = self.dice.random()
        if chance < 0.1:
            rows.append([])
        elif chance < 0.15:
            rows.append(["小计：", "", "3户", "9人"])
        elif chance < 0.2 and len(self.heading_rows) == 1:
            rows.append(list(self.heading_rows[0]))
        elif chance < 0.25:
            rows.append(["   "])

    def _row(self, home: Home, person: Person, *, first: bool, opens: bool, row: int) -> list[object]:
        self.serial += 1
        unit = list(VILLAGES.values())[home.village]
        self._note_truth(unit, home, person, row + 1)
        cells = {
            "serial": self._serial(home, first=first),
            "number": f"H{home.number:03}" if self._says_number(person, first=first) else "",
            "village": SHORT[home.village] if self.style.shape == "column" or opens or person.late else "",
            "group": home.group if first or self.style.told_by == "head_name" else "",
            "head_name": self._spelled(home.people[0].name) if self._says_head(person, first=first) else "",
            "name": self._spelled(person.name),
            "relation": person.relation,
            "identity": person.written,
            "phone": person.phone,
            "helped": self._says_helped(home, person, first=first),
            "status": self.dice.choice(
                {"full": ("中共党员", "党员"), "probationary": ("预备党员",), "": ("群众", "共青团员", "")}[
                    person.membership
                ]
            ),
            "member": self.dice.choice(YES) if person.membership else self.dice.choice(NO),
            "probationary": self.dice.choice(YES) if person.membership == "probationary" else self.dice.choice(NO),
            "remark": self.dice.choice(("", "冬窝子", "外出务工")),
            "ethnic": "某族",
            "bank": "6230520000000000000",
            "odd": self.dice.choice(("", "甲")),
            "sex": self.dice.choice(("男", "女")),
            "born": self.dice.choice(("1970-01-02", "1970.1.2", "19700102", "1970年1月2日", "")),
            "winter": self.dice.choice(("", "东沟")) if first else "",
        }
        return [cells[column] for column in self.columns]

    def _serial(self, home: Home, *, first: bool) -> object:
        if self.style.person_numbers and self.style.told_by != "merged":
            return self.serial
        return home.number if first else ""

    def _says_number(self, person: Person, *, first: bool) -> bool:
        return first or person.late or self.style.told_by == "number"

    def _says_head(self, person: Person, *, first: bool) -> bool:
        return first or person.late or self.style.told_by == "head_name"

    def _says_helped(self, home: Home, person: Person, *, first: bool) -> object:
        if (first or self.style.helped == "every") and not person.late:
            return self.dice.choice(YES) if home.helped else self.dice.choice(("否", "×"))
        return ""

    def _spelled(self, name: str) -> str:
        name = name.replace("·", self.dice.choice(SEPARATORS))
        if len(name) == 2 and self.dice.random() < 0.3:
            name = f"{name[0]}  {name[1]}"
        return name + self.dice.choice(("", "", " ", "　"))

    def _note_truth(self, unit: str, home: Home, person: Person, row: int) -> None:
        counts = self.truth.counts.setdefault(
            unit, dict.fromkeys(("households", "people", "members", "probationary", "helped"), 0)
        )
        counts["people"] += 1
        counts["members"] += bool(person.membership)
        counts["probationary"] += person.membership == "probationary"
        rows = self.lines.setdefault(id(home), [])
        if not rows:
            counts["households"] += 1
            counts["helped"] += home.helped
        rows.append((home, person, row))
        homes = self.truth.homes.setdefault(unit, set())
        homes.discard(frozenset(other for *_, other in rows[:-1]))
        homes.add(frozenset(other for *_, other in rows))
        self.truth.phones[unit, row] = person.phones
        if person.problem:
            self.truth.problems.setdefault(unit, []).append((row, person.name, person.problem))

    # Files

    def _xlsx(self) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows, merges in self.sheets:
            sheet = book.create_sheet(title)
            for row, cells in enumerate(rows, start=1):
                for column, value in enumerate(cells, start=1):
                    if value != "":
                        sheet.cell(row, column, value)
            for top, left, bottom, right in merges:
                sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()

    def _xls(self) -> bytes:
        book = xlwt.Workbook(encoding="utf-8")
        for title, rows, merges in self.sheets:
            sheet = book.add_sheet(title)
            covered = {(top, left): (bottom, right) for top, left, bottom, right in merges}
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if (row, column) in covered:
                        bottom, right = covered[row, column]
                        sheet.write_merge(row, bottom, column, right, value)
                    elif value != "":
                        sheet.write(row, column, value)
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()
