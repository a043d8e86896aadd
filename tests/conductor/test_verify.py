"""Whatever is changed by hand in the books is named by `verify`; what it cannot find it says."""

import json
from collections.abc import Callable
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command

from concerto.conductor import replay
from concerto.conductor.heads import heads, read_heads
from concerto.conductor.rebuild import rebuild
from concerto.conductor.verify import verify, verify_log
from concerto.groundwork import canonical, database
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.keeping import Erased, Erasure1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, Head, Proof, Sealed, Touch
from concerto.parts.assistance.models import AssistanceLine
from concerto.parts.visits.models import Visit
from concerto.register.models import Resident
from tests.cast import TODAY, TOWNSHIP, VILLAGE_A, enter
from tests.needs import Life

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    """The cast, with a second visit, which is corrected."""
    world = enter()
    body = Visit1(channel="phone_call", households=[world.house_2.id], outcome="nobody_home")
    world.second = world.pen.new_id()
    world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, id=world.second), by=world.lin)
    seen = {f"{world.second}.wording": str(world.second)}
    again = Visit1(channel="phone_call", households=[world.house_2.id], outcome="not_now")
    item = world.pen.item(again, unit=VILLAGE_A, by=world.lin, on=TODAY, corrects=world.second, saw=seen)
    assert world.receive(item, by=world.lin)[0].outcome == "accepted"
    return world


def visited(world) -> Entry:
    return Entry.objects.get(log=TOWNSHIP, id=world.visit)


def entry(world):
    return Entry.objects.filter(log=TOWNSHIP, id=world.visit)


def last(world):
    return Entry.objects.filter(log=TOWNSHIP, seq=Head.objects.get(log=TOWNSHIP).seq)


def change_text(world):
    found = visited(world)
    entry(world).update(said=found.said.replace('"met"', '"not_now"', 1))


def change_filed(world):
    entry(world).update(filed=visited(world).filed.replace('"late":0', '"late":1').replace("{", '{"late":9,', 1))


def change_column(world):
    entry(world).update(kind="gathering")


def change_day(world):
    entry(world).update(happened_on="2026-05-21")


def remove_entry(world):
    entry(world).delete()


def swap_entries(world):
    one, two = visited(world).seq, visited(world).seq - 1
    numbers = Entry.objects.filter(log=TOWNSHIP)
    for was, now in ((one, -1), (two, one), (-1, two)):
        numbers.filter(seq=was).update(seq=now)


def lower_head(world):
    Head.objects.filter(log=TOWNSHIP).update(seq=3)


def change_line(world):
    Visit.objects.filter(log=TOWNSHIP, entry=world.visit).update(state="declined")


def change_name(world):
    Resident.objects.filter(log=TOWNSHIP, id=world.house_2.head).update(name="别人")


def add_line(world):
    line = AssistanceLine.objects.filter(log=TOWNSHIP).first()
    line.n = 7
    line.save(force_insert=True)


def add_line_of_nothing(world):
    line = AssistanceLine.objects.filter(log=TOWNSHIP).first()
    line.id = world.pen.new_id()
    line.save(force_insert=True)


def remove_line(world):
    AssistanceLine.objects.filter(log=TOWNSHIP).first().delete()


def remove_proofs(world):
    database.run("DELETE FROM proof WHERE log = %s", [TOWNSHIP])


def delete_sealed(world):
    Sealed.objects.filter(log=TOWNSHIP, about=world.need).delete()


def change_sealed(world):
    Sealed.objects.filter(log=TOWNSHIP, about=world.need).update(text="想修路")


def add_sealed(world):
    part = Sealed.objects.filter(log=TOWNSHIP, about=world.need).get()
    words = {"about": part.about, "audience": part.audience, "salt": part.salt, "text": "还有"}
    digest = canonical.part_digest(**{name: str(value) for name, value in words.items()})
    Sealed.objects.create(log=TOWNSHIP, seq=part.seq, n=9, digest=digest, **words)


def add_sealed_nowhere(world):
    Sealed.objects.filter(log=TOWNSHIP, about=world.need).update(seq=999)


def remove_touch(world):
    Touch.objects.filter(log=TOWNSHIP, thing=world.need).delete()


def remove_touch_of_a_restatement(world):
    Touch.objects.filter(log=TOWNSHIP, thing=world.house_2.id, seq=last(world).get().seq).delete()


