"""Records of one kind side by side: all that can be compared of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alignsurvey.records.base import Record, Ref
from alignsurvey.survey import Survey
from alignsurvey.views import findings, points
from alignsurvey.views.facts import Column, Fact, columns, fact
from alignsurvey.views.likeness import Close, closest

FEWEST, MOST = 2, 6
"""How many records can stand side by side."""
NOT_COMPARED = frozenset({"term", "reference"})
"""Kinds whose records hold nothing to compare."""
NEEDED = frozenset({"required", "optional", "none"})
"""How much a method may need something."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A fact of one record beside those of others."""

    fact: Fact

    @property
    def level(self) -> str:
        """How much a method needs it, where that is one clear word; otherwise empty."""
        if self.fact.contested or not set(self.fact.column.choices) >= NEEDED:
            return ""
        return next((value.text for value in self.fact.values if value.text in NEEDED), "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that can be compared of one record."""

    record: Record
    cells: tuple[Cell, ...]
    points: tuple[tuple[points.Field, tuple[points.Point, ...]], ...]
    """What every field of claims says, in the order of the kind's fields."""
    results: tuple[findings.Result, ...]
    """The comparisons in which findings name the record."""
    closest: tuple[Close, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which the record can be picked."""
        return tuple(dict.fromkeys((*self.record.names, self.record.id)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All records of a kind, ready to be put side by side."""

    kind: type[Record]
    columns: tuple[Column, ...]
    fields: tuple[points.Field, ...]
    """The fields of claims that at least one record fills."""
    sheets: tuple[Sheet, ...]
    pairs: tuple[tuple[Record, Record], ...]
    """Pairs that somebody compared or declared alternatives, to begin with."""

    @property
    def opposed(self) -> bool:
        """Whether findings set records of this kind against each other."""
        return any(sheet.results for sheet in self.sheets)

    @property
    def data(self) -> Mapping[str, Any]:
        """What the page's script must know beside the table itself."""
        return {
            "kind": self.kind.kind,
            "label": self.kind.label.lower(),
            "plural": self.kind.plural.lower(),
            "folder": self.kind.folder,
            "records": {
                sheet.record.id: {
                    "name": sheet.record.name,
                    "names": list(sheet.names),
                    "former": list(getattr(sheet.record, "former_ids", ())),
                    "closest": [close.record.id for close in sheet.closest],
                }
                for sheet in self.sheets
            },
        }


def kinds(survey: Survey) -> tuple[type[Record], ...]:
    """The kinds with records enough to stand side by side, in their own order."""
    return tuple(
        cls
        for kind, cls in survey.held.items()
        if kind not in NOT_COMPARED and len(survey.of(kind)) >= FEWEST
    )


def comparison(survey: Survey, cls: type[Record]) -> Comparison:
    """All that can be compared of the records of a kind."""
    records = survey.of(cls.kind)
    shown = columns(survey, cls.kind)
    fields = tuple(
        one for one in points.fields(cls) if any(getattr(record, one.name) for record in records)
    )
    results = _results(survey)
    sheets = tuple(_sheet(survey, record, shown, fields, results[record.ref]) for record in records)
    return Comparison(cls, shown, fields, sheets, tuple(_pairs(survey, sheets)))


def _sheet(
    survey: Survey,
    record: Record,
    shown: Sequence[Column],
    fields: Sequence[points.Field],
    results: Sequence[findings.Result],
) -> Sheet:
    return Sheet(
        record,
        tuple(Cell(fact(survey.model, record, column)) for column in shown),
        tuple((field, points.points(survey, record, field.name)) for field in fields),
        tuple(results),
        closest(survey, record.ref),
    )


def _results(survey: Survey) -> Mapping[Ref, list[findings.Result]]:
    found: dict[Ref, list[findings.Result]] = defaultdict(list)
    for result in findings.results(survey):
        found[result.comparison.better].append(result)
        found[result.comparison.worse].append(result)
    return found


def _pairs(survey: Survey, sheets: Sequence[Sheet]) -> Iterator[tuple[Record, Record]]:
    """Pairs of which findings speak most often, then each record with a declared alternative."""
    shown = {sheet.record.ref for sheet in sheets}
    ranked = [pair for pair in findings.rivals(survey) if shown.issuperset(pair)]
    declared = (
        tuple(sorted((sheet.record.ref, close.record.ref)))
        for sheet in sheets
        for close in sheet.closest
        if close.declared
    )
    for one, other in dict.fromkeys((*ranked, *declared)):
        yield survey[one], survey[other]
