"""Whatever is sent to a page of the office, it answers in words and never falls over."""

import pytest
from django.urls import reverse

from tests.cast import TOWNSHIP

NONSENSE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "😀" * 40,
    "乡" * 500,
    "'; DROP TABLE account; --",
    "<script>x</script>",
    "%",
    "_",
    "2026-99-99",
    "1e309",
    "-1",
    "null",
    "\u202e",
    "٠١٢",
    "１２",
]


@pytest.mark.parametrize("words", NONSENSE)
def test_nonsense_in_what_is_looked_up(desk, adm, pri, words):
    client = desk.of(adm)
    for page, names in (("people", ("township", "q", "after")), ("unit-open", ("q",)), ("person-new", ("township",))):
        answer = client.get(reverse(f"desk:{page}"), dict.fromkeys(names, words))
        assert answer.status_code == 200, page
        assert b"<script>x" not in answer.content
    client = desk.of(pri)
    for page in ("acts", "act-slips"):
        assert client.get(reverse(f"desk:{page}"), {"before": words}).status_code == 200


@pytest.mark.parametrize("words", NONSENSE)
def test_nonsense_in_every_field_of_every_form(desk, adm, wang, lin, world, words):
    client = desk.of(adm)
    posting = world.postings["lin"]
    branch = ("unit", TOWNSHIP, world.branch_a.id)
    fields = (
        "name",
        "called",
        "kind",
        "task",
        "township",
        "language",
        "village",
        "code",
        "since",
        "until",
        "on",
        "draft",
        "person",
        "role",
        "unit",
        "parts",
        "letter",
        "deputy",
        "absence",
        "text_size",
        "division",
        "has_committee",
        "group-name",
        "group-since",
        "rename-name",
        "rename-on",
        "close-on",
        "branch-village",
    )
    pages = [
        ("unit-new", TOWNSHIP),
        ("person-new",),
        ("person", lin.id),
        ("posting-new", TOWNSHIP),
        ("my-page",),
        ("unit-open",),
        *(("posting-change", TOWNSHIP, posting, what) for what in ("change", "end", "away", "back")),
    ]
    for name, *args in pages:
        answer = client.post(reverse(f"desk:{name}", args=args), dict.fromkeys(fields, words))
        assert answer.status_code in (302, 404, 422), (name, words)
    for change in ("rename", "close", "branch", "group", words):
        data = {**dict.fromkeys(fields, words), "change": change}
        answer = client.post(reverse("desk:unit", args=branch[1:]), data)
        assert answer.status_code in (200, 302, 422), change


@pytest.mark.parametrize("words", NONSENSE)
def test_nonsense_at_the_door(client, db, words):
    data = dict.fromkeys(("login", "secret", "password", "again"), words)
    assert client.post(reverse("desk:slip"), data).status_code in (200, 422)
    assert client.post(reverse("account_login"), data).status_code in (200, 302, 422)


def test_a_posting_change_that_there_is_not_is_not_there(desk, adm, world):
    client = desk.of(adm)
    for what in ("nonsense", "__class__", "change-"):
        address = reverse("desk:posting-change", args=[TOWNSHIP, world.postings["lin"], what])
        assert client.get(address).status_code == 404


def test_a_form_sent_after_the_session_ended_is_said_to_be_unrecorded_at_the_door(client):
    where = reverse("desk:case-new")

    sent = client.post(where, {"summary": "两家为界桩吵"})
    door = client.get(sent.url)

    assert sent.url == f"{reverse('account_login')}?next={where}&unsent=1"
    assert "没有记下来" in door.content.decode()
    assert "没有记下来" not in client.get(client.get(where).url).content.decode()
