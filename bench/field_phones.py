"""Many phones of one township at once, each bringing ten visits in a request, open in its session or sealed."""

import msgspec

from concerto.faces.field import wire
from tests.faces.field.phone import Phone, by, enrolled

from .clients import Phase
from .field_line import Line, squeezed
from .floor import Floor, Writes, same_rows
from .townships import Township, visits

EACH = 10


class Phones:
    """Phones that write their visits (untimed), send them (timed), and the floor that writes the same rows."""

    def __init__(self, town: Township, port: int, *, count: int, first: int, times: int, sealed: bool = False) -> None:
        self.town, self.port, self.first, self.times, self.sealed = town, port, first, times, sealed
        self.phones = [enrolled(town.by) for _ in range(count)]

    def phases(self, number: int) -> list[Phase]:
        """Give what one phone does in a round: ours, then the floor."""
        floor, line, phone, filed = Floor(), Line(self.port, self.town.by), self.phones[number], list[list[int]]()

        def write(turn: int) -> list[bytes]:
            filed.clear()
            return [self._request(phone, number, turn * self.times + n) for n in range(self.times)]

        def send(requests: list[bytes]) -> None:
            for told in requests:
                answer = msgspec.json.decode(line.ask("POST", "/field/push/", told).body, type=wire.Pushed)
                wrong = [one for one in answer.receipts if one.outcome != "accepted"]
                if wrong:
                    raise SystemExit(f"bench: an entry was not accepted: {wrong[0]}")
                filed.append([one.seq for one in answer.receipts])

        def again(_: int) -> list[Writes]:
            return [same_rows(self.town.log, numbers, 1) for numbers in filed]

        def write_again(given: list[Writes]) -> None:
            for writes in given:
                floor.write(writes, tail=False)

        return [Phase("ours", write, send), Phase("floor", again, write_again)]

    def _request(self, phone: Phone, number: int, at: int) -> bytes:
        items = [by(phone, one) for one in visits(self.town, self.first + number, EACH, first=at * EACH)]
        if self.sealed:
            return squeezed(wire.Push(phone.device.id, phone.ticket, envelopes=[phone.envelope(one) for one in items]))
        return squeezed(wire.Push(phone.device.id, phone.ticket, phone.owner.id, [wire.Open(one) for one in items]))
