"""A row of Today is written by hand: whatever is said in it is words, and never markup."""

from types import SimpleNamespace

from concerto.faces.desk.today import listed


def test_whatever_is_said_in_a_row_is_escaped_once(monkeypatch):
    monkeypatch.setattr(listed, "why_address", lambda line: f"/why/{line.duty}?a=1&b={line.about}")
    lines = [SimpleNamespace(duty=name, about="house-1") for name in ("first", "second")]
    titles = {name: SimpleNamespace(title=dict.fromkeys(("zh", "en"), f"<{name}> & 'more'")) for name in ("second",)}
    row = SimpleNamespace(
        line=lines[0], lines=lines, alike=None, whom="<b>马</b>", part="visits", address='/new/?for=house-1&x="',
        meta="<i>三月</i>", due_words="<u>3月</u>", left_words="<s>2</s> & more", sign=lambda: "<svg></svg>",
        called=lambda name: f"<em>拜访</em> {name}",
        place=SimpleNamespace(mechanism=SimpleNamespace(duties=titles)),
    )  # fmt: skip

    drawn = listed.drawn(row)

    assert not [tag for tag in ("<b>", "<i>", "<em>", "<u>", "<s>", "<second>", "&amp;amp;", 'x=""') if tag in drawn]
    for said in (
        "&lt;em&gt;拜访&lt;/em&gt; &lt;b&gt;马",
        "&lt;i&gt;三月",
        "&lt;u&gt;3月",
        "&lt;s&gt;2&lt;/s&gt; &amp; more",
        "&lt;second&gt; &amp;",
    ):
        assert said in drawn
    assert 'href="/new/?for=house-1&amp;x=&quot;"' in drawn
    assert 'href="/why/first?a=1&amp;b=house-1"' in drawn
    assert "<svg></svg>" in drawn
