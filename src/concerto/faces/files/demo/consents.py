"""What households said to single purposes: agreed after being told in their language, declined, taken back later."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from concerto.journal.kinds.consents import Consent1

from .pen import Pen
from .register import Register, Written
from .township import Township

CHINESE: dict[str, Any] = {"answer": "agreed", "language": "chinese"}
KAZAKH: dict[str, Any] = {"answer": "agreed", "language": "kazakh", "interpreted": "cadre", "read_aloud": True}
BY_FAMILY: dict[str, Any] = {**KAZAKH, "interpreted": "family"}
DECLINED: dict[str, Any] = {"answer": "declined", "language": "chinese"}
BACK: dict[str, Any] = {"answer": "withdrawn"}
# The number of a household of the first village, days ago, to what, whether its head answers for themselves, what.
ANSWERS: tuple[tuple[int, int, str, bool, dict[str, Any]], ...] = (
    (2, 210, "card", False, KAZAKH),
    (2, 210, "phone", False, KAZAKH),
    (2, 210, "places", False, KAZAKH),
    (2, 29, "pass_on", False, KAZAKH),
    (5, 180, "card", False, BY_FAMILY),
    (5, 180, "phone", True, BY_FAMILY),
    (5, 38, "pass_on", False, BY_FAMILY),
    (8, 160, "card", False, CHINESE),
    (8, 160, "phone", False, CHINESE),
    (8, 160, "publish", True, DECLINED),
    (11, 75, "card", False, CHINESE),
    (11, 75, "apply", True, CHINESE),
    (14, 140, "card", False, CHINESE),
    (14, 140, "places", False, CHINESE),
    (14, 52, "places", False, BACK),
    (17, 120, "phone", False, DECLINED),
    (20, 70, "card", False, KAZAKH),
    (20, 66, "pass_on", False, KAZAKH),
    (23, 130, "publish", True, CHINESE),
    (23, 21, "publish", True, BACK),
)


class Consents:
    """Writes each answer by itself, as it was given at a visit."""

    def __init__(self, town: Township, register: Register, pen: Pen, asof: date) -> None:
        self.town, self.register, self.pen, self.asof = town, register, pen, asof

    def everything(self) -> Iterator[Written]:
        """Write them all."""
        by, unit = self.town.staff["lin"], self.town.villages[0]
        houses = [house for house in self.register.houses if house.village == 0 and not house.hidden]
        for n, ago, purpose, is_own, told in ANSWERS:
            house, on = houses[n], self.asof - timedelta(days=ago)
            body = Consent1(
                household=house.id,
                purpose=purpose,  # type: ignore[arg-type]
                resident=house.people[0] if is_own else None,
                **told,
            )
            yield on, by, self.pen.write(body, on=on, unit=unit, by=by)
