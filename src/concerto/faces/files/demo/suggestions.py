"""What was passed upward lately, and what became of it: by several people, shown to be nobody's."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from concerto.journal.kinds.suggestions import Suggestion1, SuggestionReply1

from .pen import Pen
from .register import Written
from .township import Township

# days ago, who passed it up, topic, whether the village is named, words, what became of it: state, to whom, words
SUGGESTIONS: tuple[tuple[int, str, str, bool, str, tuple[tuple[str, str, str], ...]], ...] = (
    (75, "lin", "water_and_roads", True, "夏牧场那条路，雨后车就进不去，能不能垫一垫",
     (("passed_on", "县交通运输局", "已经报给县里，秋天之前会有人来看路"),
      ("answered", "", "路已经垫了石料，明年再铺"))),
    (68, "nurlan", "services", False, "窗口中午不办事，远处来的人要等一下午",
     (("answered", "", "从下月起，赶集日中午有人值班"),)),
    (40, "ma", "old_age_and_care", False, "冬天老人去卫生院不方便，能不能定日子下村",
     (("passed_on", "乡卫生院", ""),)),
    (33, "lin", "livelihood", False, "想在村里办一次装载机培训",
     (("not_followed", "", "今年的培训名额用完了，明年春天再报"),)),
    (12, "serik", "surroundings", False, "垃圾点离水源太近，想换个地方", ()),
    (9, "lin", "school", False, "住校的孩子周五想有一趟回村的车", ()),
)  # fmt: skip


class Suggestions:
    """Writes what was passed upward, each on the first of its month and under the township."""

    def __init__(self, town: Township, pen: Pen, asof: date) -> None:
        self.town, self.pen, self.asof = town, pen, asof

    def everything(self) -> Iterator[Written]:
        """Write it all."""
        for ago, name, topic, is_named, text, replies in SUGGESTIONS:
            on, by = self.asof - timedelta(days=ago), self.town.staff[name]
            key = UUID(bytes=self.pen.chance.randbytes(16), version=4)
            words = self.pen.seal(key, text)
            village = self.town.villages[0] if is_named else None
            body = Suggestion1(suggestion=key, topic=topic, words=words.digest, village=village)  # type: ignore[arg-type]
            month = on.replace(day=1)
            yield on, by, self.pen.write(body, on=month, recorded=on, unit=self.town.log, by=by, sealed=[words])
            yield from self._replies(key, on, replies)

    def _replies(self, key: UUID, on: date, replies: tuple[tuple[str, str, str], ...]) -> Iterator[Written]:
        by, last = self.town.staff["zhou"], None
        for n, (state, to, words) in enumerate(replies, start=1):
            day = on + timedelta(days=8 * n)
            parts = {name: self.pen.seal(key, text) for name, text in (("to", to), ("words", words)) if text}
            digests = {name: part.digest for name, part in parts.items()}
            body = SuggestionReply1(suggestion=key, state=state, **digests)  # type: ignore[arg-type]
            entry = self.pen.new_id(day)
            saw = {f"{key}.reply": last and str(last)}
            yield (
                day,
                by,
                self.pen.write(body, on=day, unit=self.town.log, by=by, sealed=list(parts.values()), id=entry, saw=saw),
            )
            last = entry
