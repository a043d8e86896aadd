"""A handover: what one posting leaves open, for its holder and the organizer; it ends on its day, signed or not."""

from datetime import date

import pytest
from django.urls import reverse

from concerto.faces.desk.writing import seen
from concerto.journal.kinds.postings import PostingChange1
from concerto.journal.models import Entry
from concerto.places.models import Account
from concerto.register.models import Posting
from tests.cast import NOON
from tests.papers.standing.test_workplace import change_posting

from .boards import a_year, autumn, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
__all__ = ["autumn"]


def page(client, posting) -> str:
    answer = client.get(reverse("desk:handover", args=[posting]))
    assert answer.status_code == 200
    return answer.content.decode()


def end_of(world, name: str, until: date) -> None:
    posting = world.postings[name]
    saw = seen(posting, Posting.objects.get(id=posting).wordings, ["until"])
    item = world.pen.item(PostingChange1(posting=posting, until=until), unit=world.branch_a.id, saw=saw)
    [receipt] = world.receive(item, at=NOON)
    assert receipt.stands, receipt


def test_it_lists_what_the_post_owes_one_by_one(desk, world):
    visit(world, date(2026, 9, 3), world.house_1.id)
    a_year(world)
    text = page(desk.of(world.lin), world.postings["lin"])
    assert "主题党日" in text
    assert "9月，要办，9月30日前" in text
    assert "8月，漏了" in text
    assert "3月" not in text.replace("13月", "")
    assert "每周自学" not in text
    assert "手机上还没发出的，这里不知道" in text
    owed = text.split("岗位上要办的")[-1].split("</table>")[0]
    assert owed.count("走访帮扶户") == 1  # August; September was done


def test_it_names_the_households_that_are_helped(desk, world):
    name = next(iter(world.house_1.people))
    helped = page(desk.of(world.lin), world.postings["lin"]).split("结对帮扶的户")[1]
    assert name in helped
    assert "结对帮扶的户" not in page(desk.of(world.sec), world.postings["sec"])


def test_it_ends_on_its_day_whether_or_not_it_is_signed(desk, world):
    end_of(world, "lin", date(2026, 8, 15))
    before = Entry.objects.count()
    text = page(desk.of(world.wang), world.postings["lin"])
    assert "派驻到2026年8月15日结束，不管这张纸签没签" in text
    assert "8月，要办，8月31日前" in text  # as it stood on its last day
    assert "9月，" not in text.split("岗位上要办的")[-1].split("</table>")[0]
    assert Entry.objects.count() == before
    assert "<form" not in text.split('id="main"')[1].split("</main>")[0]


def test_above_the_village_it_says_of_households_how_many_duty_by_duty(desk, world):
    visit(world, date(2026, 9, 3), world.house_1.id)
    a_year(world)
    owed = page(desk.of(world.wang), world.postings["lin"]).split("岗位上要办的")[-1].split("</table>")[0]
    assert "9月，要办，9月30日前" in owed  # what the branch owes is told as ever
    row = owed.split("走访帮扶户")[1].split("</tr>")[0]
    assert "上泉村" in row
    assert "没办的不到 5 户，也可能没有" in row
    for hidden in (str(world.house_1.id), next(iter(world.house_1.people)), "漏了", "要办", "8月"):
        assert hidden not in row
    assert owed.count("走访帮扶户") == 1
    assert "没办的不到" not in page(desk.of(world.lin), world.postings["lin"])


def test_above_the_village_a_duty_that_is_all_done_reads_as_one_that_nearly_is(desk, world):
    def owed() -> str:
        text = page(desk.of(world.wang), world.postings["lin"])
        return text.split("岗位上要办的")[-1].split("</table>")[0]

    visit(world, date(2026, 9, 3), world.house_1.id)
    before = owed()
    visit(world, date(2026, 8, 3), world.house_1.id)
    assert owed() == before
    assert before.count("走访帮扶户") == 1


def test_an_organizer_who_stands_in_for_the_village_reads_its_lines(desk, world):
    visit(world, date(2026, 9, 3), world.house_1.id)
    for name in ("lin", "sec"):
        change_posting(world, name, until=date(2026, 9, 17))
    owed = page(desk.of(world.wang), world.postings["lin"]).split("岗位上要办的")[-1].split("</table>")[0]
    assert "没办的不到" not in owed
    assert str(world.house_1.id) in owed.split("走访帮扶户")[1].split("</tr>")[0]


def test_it_is_for_its_holder_and_the_organizer(desk, world):
    where = reverse("desk:handover", args=[world.postings["lin"]])
    told = {name: desk.of(getattr(world, name)).get(where).status_code for name in
            ("lin", "wang", "sec", "ma", "zhou", "gao", "other", "adm", "pri", "newcomer")}  # fmt: skip
    assert told.pop("lin") == told.pop("wang") == 200
    assert set(told.values()) == {404}


def test_the_posting_and_my_page_lead_there(desk, world):
    where = reverse("desk:handover", args=[world.postings["lin"]])
    assert where in desk.of(world.lin).get(reverse("desk:my-page")).content.decode()
    posting = reverse("desk:posting", args=[world.township.log, world.postings["lin"]])
    assert where in desk.of(world.wang).get(posting).content.decode()
    assert where not in desk.of(world.adm).get(posting).content.decode()


def test_every_posting_of_the_cast_has_one(desk, world, django_assert_max_num_queries):
    a_year(world)
    for name, posting in world.postings.items():
        account: Account = getattr(world, name)
        with django_assert_max_num_queries(60):
            page(desk.of(account), posting)
