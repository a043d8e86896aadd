"""The cases on a phone: only their handler's, as they stand, with the words that their next steps ask for."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from concerto.faces.desk.cases import words as desk
from concerto.faces.desk.cases.acts import ACTS
from concerto.faces.desk.cases.spot import AFRAID
from concerto.faces.field import handled, wire
from concerto.faces.field.words import cases as words
from concerto.journal.kinds.case_words import SOURCE_WORDS
from concerto.journal.kinds.panel import PanelChange1
from concerto.parts.disputes.states import MAY_FOLLOW
from concerto.register.panel import PanelMember
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B
from tests.faces.field.phone import enrolled
from tests.faces.field.pulls import Reading
from tests.faces.field.test_pull_pages import counted
from tests.journal.phone import FACES, READ, in_node

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 20, 5, tzinfo=UTC)


class Handling(Reading):
    """A phone that shows the cases its person handles: it names what it has."""

    digest = ""

    def cases(self, **more: Any) -> handled.Cases | None:
        page = self.ask(cases=self.digest, at=more.pop("at", AT), **more)
        self.keep(page)
        self.digest = page.cases.digest if page.cases else self.digest
        return page.cases


def handling(owner: Any) -> Handling:
    one = Handling(enrolled(owner, at=AT))
    one.catch_up(at=AT)
    return one


def ids(cases: handled.Cases | None) -> list[Any]:
    assert cases is not None
    assert cases.rows is not None
    return [row.id for row in cases.rows]


def test_a_mediator_has_the_case_with_its_parties_and_what_each_of_them_said(world):
    matter = Matter(world)
    assert matter.step("accepted", "2026-09-01") == "accepted"
    assert matter.consent(matter.a) == "accepted"

    told = handling(world.med).cases()

    assert ids(told) == [matter.id]
    [row] = told.rows
    assert (row.stage, row.number, row.summary, row.records) == (
        "accepted",
        matter.row.number,
        "界桩被水冲走了",
        VILLAGE_A,
    )
    assert [(one.side, one.name, one.said) for one in row.parties] == [
        ("a", "杨春生", {"mediation": "agreed"}), ("b", "努尔兰·别克", {}),
    ]  # fmt: skip
    assert row.saw == {"state": matter.seen("state")["saw"][f"{matter.id}.state"]}
    assert row.due is not None
    assert row.due.title["zh"]


def test_what_was_agreed_comes_with_whose_signature_is_missing_and_what_is_to_be_done(world):
    line = panel_line(world, world.med, VILLAGE_A, holds_seal=True)
    matter = Matter(world).willing()
    assert matter.session(notes=True) == "accepted"
    assert matter.agree() == "accepted"
    assert matter.sign("party", of=matter.a) == "accepted"

    told = handling(world.med).cases()

    assert told is not None
    assert told.rows is not None
    [row] = told.rows
    assert row.agreement is not None
    assert row.agreement.missing == [f"party:{matter.b}", "mediator", "seal"]
    assert [(one.id, one.what) for one in row.items] == [(matter.item, "立三根界桩")]
    assert [(one.id, one.name, one.holds_seal) for one in row.panel] == [(line, world.med.called, True)]
    assert row.talk is not None
    assert row.talk.record == "都愿意各让一步"
    assert "想要一句道歉" not in msgspec.json.encode(told).decode()  # what one side said alone


def test_what_was_said_in_a_talk_lies_on_the_phone_of_who_wrote_it_down_alone(world):
    matter = Matter(world).willing()
    assert matter.session() == "accepted"
    [mine] = handling(world.med).cases().rows
    assert matter.hand("sent", "2026-09-04", to=TOWNSHIP) == "accepted"
    assert matter.hand("accepted", "2026-09-05", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    [theirs] = handling(world.zhou).cases().rows

    assert mine.talk.record == "都愿意各让一步"
    assert (theirs.talk.on, theirs.talk.record) == (mine.talk.on, "")


def test_whoever_only_brought_it_or_works_in_the_village_is_told_nothing_of_it(world):
    Matter(world, by=world.lin, brings=False).brought()
    for account in (world.lin, world.ma, world.sec):
        told = handling(account).cases()
        assert told is not None
        assert told.rows is None or told.rows == []
    assert len(ids(handling(world.med).cases())) == 1


def test_a_case_that_another_desk_has_now_leaves_with_the_next_pull(world):
    matter = Matter(world).willing()
    phone = handling(world.med)
    assert ids(phone.cases()) == [matter.id]
    assert matter.hand("sent", "2026-09-03", to=TOWNSHIP) == "accepted"
    assert ids(phone.cases()) == [matter.id]  # until it is taken on there it stays in these hands
    assert matter.hand("accepted", "2026-09-04", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    assert ids(phone.cases()) == []
    assert ids(handling(world.zhou).cases()) == [matter.id]


def test_a_mediator_whose_line_ended_has_it_no_more(world):
    line = panel_line(world, world.lin, VILLAGE_A)
    matter = Matter(world).willing()
    assert matter.step("mediator", "2026-09-02", mediator=line, account=world.lin.id) == "accepted"
    phone = handling(world.lin)
    assert ids(phone.cases()) == [matter.id]
    row = PanelMember.objects.get(log=TOWNSHIP, id=line)
    saw = {"saw": {f"{line}.until": msgspec.json.decode(row.wordings).get("until")}}
    body = PanelChange1(panel_member=line, until=AT.date() - timedelta(days=1))
    assert matter.bring(body, by=world.wang, on="2026-11-19", unit=VILLAGE_A, **saw) == "accepted"
    assert ids(phone.cases()) == []


def test_the_same_is_told_once_and_where_only_the_log_moved_on_its_moment_alone(world):
    matter = Matter(world).willing()
    phone = handling(world.med)
    assert ids(phone.cases()) == [matter.id]
    assert phone.cases() is None
    assert panel_line(world, None, VILLAGE_B)  # nobody who could be named here
    told = phone.cases()
    assert told is not None
    assert (told.at, told.rows) == (phone.head.seq, None)


def test_what_is_over_is_not_told_and_what_is_still_to_be_kept_is(world):
    over, kept = Matter(world).willing(), Matter(world).willing()
    assert over.step("ended", "2026-09-05", how="withdrawn") == "accepted"
    line = panel_line(world, world.med, VILLAGE_A)
    assert kept.step("mediator", "2026-09-03", mediator=line, account=world.med.id) == "accepted"
    assert kept.agree(form="oral", until="2026-12-01") == "accepted"
    [row] = handling(world.med).cases().rows
    assert (row.id, row.stage) == (kept.id, "in_effect")


def test_it_asks_as_often_for_many_cases_as_for_one_and_not_at_all_where_nothing_moved(world, monkeypatch):
    Matter(world).willing()
    with counted(monkeypatch) as one:
        handling(world.med).cases()
    for _ in range(4):
        Matter(world).willing()
    with counted(monkeypatch) as many:
        phone = handling(world.med)
        phone.cases()
    assert len(many) == len(one), (one, many)
    with counted(monkeypatch) as idle:
        phone.cases()
    with counted(monkeypatch) as without:
        phone.ask(at=AT)
    assert len(idle) == len(without), idle


def test_there_is_a_bound_and_a_word_where_there_are_more(world, monkeypatch):
    monkeypatch.setattr("concerto.faces.field.handled.MOST_CASES", 2)
    for _ in range(3):
        Matter(world)
    told = handling(world.med).cases()
    assert (len(ids(told)), told.more) == (2, 1)


def test_who_shows_none_asks_for_none(world):
    Matter(world)
    page = handling(world.med).ask(at=AT)
    assert isinstance(page, wire.Pulled)
    assert page.cases is None


# ---------------------------------------------------------------- the words and the life of it


AFTER = (
    READ
    + """
