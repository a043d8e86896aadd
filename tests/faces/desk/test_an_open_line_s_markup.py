"""A line of the open list is written by hand: whatever is said in it is words, and never markup."""

from datetime import date

import pytest

from concerto.faces.desk.open_lines import drawn
from concerto.faces.desk.open_list import Row


@pytest.mark.parametrize("is_struck", [False, True])
def test_whatever_is_said_in_a_line_is_escaped_once(is_struck):
    row = Row(
        "<b>诉求</b>",
        "<i>修渠</i>",
        'x" & y',
        '/needs/1/?a=1&b="',
        "<s>村</s>",
        "<u>难</u>",
        "<q>村级</q>",
        "<em>站</em>",
        date(2026, 9, 2),
        date(2026, 9, 9),
        struck="<p>办好</p>",
        struck_on=date(2026, 9, 3),
        entry='/entries/1/"',
    )
    said = drawn([row], is_struck=is_struck)
    for tag in ("<b>", "<i>", "<s>", "<u>", "<q>", "<em>", "<p>", "&amp;amp;", '1/"">', 'x" &'):
        assert tag not in said
    for told in ("&lt;b&gt;诉求", "&lt;i&gt;修渠", "x&quot; &amp; y", "?a=1&amp;b=&quot;", "&lt;em&gt;站"):
        assert told in said
    assert ("&lt;p&gt;办好" in said) is is_struck
    assert f'<time datetime="2026-09-0{3 if is_struck else 2}">' in said
