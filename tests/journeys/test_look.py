"""The look in a real browser: nothing runs over the edge, a finger finds every key, and nobody is left out."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.faces.desk.specimen.pages")]

PAGES = ["/specimen/", "/specimen/form/", "/accounts/login/", "/nowhere/"]
RUNS_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((key) => key.offsetParent && !key.closest(".hidden, .skip, p:not(.buttons), .crumb"))
  .map((key) => [key, (key.closest("label.choice, label.tick, label.version, .search") ?? key).getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 43.5)
  .map(([key, box]) => `${key.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`)"""
UNNAMED = """() => [...document.querySelectorAll("svg:not([aria-hidden])")]
  .filter((drawing) => !drawing.closest("[aria-hidden=true]") && !drawing.getAttribute("aria-label"))
  .map((drawing) => drawing.outerHTML.slice(0, 80))"""
CINNABAR = """() => {
  const probe = document.createElement("i");
  probe.className = "button-main";
  document.body.append(probe);
  const cinnabar = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return [...document.querySelectorAll("a, button")]
    .filter((key) => key.offsetParent && getComputedStyle(key).backgroundColor === cinnabar).length;
}"""


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("text", ["m", "xl"])
def test_nothing_runs_over_the_edge(live_server, page, address, text):
    for width in (320, 360, 683, 768, 1024, 1366, 1920):  # 683: a desk at 200 %
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(f"{live_server.url}{address}?text={text}")
        assert (width, page.evaluate(RUNS_OVER)) == (width, 0)


@pytest.mark.parametrize("address", PAGES)
def test_a_finger_finds_every_key_of_a_phone(live_server, page, address):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{address}")
    assert page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1366])
def test_nobody_is_left_out(live_server, page, obstacles, address, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{live_server.url}{address}")
    assert obstacles() == []
    assert page.evaluate(UNNAMED) == []
    assert page.evaluate(CINNABAR) <= 1


def test_a_refused_form_takes_the_focus_and_leads_to_the_field(live_server, page):
    page.goto(f"{live_server.url}/specimen/")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.locator(".notice a[href='#id_met']").click()
    assert page.evaluate("document.activeElement.name") == "met"