def add_touch(world):
    Touch.objects.create(log=TOWNSHIP, thing=world.house_3.id, how=2, seq=1, what="household")


def other_release(world):
    Head.objects.filter(log=TOWNSHIP).update(ledger_version="0")


TAMPERINGS: list[tuple[Callable, str, str]] = [
    (change_text, "chain", "entry"),
    (change_filed, "chain", "entry"),
    (change_column, "column", "kind"),
    (change_day, "column", "happened_on"),
    (remove_entry, "gap", "entry"),
    (swap_entries, "chain", "entry"),
    (lower_head, "head", "head"),
    (change_line, "row_changed", "visit_line"),
    (change_name, "row_changed", "resident"),
    (add_line, "row_added", "assistance_line"),
    (add_line_of_nothing, "row_added", "assistance_line"),
    (remove_line, "row_removed", "assistance_line"),
    (remove_proofs, "row_removed", "proof"),
    (delete_sealed, "part_gone", "entry"),
    (change_sealed, "part_changed", "sealed"),
    (add_sealed, "part_unnamed", "sealed"),
    (add_sealed_nowhere, "part_unnamed", "sealed"),
    (remove_touch, "touch", "entry"),
    (remove_touch_of_a_restatement, "touch", "entry"),
    (add_touch, "touch", "entry"),
    (other_release, "version", "head"),
]


def test_what_nobody_touched_holds(world):
    found = verify()
    assert (found.difference, found.logs) == (None, 2)
    assert found.entries == Entry.objects.count()


@pytest.mark.parametrize(("tamper", "code", "where"), TAMPERINGS, ids=lambda value: getattr(value, "__name__", None))
def test_it_names_what_was_changed_by_hand(world, tamper, code, where):
    tamper(world)

    difference = verify().difference

    assert difference is not None
    assert (difference.log, difference.code) == (TOWNSHIP, code)
    assert where in difference.where


def test_rows_of_a_log_without_a_head_are_named(world):
    Head.objects.filter(log=TOWNSHIP).delete()
    assert verify().difference.code == "no_head"


def test_no_difference_shows_anybody_s_words(world):
    change_name(world)
    shown = str(verify().difference)
    assert "name" in shown
    assert "王建国" not in shown
    assert "别人" not in shown


def test_ledgers_changed_by_hand_come_right_when_they_are_made_again(world):
    for tamper in (change_line, change_name, add_line, add_line_of_nothing, remove_proofs, remove_touch, add_touch):
        tamper(world)
    rebuild(TOWNSHIP)
    assert verify_log(TOWNSHIP) is None


@pytest.fixture
def proven(world, monkeypatch):
    """A need that its household's word confirmed, in a log of which one thing at a time is folded again."""
    monkeypatch.setattr(replay, "TOUCHES_AT_ONCE", 1)
    need = Life(world)
    need.step("done", outcome="solved")
    need.by_slip("yes", "2026-09-10")
    return Proof.objects.get(log=TOWNSHIP, kind="need_confirmed")


def test_what_a_need_proves_lies_with_its_word_however_few_things_are_folded_at_once(proven):
    assert verify_log(TOWNSHIP) is None


def test_a_proof_that_lies_elsewhere_is_missed_and_one_too_many_is_found(proven):
    here = Proof.objects.filter(log=TOWNSHIP, id=proven.id)
    here.update(amount=7)
    assert verify_log(TOWNSHIP).code == "row_changed"
    here.delete()
    assert verify_log(TOWNSHIP).code == "row_removed"
    rebuild(TOWNSHIP)
    assert verify_log(TOWNSHIP) is None
    here.update(n=9)
    assert verify_log(TOWNSHIP).code in ("row_removed", "row_added")


# ---------------------------------------------------------------- erased words


def erase_need(world) -> None:
    digests = list(Sealed.objects.filter(log=TOWNSHIP, about=world.need).values_list("digest", flat=True))
    body = Erasure1(things_erased=[Erased(thing=world.need, what="need")], digests=digests)
    [receipt] = world.receive(world.pen.item(body, unit=VILLAGE_A, on=TODAY))
    assert receipt.outcome == "accepted"


def test_erased_words_are_no_difference(world):
    erase_need(world)
    assert not Sealed.objects.filter(about=world.need).exists()
    assert verify().difference is None


