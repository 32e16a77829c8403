"""Answers to the questions of the guide, each with lines that say which methods fit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from alignsurvey.facets import Concept, Facet
from alignsurvey.records.base import Citation, Ref
from alignsurvey.records.method import Method
from alignsurvey.records.tradeoff import Tradeoff
from alignsurvey.survey import Survey
from alignsurvey.views import tradeoffs
from alignsurvey.views.claims import Quoted
from alignsurvey.views.facts import Column, Fact, fact
from alignsurvey.views.taxonomy import below, lines_down
from alignsurvey.wording import counted

Status = Literal["yes", "unknown", "no"]
STATUSES: tuple[Status, ...] = ("yes", "unknown", "no")
_COSTS = {"train": "training", "infer": "inference"}
_CLAIMS = ("strengths", "limitations", "effects", "claims")


@dataclass(frozen=True, slots=True)
class Line:
    """Why a method fits an answer, does not fit it, or may fit it."""

    method: Method
    status: Status
    text: str
    cite: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    claims: tuple[Quoted, ...] = ()
    """The claims behind it."""
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to a question."""

    value: str
    label: str
    lines: tuple[Line, ...]
    depth: int = 0
    """How many broader concepts stand above it."""
    group: str = ""
    """What it is listed under."""

    def of(self, status: Status) -> tuple[Line, ...]:
        """The lines of one status."""
        return tuple(line for line in self.lines if line.status == status)

    def said(self, status: Status) -> Mapping[str, tuple[Line, ...]]:
        """The lines of one status by what they say, which many say alike."""
        found: dict[str, list[Line]] = {}
        for line in self.of(status):
            found.setdefault(line.text, []).append(line)
        return {text: tuple(lines) for text, lines in found.items()}

    @property
    def named(self) -> frozenset[Ref]:
        """The methods that have a line."""
        return frozenset(line.method.ref for line in self.lines)


def inside(name: str) -> str:
    """A name as it stands inside a sentence: an abbreviation keeps its capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def concepts(
    survey: Survey, facet: Facet, field: str, words: str, methods: Sequence[Method]
) -> Iterator[Option]:
    """The concepts under which methods are recorded; ``words`` has braces for their names."""
    recorded = [(method, tuple(_concepts(survey, method, field))) for method in methods]
    for *above, concept in lines_down(survey, facet):
        wanted = {one.id for one in below(survey, concept)}
        lines = []
        for method, own in recorded:
            if names := [inside(one.name) for one in own if one.id in wanted]:
                lines.append(Line(method, "yes", words.format(" and ".join(names))))
        yield Option(concept.id, concept.name, tuple(lines), len(above))


def _concepts(survey: Survey, method: Method, field: str) -> Iterator[Concept]:
    value = getattr(method, field, None)
    for ref in value if isinstance(value, tuple) else (value,):
        if isinstance(ref, Ref) and (concept := survey.concept(ref)):
            yield concept


def need(survey: Survey, column: Column, methods: Sequence[Method], *, have: bool) -> Option:
    """Something that methods may need, as what the reader has, or as what is out of reach."""
    facts = [(method, fact(survey.model, method, column)) for method in methods]
    lines = (_need(method, one, have=have) for method, one in facts if _looked(one))
    return Option(column.path[-1], column.label, tuple(lines))


def _looked(one: Fact) -> bool:
    """Whether anybody has looked for the value."""
    return any(value.text != "unknown" for value in one.values)


def _need(method: Method, one: Fact, *, have: bool) -> Line:
    status, text = _judged(one, one.column.label.lower(), have=have)
    return _sourced(method, status, text, one)


def _sourced(method: Method, status: Status, text: str, one: Fact) -> Line:
    cite = tuple(dict.fromkeys(citation for value in one.values for citation in value.cite))
    notes = tuple(value.note for value in one.values if value.note)
    return Line(method, status, text, cite, notes, contested=one.contested)


def _judged(one: Fact, what: str, *, have: bool) -> tuple[Status, str]:
    """Whether a need fits a reader who has what is needed, or cannot afford it."""
    levels = {value.text for value in one.values}
    if len(levels) > 1:
        parts = (f"{value.text} ({value.of})" if value.of else value.text for value in one.values)
        return "unknown", f"{what}: {'; '.join(parts)}"
    match levels.pop():
        case "none":
            return ("no", f"makes no use of {what}") if have else ("yes", f"needs no {what}")
        case "optional":
            return "yes", f"{what}: optional"
        case "required":
            return "yes" if have else "no", f"{what}: required"
        case "not-applicable":
            return "no" if have else "yes", f"{what}: the question does not arise"
    return "unknown", f"{what}: the sources do not say"


def sides(survey: Survey, tradeoff: Tradeoff) -> Iterator[Option]:
    """The two poles of a trade-off, with the methods that were found to move it."""
    movers = tradeoffs.movers(survey, tradeoff)
    studied = [tradeoffs.cell(survey, method, tradeoff) for method in movers]
    for pole, way in zip(tradeoffs.poles(survey, tradeoff), ("first", "second"), strict=False):
        lines = tuple(_moved(tradeoff, cell, way) for cell in studied)
        name = survey[pole].name if pole in survey.nodes else pole.id
        yield Option(f"{tradeoff.id}:{pole.id}", name, lines, group=tradeoff.name)


def _moved(tradeoff: Tradeoff, cell: tradeoffs.Cell, way: str) -> Line:
    claims = tuple(quoted for direction in cell.directions for quoted in direction.claims)
    wanted = {direction.way in {way, "both"} for direction in cell.directions}
    words = " and ".join(_direction(direction) for direction in cell.directions)
    text = f"moves towards {words}, on {inside(tradeoff.name)}"
    if len(wanted) > 1:
        return Line(cell.method, "unknown", text, claims=claims, contested=True)
    return Line(cell.method, "yes" if True in wanted else "no", text, claims=claims)


def _direction(direction: tradeoffs.Direction) -> str:
    ends = {"both": "both sides", "neither": "neither side"}
    return ends.get(direction.way, inside(direction.label))


def cost(survey: Survey, column: Column, methods: Sequence[Method]) -> Option:
    """A cost that may be known or not; sources give it in units of their own."""
    what = _COSTS.get(column.path[-1], column.label.lower())
    facts = [(method, fact(survey.model, method, column)) for method in methods]
    lines = (_cost(method, one, what) for method, one in facts if _looked(one))
    return Option(column.path[-1], what.capitalize(), tuple(lines))


def _cost(method: Method, one: Fact, what: str) -> Line:
    if one.known:
        said = "; ".join(value.text for value in one.values if not value.empty)
        return _sourced(method, "yes", f"cost of {what}: {said}", one)
    if one.values[0].text == "not-applicable":
        return _sourced(method, "yes", f"cost of {what}: the question does not arise", one)
    return _sourced(method, "unknown", f"cost of {what}: the sources do not say", one)


def claimed(value: str, label: str, kind: str, words: str, methods: Sequence[Method]) -> Option:
    """The methods that have claims of one kind of evidence."""
    lines = []
    for method in methods:
        if claims := tuple(_claims(method, kind)):
            text = f"{counted(len(claims), 'claim')} {words}"
            lines.append(Line(method, "yes", text, claims=claims))
    return Option(value, label, tuple(lines))


def _claims(method: Method, kind: str) -> Iterator[Quoted]:
    for field in _CLAIMS:
        for position, claim in enumerate(getattr(method, field), start=1):
            if claim.evidence == kind:
                yield Quoted(method, claim, field, position)
