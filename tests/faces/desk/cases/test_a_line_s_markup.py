"""A line of the board of cases is written by hand: whatever is said in it is words, and never markup."""

from datetime import date
from uuid import uuid4

from django.utils.safestring import SafeString

from concerto.faces.desk.cases.board import Row
from concerto.faces.desk.cases.lines import drawn


def test_whatever_is_said_in_a_line_is_escaped_once():
    clock = SafeString("<svg></svg>")
    row = Row(
        uuid4(),
        "<u>1</u>",
        ["<b>马</b>", 'x" & y'],
        "<i>草场</i>",
        "<s>村</s>",
        "<em>邻里</em>",
        "<p>站</p>",
        "<q>谈</q>",
        "<h1>组</h1>",
        clock,
        date(2026, 9, 2),
        3,
    )
    said = drawn([row, row])
    for tag in ("<u>", "<b>", "<i>", "<s>", "<em>", "<p>", "<q>", "<h1>", "&amp;amp;", 'x" &'):
        assert tag not in said
    for told in ("&lt;u&gt;1", "&lt;b&gt;马", "x&quot; &amp; y", "&lt;i&gt;草场", "&lt;em&gt;邻里", "&lt;q&gt;谈"):
        assert said.count(told) == 2
    assert said.count("&lt;h1&gt;组") == 1
    assert clock in said
    assert f'href="/cases/{row.id}/"' in said
