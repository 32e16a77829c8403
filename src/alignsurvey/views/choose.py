"""A guide to the methods: questions made from the records, and the methods to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from alignsurvey.records.base import Ref
from alignsurvey.records.method import Method
from alignsurvey.records.tradeoff import Tradeoff
from alignsurvey.survey import Survey
from alignsurvey.views import answers, evidence
from alignsurvey.views.answers import Option, Status
from alignsurvey.views.claims import Quoted
from alignsurvey.views.facts import columns, label_of

KIND = "method"
SUPPLIES = frozenset({"preference_pairs", "human_labels", "verifier", "weights_access"})
"""Needs that a reader may bring along; any need may be one that is out of reach."""
_ASKED: Mapping[str, tuple[str, str]] = {
    "objectives": ("What do you want to improve?", "is meant to improve {}"),
    "stage": ("When can you act?", "acts in {}"),
    "feedback": ("Which feedback do you have?", "feedback: {}"),
    "family": ("Which kind of method?", "belongs to {}"),
}
"""How the facets of the methods are asked for, and how an answer reads."""
_ORDER = (
    "objectives",
    "feedback",
    "have",
    "cannot",
    "evidence",
    "toward",
    "stage",
    "cost",
    "family",
)
_OWN = frozenset({"have", "cannot", "evidence", "toward", "cost", "h", "q"})
"""Parameters that a facet's question may not take."""
UNLOOKED = "nobody has looked"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers."""

    name: str
    """The parameter of the address."""
    title: str
    hint: str
    options: tuple[Option, ...]
    methods: tuple[Method, ...]
    """Everything that may be chosen."""
    every: bool
    """Whether a method must fit every chosen answer, and not just one of them."""
    absent: Status = "unknown"
    """What it means that a method has no line for an answer."""
    silence: str = UNLOOKED
    """How that reads."""

    def unsaid(self, option: Option) -> int:
        """How many methods have no line for an answer."""
        return len(self.methods) - len(option.named)

    def silent(self, option: Option) -> tuple[Method, ...]:
        """The methods that have no line for an answer."""
        named = option.named
        return tuple(method for method in self.methods if method.ref not in named)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A method that may be chosen, with how firm its evidence is."""

    method: Method
    tally: evidence.Tally
    claims: tuple[Quoted, ...] = ()
    """The claims behind its lines, each once."""

    @property
    def warning(self) -> str:
        """What is thin about the evidence; empty when nothing is."""
        if not self.tally.total:
            return "No evidence on record"
        return "Thin evidence: nothing replicated, nothing proven" if self.tally.thin else ""

    @property
    def rank(self) -> tuple[int, bool, int, str]:
        """The key by which candidates are ordered: the firmest evidence first."""
        tally = self.tally
        return -tally.by_others, tally.thin, -tally.total, self.method.name.casefold()


@dataclass(frozen=True, slots=True)
class Guide:
    """All questions, and all candidates with the firmest evidence first."""

    questions: tuple[Question, ...]
    candidates: tuple[Candidate, ...]


def guide(survey: Survey) -> Guide:
    """The guide to the methods of a survey."""
    methods = survey.of(Method)
    asked = sorted(_questions(survey, methods), key=_place)
    questions = tuple(question for question in asked if question.options)
    behind: dict[Ref, dict[str, Quoted]] = {method.ref: {} for method in methods}
    for question in questions:
        for line in (line for option in question.options for line in option.lines):
            behind[line.method.ref] |= {quoted.anchor: quoted for quoted in line.claims}
    candidates = (
        Candidate(method, evidence.tally(method), tuple(behind[method.ref].values()))
        for method in methods
    )
    return Guide(questions, tuple(sorted(candidates, key=lambda candidate: candidate.rank)))


def _place(question: Question) -> int:
    return _ORDER.index(question.name) if question.name in _ORDER else len(_ORDER)


def _used(options: Iterable[Option]) -> tuple[Option, ...]:
    """The answers that at least one method fits."""
    return tuple(option for option in options if option.of("yes"))


def _questions(survey: Survey, methods: tuple[Method, ...]) -> Iterator[Question]:
    yield from _facets(survey, methods)
    yield from _needs(survey, methods)
    yield Question(
        "toward",
        "Which side of a trade-off do you want?",
        "Methods that were found to move it that way.",
        _used(side for one in survey.of(Tradeoff) for side in answers.sides(survey, one)),
        methods,
        every=True,
        silence="not studied",
    )
    costs = [column for column in columns(survey, KIND) if column.path[0] == "cost"]
    yield Question(
        "cost",
        "Which cost must be known?",
        "Sources give costs in units of their own, which are not compared here.",
        _used(answers.cost(survey, column, methods) for column in costs),
        methods,
        every=True,
    )
    tested = answers.claimed(
        "third-party", "Third-party evidence", "replication", "tested by others", methods
    )
    proven = answers.claimed("theorem", "Something proven", "theorem", "proven", methods)
    yield Question(
        "evidence",
        "How firm must the evidence be?",
        "What its authors alone have shown may be true; nobody else has tested it.",
        _used((tested, proven)),
        methods,
        every=True,
        absent="no",
        silence="not on record",
    )


def _facets(survey: Survey, methods: tuple[Method, ...]) -> Iterator[Question]:
    for facet, use in survey.model.uses(KIND):
        if "." not in use.field:
            label = label_of(use.field)
            title, words = _ASKED.get(use.field, (label, f"{label.lower()}: {{}}"))
            yield Question(
                f"by-{use.field}" if use.field in _OWN else use.field,
                title,
                "Methods that are recorded under any of these.",
                _used(answers.concepts(survey, facet, use.field, words, methods)),
                methods,
                every=False,
                absent="no",
                silence="not recorded so",
            )


def _needs(survey: Survey, methods: tuple[Method, ...]) -> Iterator[Question]:
    needs = [column for column in columns(survey, KIND) if column.path[0] == "needs"]
    supplies = [column for column in needs if column.path[-1] in SUPPLIES]
    yield Question(
        "have",
        "What else do you have?",
        "Methods that can make use of any of it.",
        _used(answers.need(survey, column, methods, have=True) for column in supplies),
        methods,
        every=False,
    )
    yield Question(
        "cannot",
        "What can you not afford?",
        "Methods that do without all of it.",
        _used(answers.need(survey, column, methods, have=False) for column in needs),
        methods,
        every=True,
    )
