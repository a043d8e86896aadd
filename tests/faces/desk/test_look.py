"""The look as a whole: every part is drawn, every value is a token, every refusal says what is safe."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from concerto.faces.desk import icons

from .specimen import pages

DESK = Path(icons.__file__).parent
CSS = DESK / "static" / "desk" / "css"
STYLES = sorted(path for path in CSS.glob("*.css") if path.name != "desk.css")  # which names the others, and no rule
PARTS = [path for path in STYLES if path.name not in ("tokens.css", "modes.css")]
REFUSALS = ["400", "403", "403_csrf", "404", "429", "500"]


@pytest.fixture
def request_():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.resolver_match = None
    return request


@pytest.mark.parametrize("page", ["parts.html", "form.html"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_specimen_shows_every_part(request_, page, language):
    with override(language):
        text = pages.drawn(request_, page, pages.context())
    assert "</html>" in text
    assert text.count("<svg") > 10


@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_refusal_says_its_code_and_stands_without_a_request(name, language):
    with override(language):
        text = render_to_string(f"{name}.html")
    assert re.search(r'class="code">(Code|编号) <code>[a-z_]+</code>', text)


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_no_colour_is_named_outside_the_tokens(path):
    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", path.read_text()) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_every_side_is_logical(path):
    physical = r"(?:^|[\s{;])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom)\s*:"
    rules = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    assert re.findall(physical, rules) == []


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_every_token_that_is_used_exists(path):
    known = set(re.findall(r"(--[a-z0-9-]+)\s*:", "".join(style.read_text() for style in STYLES)))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", path.read_text())) <= known


def test_every_style_sheet_is_linked():
    linked = (CSS / "desk.css").read_text()
    assert [path.name for path in STYLES if f'"{path.name}"' not in linked] == []


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def worlds() -> dict[str, dict[str, str]]:
    """The colours of paper, night, and the practice world by day and by night."""
    tokens = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6})", (DESK / "static/desk/css/tokens.css").read_text()))
    modes = (DESK / "static/desk/css/modes.css").read_text()

    def block(selector: str) -> dict[str, str]:
        found = re.search(re.escape(selector) + r" \{(.*?)\}", modes, re.S)
        assert found
        return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6})", found[1]))

    night = tokens | block("  :root:not([data-light])")
    practice = block('  :root[data-world="practice"]')
    return {
        "paper": tokens,
        "night": night,
        "practice": tokens | practice,
        "practice night": night | block('    :root[data-world="practice"]:not([data-light])'),
    }


WORLDS = worlds()
TEXTS = [
    "--ink",
    "--ink-soft",
    "--ink-faint",
    "--cinnabar-text",
    "--study",
    "--branch",
    "--visits",
    "--disputes",
    "--assistance",
]


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("ground", ["--paper", "--paper-raised", "--paper-sunk"])
def test_every_text_can_be_read_in_every_world(world, ground):
    colours = WORLDS[world]
    faint = {name: round(contrast(colours[name], colours[ground]), 2) for name in TEXTS}
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}
    assert contrast(colours["--ink-soft"], colours[ground]) >= 7


@pytest.mark.parametrize("world", WORLDS)
def test_lines_and_edges_can_be_seen_in_every_world(world):
    colours = WORLDS[world]
    for ground in ("--paper", "--paper-raised"):
        assert contrast(colours["--staff"], colours[ground]) >= 3
        assert contrast(colours["--rule-firm"], colours[ground]) >= 3
    assert contrast(colours["--on-cinnabar"], colours["--cinnabar"]) >= 4.5
