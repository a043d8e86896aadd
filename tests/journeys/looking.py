"""The rules by which a page is looked at."""

from typing import Any

from tests.conftest import CHECKOUT

AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What moves is looked at when it has come to rest: a colour on its way to another has no contrast of its own.
AT_REST = """() => Promise.allSettled(
  document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < 1000).map((one) => one.finished)
).then(() => true)"""
# What holds is told neither by axe nor over the line: of a long page that is most of the work.
LOOKED_AT = """async (rules) => {
  const found = await axe.run({runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
  return found.violations.flatMap(({id, nodes}) => nodes.map(
    ({html, any}) => `${id}: ${html.slice(0, 120)} ${any.map(({message}) => message)}`));
}"""


def obstacles_on(page: Any) -> list[str]:
    """Say what on a page stands in the way of somebody who sees, hears or moves differently."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(AT_REST)
    found: list[str] = page.evaluate(LOOKED_AT, RULES)
    return found
