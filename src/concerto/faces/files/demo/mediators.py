"""The panel of mediators of the demo township, and the screening of its villages each quarter."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from concerto.journal.kinds.panel import PanelChange1, PanelMember1
from concerto.journal.kinds.screening import Screening1

from .pen import Pen
from .register import Written
from .township import Township

TOWNSHIP = None
# village's number or the township, who (an account, or else a name), and what the line says besides
PANEL: tuple[tuple[int | None, str, dict[str, Any]], ...] = (
    (TOWNSHIP, "马长林", {"how": "engaged", "post": "director", "languages": ["chinese"], "holds_seal": True,
                          "sits_on": [1, 3, 5]}),
    (TOWNSHIP, "古丽扎提·哈布力", {"how": "engaged", "languages": ["chinese", "kazakh"], "sits_on": [2, 4]}),
    (0, "halima", {"how": "elected", "post": "director", "languages": ["chinese", "kazakh"], "holds_seal": True,
                   "sits_on": [4]}),
    (0, "托列根·别克", {"how": "elected", "languages": ["kazakh"]}),
    (0, "袁桂兰", {"how": "elected", "languages": ["chinese"]}),
    (1, "chen", {"how": "elected", "post": "director", "languages": ["chinese"], "holds_seal": True}),
    (1, "阿依古丽·沙吾列", {"how": "elected", "languages": ["chinese", "kazakh"]}),
    (1, "丁占奎", {"how": "elected", "languages": ["chinese"]}),
    (2, "孔德胜", {"how": "elected", "post": "director", "languages": ["chinese"], "holds_seal": True}),
    (2, "加孜拉·叶尔兰", {"how": "elected", "languages": ["kazakh"]}),
    (2, "石春生", {"how": "engaged", "languages": ["chinese"]}),
)  # fmt: skip
ENDED = ("袁桂兰", 60)  # no longer a mediator since so many days
# days ago, village's number, who, how, kinds asked about, how many were found
SCREENINGS = (
    (330, 0, "lin", "door_to_door", ["neighbours", "pasture_and_land", "money"], 1),
    (318, 1, "nurlan", "door_to_door", ["neighbours", "pasture_and_land", "livestock_damage"], 0),
    (305, 2, "ma", "asked_around", ["neighbours", "lease"], 0),
    (230, 0, "lin", "gathering", ["pasture_and_land", "livestock_damage"], 2),
    (226, 1, "nurlan", "asked_around", ["pasture_and_land", "lease"], 1),
    (215, 2, "ma", "door_to_door", ["neighbours", "marriage_and_family", "wages"], 0),
    (140, 0, "lin", "door_to_door", ["pasture_and_land", "wages"], 0),
    (133, 1, "nurlan", "door_to_door", ["neighbours", "livestock_damage", "money"], 3),
    (128, 2, "yang", "records", ["lease", "wages"], 0),
    (40, 0, "lin", "door_to_door", ["neighbours", "wages", "money"], 1),
    (33, 1, "chen", "asked_around", ["neighbours", "pasture_and_land"], 0),
    (26, 2, "ma", "gathering", ["neighbours", "lease", "wages"], 0),
)


class Mediators:
    """Writes who mediates, as the organizer put it down in the first weeks, and what screenings found."""

    def __init__(self, town: Township, pen: Pen, began: date, asof: date) -> None:
        self.town, self.pen, self.began, self.asof = town, pen, began, asof
        self.lines: dict[str, UUID] = {}

    def everything(self) -> Iterator[Written]:
        """Write it all."""
        yield from self.panel()
        yield from self.screenings()

    def panel(self) -> Iterator[Written]:
        """Write who stands on the panel, and whose term is over."""
        by, on = self.town.staff["wang"], self.began + timedelta(days=4)
        units: dict[str, UUID] = {}
        for where, who, says in PANEL:
            unit = self.town.log if where is TOWNSHIP else self.town.villages[where]
            line, account = self.pen.new_id(on), self.town.staff.get(who)
            name = None if account else self.pen.seal(line, who)
            self.lines[who], units[who] = line, unit
            body = PanelMember1(
                panel_member=line,
                unit=unit,
                account=account.id if account else None,
                name=name.digest if name else None,
                since=self.began,
                **says,
            )
            yield on, by, self.pen.write(body, on=on, unit=unit, by=by, sealed=[name] if name else [])
        who, ago = ENDED
        last = self.asof - timedelta(days=ago)
        ends = PanelChange1(panel_member=self.lines[who], until=last)
        yield last, by, self.pen.write(ends, on=last, unit=units[who], by=by)

    def screenings(self) -> Iterator[Written]:
        """Write what each village was asked in each quarter; finding nothing is a full answer."""
        for ago, village, name, way, sorts, found in SCREENINGS:
            on, by, unit = self.asof - timedelta(days=ago), self.town.staff[name], self.town.villages[village]
            body = Screening1(village=unit, way=way, sorts=sorts, found=found)  # type: ignore[arg-type]
            yield on, by, self.pen.write(body, on=on, unit=unit, by=by)