import { after } from "FORMS/../pages/handled.js";
const table = { turns: asked.turns, follow: {}, open: "" };
const parties = [{ id: "a", side: "a" }, { id: "b", side: "b" }];
const lived = asked.paths.map((path) => {
  let one = { id: "c", stage: "brought", parties };
  const said = ([kind, body]) => ({ id: kind, kind, body, happened_on: "2026-09-01" });
  return path.map((step) => (one = after(one, said(step), () => "", table)).stage);
});
console.log(JSON.stringify(lived));
"""
)


def lived_here(world: Any, path: list[tuple[str, ...]]) -> list[str]:
    """Live through a path at the door, and give the stage after each step."""
    matter, stages = Matter(world), []
    whose = {"a": matter.a, "b": matter.b}
    line = panel_line(world, world.med, VILLAGE_A, holds_seal=True)
    for name, *more in path:
        match name:
            case "consent":
                got = matter.consent(whose[more[0]], more[1])
            case "session":
                got = matter.session("2026-09-02")
            case "agree":
                got = matter.agree("2026-09-02", form=more[0])
            case "sign":
                got = matter.sign(more[0], of=whose.get(more[1], line))
            case "accepted":
                got = matter.step("accepted", "2026-09-01")
            case "mediator":
                got = matter.step("mediator", "2026-09-01", mediator=line, account=world.med.id)
            case _:
                got = matter.step("ended", "2026-09-02", how=name)
        assert got == "accepted", (name, got)
        stages.append(matter.row.stage)
    return stages


def on_a_phone(path: list[tuple[str, ...]]) -> list[Any]:
    """Write a path as a phone reads it."""
    agreed = {"agreement": "g", "parties": ["a", "b"], "items": []}
    found: list[Any] = []
    for name, *more in path:
        match name:
            case "consent":
                found.append(("case_consent", {"party": more[0], "to": "mediation", "answer": more[1]}))
            case "session":
                found.append(("case_session", {}))
            case "agree":
                found.append(("case_agreement", {**agreed, "form": more[0]}))
            case "sign":
                found.append(("case_signature", {"agreement": "g", "signed": more[0], "party": more[1]}))
            case "accepted" | "mediator":
                found.append(("case_step", {"step": name}))
            case _:
                found.append(("case_step", {"step": "ended", "how": name}))
    return found


BOTH = [("accepted",), ("consent", "a", "agreed"), ("consent", "b", "agreed")]
SIGNED = [("sign", "party", "a"), ("sign", "party", "b"), ("sign", "mediator", ""), ("sign", "seal", "")]
PATHS: list[list[tuple[str, ...]]] = [
    [*BOTH, ("mediator",), ("session",), ("agree", "oral")],
    [*BOTH, ("agree", "written"), ("between_themselves",)],
    [("accepted",), ("between_themselves",)],
    [*BOTH, ("agree", "written"), *SIGNED],
    [*BOTH, ("session",), ("consent", "b", "refused"), ("refused",)],
    [*BOTH, ("agree", "written"), ("consent", "a", "refused")],
    [("withdrawn",)],
    [("accepted",), ("session",), ("consent", "a", "agreed"), ("withdrawn",)],
]


def test_phone_and_server_say_alike_where_each_step_leads(world):
    turns = words.said()["case_turns"]
    told = in_node(AFTER, {"turns": turns, "paths": [on_a_phone(path) for path in PATHS]})
    assert told == [lived_here(world, path) for path in PATHS]


def test_what_may_follow_and_what_it_is_called_is_what_the_desk_says():
    told = words.said()
    assert told["case_follow"] == {stage: " ".join(acts) for stage, acts in MAY_FOLLOW.items()}
    assert set(words.ON_A_PHONE) <= set(ACTS)
    alike = {
        "case_sides": desk.SIDES, "case_party_sorts": desk.PARTY_SORTS, "case_consents": desk.CONSENTS,
        "case_answers": desk.ANSWERS, "case_by": desk.BY, "case_ways": desk.WAYS, "case_told": desk.TOLD,
        "case_ends": desk.ENDS, "case_kept": desk.KEPT, "case_forms": desk.AGREED_HOW, "case_settles": desk.SETTLES,
        "case_sources": SOURCE_WORDS, "case_procedures": desk.PROCEDURES, "case_afraid": dict(AFRAID),
    }  # fmt: skip
    assert {name: told[name] for name in alike} == {
        name: {code: str(text) for code, text in of.items()} for name, of in alike.items()
    }


def test_the_scripts_offer_the_acts_that_the_words_name():
    script = (FACES / "field/static/field/js/pages/case.js").read_text(encoding="utf-8")
    [named] = re.findall(r"export const HERE = new Set\(\[(.*?)\]\)", script)
    assert re.findall(r'"([\w-]+)"', named) == list(words.ON_A_PHONE)