def test_erased_words_that_came_back_are_named(world):
    part = Sealed.objects.get(log=TOWNSHIP, about=world.need)
    erase_need(world)
    part.save(force_insert=True)
    assert verify().difference.code == "part_there"


# ---------------------------------------------------------------- heads kept elsewhere


def take_away_the_last(world):
    number = Head.objects.get(log=TOWNSHIP).seq
    last(world).delete()
    Touch.objects.filter(log=TOWNSHIP, seq=number).delete()
    before = Entry.objects.get(log=TOWNSHIP, seq=number - 1)
    Head.objects.filter(log=TOWNSHIP).update(seq=before.seq, digest=before.digest)
    rebuild(TOWNSHIP)


def rewrite_from_the_visit(world):
    change_text(world)
    digest = ""
    for one in Entry.objects.filter(log=TOWNSHIP).order_by("seq"):
        said = one.said.replace('"no_change"', '"not_asked"').replace('"not_now"', '"met"')
        digest = canonical.digest(digest, said, one.filed)
        Entry.objects.filter(log=TOWNSHIP, seq=one.seq).update(said=said, digest=digest)
    Head.objects.filter(log=TOWNSHIP).update(digest=digest)
    rebuild(TOWNSHIP)


@pytest.mark.parametrize(
    ("forge", "code"), [(take_away_the_last, "head_lost"), (rewrite_from_the_visit, "head_rewritten")]
)
def test_only_heads_kept_elsewhere_find_a_careful_forger(world, forge, code):
    kept = heads()
    assert verify(kept).difference is None

    forge(world)

    assert verify().difference is None
    assert verify(kept).difference.code == code


def test_heads_kept_stay_right_while_the_log_grows(world):
    kept = heads()
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="not_now")
    world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY), by=world.lin)
    assert verify([*kept, *heads()]).difference is None


def test_a_log_that_is_gone_is_missed_by_its_head(world):
    [gone] = [head._replace(log=world.house_1.id) for head in heads() if head.log == TOWNSHIP]
    assert verify([gone]).difference.code == "log_lost"


def test_heads_files_are_read_in_both_forms_and_other_lines_lie_between():
    [head, *_] = [
        *read_heads(['{"erased":["00"]}', "", f"{TOWNSHIP}\t1\t12\t{'ab' * 32}"]),
    ]
    assert (head.log, head.epoch, head.seq, head.digest) == (TOWNSHIP, 1, 12, "ab" * 32)
    assert list(read_heads([head.line()])) == [head]
    with pytest.raises(Refused, match="not_a_heads_file"):
        list(read_heads(["nonsense"]))


# ---------------------------------------------------------------- the commands


def answer(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_command_says_that_all_holds_and_what_it_cannot_find(world, tmp_path):
    file = tmp_path / "heads"
    file.write_text(answer("heads"))
    without, with_heads = (
        json.loads(answer("verify", "--json")),
        json.loads(answer("verify", "--heads", str(file), "--json")),
    )

    assert (without["holds"], with_heads["holds"], without["difference"]) == (True, True, None)
    assert len(without["cannot_find"]) == len(with_heads["cannot_find"]) + 1


def test_the_command_leaves_with_1_and_the_first_difference(world, capsys):
    change_line(world)
    with pytest.raises(SystemExit) as left:
        call_command("verify", "--json")
    found = json.loads(capsys.readouterr().out)
    assert left.value.code == 1
    assert found["difference"]["code"] == "row_changed"


# ---------------------------------------------------------------- any history, any row


def test_in_any_history_any_row_removed_by_hand_is_missed(world):
    chance = Random(7)
    for table in ("touch", "visit_line", "proof", "resident", "helper_link", "membership"):
        rows = database.fetch(f'SELECT * FROM "{table}" WHERE log = %s', [TOWNSHIP])
        assert rows, table
        row = chance.choice(rows)
        database.run(f'DELETE FROM "{table}" WHERE log = %s AND {"seq" if table == "touch" else "id"} = %s',
                     [TOWNSHIP, row[3] if table == "touch" else row[1]])  # fmt: skip
        assert verify_log(TOWNSHIP) is not None, table
        rebuild(TOWNSHIP)
        assert verify_log(TOWNSHIP) is None, table
