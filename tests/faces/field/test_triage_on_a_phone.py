"""Where a dispute belongs, on a phone: the same questions and ends as the rulebook's, on every path there is."""

import pytest
from django.utils import translation

from concerto.faces.field.words.triage import said
from concerto.rulebook.triage import triage
from tests.journal.phone import READ, in_node

STEPS = (
    READ
    + """
globalThis.document = { getElementById: () => null };
const { stepOf } = await import("FORMS/../pages/triage.js");
process.stdout.write(JSON.stringify(asked.paths.map((given) => {
  const step = stepOf(asked.triage, given);
  return [step.given, step.question?.id ?? "", step.end?.id ?? ""];
})));
"""
)


def test_a_phone_comes_to_the_same_question_or_end_from_the_same_answers():
    told = [dict(step.given) for step in triage().paths()]
    paths = [dict(list(given.items())[:n]) for given in told for n in range(len(given) + 1)]
    paths += [{**given, "owns": "yes", "nonsense": "1"} for given in told[:40]]
    with translation.override("zh-hans"):
        found = in_node(STEPS, {"triage": said()["triage"], "paths": paths})
    for given, answer in zip(paths, found, strict=True):
        step = triage().step(given)
        assert answer == [
            dict(step.given), step.question.id if step.question else "", step.end.id if step.end else ""
        ], given  # fmt: skip


@pytest.mark.parametrize(
    ("language", "title"), [("zh-hans", "先保护人，不劝和"), ("en", "Protect the person first; no talking round")]
)
def test_it_is_said_in_the_readers_language(language, title):
    with translation.override(language):
        words = said()["triage"]
    assert title in {end["title"] for end in words["ends"]}
    assert words["routes"]["police"][2] == "110"
