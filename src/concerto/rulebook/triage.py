"""Where a dispute belongs, asked before any name: the questions as data, and what follows from the answers."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from .routes import Said, routes

Situation = Mapping[str, tuple[str, ...]]  # question → the answers of which one was given


@dataclass(frozen=True)
class Answer:
    """One answer that can be given."""

    id: str
    words: Said


@dataclass(frozen=True)
class Question:
    """One question, and in which situation it is asked."""

    id: str
    asks: Said
    answers: tuple[Answer, ...]
    when: Situation

    def answer(self, given: str) -> Answer | None:
        """Give the answer of this id; none where there is no such."""
        return next((one for one in self.answers if one.id == given), None)


@dataclass(frozen=True)
class End:
    """Where it belongs: what is said and done, and the routes, the likeliest first.

    What is `ours` may be mediated. Of a `quiet` one there is nothing on paper. `keeps` is printed for both sides.
    """

    id: str
    when: tuple[Situation, ...]
    title: Said
    says: tuple[Said, ...]
    routes: tuple[str, ...]
    source: str
    ours: bool = False
    quiet: bool = False
    keeps: Said | None = None


@dataclass(frozen=True)
class Step:
    """How far it is: the answers that counted, in their order, then what is asked next or where it ends."""

    given: Mapping[str, str]
    question: Question | None = None
    end: End | None = None


@dataclass(frozen=True)
class Triage:
    """All questions and ends, in their order."""

    questions: tuple[Question, ...]
    ends: tuple[End, ...] = field(default=())

    def step(self, answers: Mapping[str, str]) -> Step:
        """Say what follows from some answers. What was not asked counts for nothing, whatever it says.

        >>> triage().step({"what": "violence", "wanted": "talk"}).end.id
        'violence'
        >>> triage().step({"what": "pasture", "danger": "no"}).question.id
        'owns'
        """
        given: dict[str, str] = {}
        for question in self.questions:
            if not _holds(question.when, given):
                continue
            answer = question.answer(answers.get(question.id, ""))
            if answer is None:
                return Step(given, question=question)
            given[question.id] = answer.id
            end = next((one for one in self.ends if any(_holds(when, given) for when in one.when)), None)
            if end is not None:
                return Step(given, end=end)
        raise ValueError(f"these answers lead nowhere: {given}")

    def paths(self, given: Mapping[str, str] | None = None) -> Iterator[Step]:
        """Go every way there is, each to its end."""
        step = self.step(given or {})
        if step.question is None:
            yield step
            return
        for answer in step.question.answers:
            yield from self.paths({**step.given, step.question.id: answer.id})


def _holds(when: Situation, given: Mapping[str, str]) -> bool:
    return all(given.get(question) in answers for question, answers in when.items())


@cache
def triage() -> Triage:
    """Read what ships; what speaks of a question, an answer or a route that is not there is nonsense."""
    told = tomllib.loads(files("concerto.rulebook").joinpath("data/triage.toml").read_text(encoding="utf-8"))
    read = Triage(tuple(_question(one) for one in told["question"]), tuple(_end(one) for one in told["end"]))
    known = {question.id: {answer.id for answer in question.answers} for question in read.questions}
    situations = [question.when for question in read.questions] + [when for end in read.ends for when in end.when]
    for when in situations:
        for question, answers in when.items():
            if not set(answers) <= known.get(question, set()):
                raise ValueError(f"no such answer: {question} {answers}")
    if unknown := {route for end in read.ends for route in end.routes} - routes().keys():
        raise ValueError(f"no such route: {sorted(unknown)}")
    return read


def _question(told: Mapping[str, Any]) -> Question:
    answers = tuple(Answer(one["id"], Said(one["zh"], one["en"])) for one in told["answers"])
    return Question(told["id"], Said(**told["asks"]), answers, _situation(told.get("when", {})))


def _end(told: Mapping[str, Any]) -> End:
    return End(
        told["id"],
        tuple(_situation(when) for when in told["when"]),
        Said(**told["title"]),
        tuple(Said(**one) for one in told["says"]),
        tuple(told["routes"]),
        told["source"],
        ours=told.get("ours", False),
        quiet=told.get("quiet", False),
        keeps=Said(**told["keeps"]) if "keeps" in told else None,
    )


def _situation(told: Mapping[str, list[str]]) -> Situation:
    return {question: tuple(answers) for question, answers in told.items()}
