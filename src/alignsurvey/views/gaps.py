"""What nobody has looked at, reported or measured: empty cells, and pairs without records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from alignsurvey.facets import Concept, Facet
from alignsurvey.records.base import EMPTY, Record, Ref
from alignsurvey.survey import Survey
from alignsurvey.views.facts import Column, columns, fact
from alignsurvey.views.legibility import MAX_SIDE


@dataclass(frozen=True, slots=True)
class ColumnGap:
    """How often the cells of a column hold no value, by the reason."""

    kind: type[Record]
    column: Column
    total: int
    """How many records have the column."""
    empty: tuple[tuple[str, tuple[Record, ...]], ...]
    """Each kind of empty with the records whose cell is empty so."""

    @property
    def missing(self) -> int:
        """How many cells hold no value."""
        return sum(len(records) for _, records in self.empty)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Two facets of one kind against each other, with the records of each pair of concepts."""

    kind: type[Record]
    rows: Facet
    columns: Facet
    row_concepts: tuple[Concept, ...]
    column_concepts: tuple[Concept, ...]
    counts: tuple[tuple[int, ...], ...]
    """One row of counts per row concept."""

    @property
    def empty(self) -> int:
        """How many pairs no record covers."""
        return sum(row.count(0) for row in self.counts)

    @property
    def name(self) -> str:
        """An id for the matrix on its page."""
        return f"{self.kind.kind}-{self.rows.id}-{self.columns.id}"


@dataclass(frozen=True, slots=True)
class Measured:
    """Methods against benchmarks: which pairs have published results here."""

    methods: tuple[Record, ...]
    benchmarks: tuple[Record, ...]
    results: Mapping[Ref, frozenset[Ref]]
    """The benchmarks on which a method has a result."""

    @property
    def count(self) -> int:
        """How many pairs have a result."""
        return sum(map(len, self.results.values()))

    @property
    def legible(self) -> bool:
        """Whether there are few enough benchmarks for a matrix."""
        return len(self.benchmarks) <= MAX_SIDE

    @property
    def rows(self) -> tuple[tuple[Record, frozenset[Ref]], ...]:
        """The methods with a result on any benchmark, each with these benchmarks."""
        found = ((method, self.results.get(method.ref)) for method in self.methods)
        return tuple((method, those) for method, those in found if those)

    @property
    def unmeasured(self) -> tuple[Record, ...]:
        """The methods without a result on any benchmark."""
        return tuple(method for method in self.methods if method.ref not in self.results)


def column_gaps(survey: Survey) -> tuple[ColumnGap, ...]:
    """The columns of sourced cells with empty cells, those with most gaps first within a kind."""
    return tuple(gap for kind in survey.held for gap in _column_gaps(survey, kind))


def _column_gaps(survey: Survey, kind: str) -> list[ColumnGap]:
    records = survey.of(kind)
    found = []
    for column in columns(survey, kind):
        if not column.cell:
            continue
        by_reason: dict[str, list[Record]] = {reason: [] for reason in EMPTY}
        for record in records:
            values = fact(survey.model, record, column).values
            if all(value.empty for value in values):
                by_reason[values[0].text].append(record)
        empty = tuple((reason, tuple(those)) for reason, those in by_reason.items() if those)
        if empty:
            found.append(ColumnGap(survey.model.kinds[kind], column, len(records), empty))
    return sorted(found, key=lambda gap: -gap.missing)


def matrices(survey: Survey) -> tuple[Matrix, ...]:
    """Every pair of top-level facets of a kind that has records, as a matrix."""
    found = []
    for kind, cls in survey.held.items():
        fields = [
            (facet, use.field) for facet, use in survey.model.uses(kind) if "." not in use.field
        ]
        fields.sort(key=lambda item: -len(item[0].concepts))
        for (rows, row_field), (others, other_field) in combinations(fields, 2):
            counts = _pairs(survey, kind, row_field, other_field)
            found.append(_matrix(cls, rows, others, counts))
    return tuple(found)


def _pairs(survey: Survey, kind: str, one: str, other: str) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for record in survey.of(kind):
        counts.update((a, b) for a in _terms(record, one) for b in _terms(record, other))
    return counts


def _terms(record: Record, field: str) -> Iterator[str]:
    value = getattr(record, field, None)
    for ref in value if isinstance(value, tuple) else (value,):
        if isinstance(ref, Ref):
            yield ref.id


def _matrix(
    cls: type[Record], rows: Facet, others: Facet, counts: Counter[tuple[str, str]]
) -> Matrix:
    # A concept with narrower ones is a heading of its facet; records are classified below it.
    row_concepts = tuple(concept for concept in rows.concepts if not concept.narrower)
    column_concepts = tuple(concept for concept in others.concepts if not concept.narrower)
    table = tuple(
        tuple(counts[row.id, column.id] for column in column_concepts) for row in row_concepts
    )
    return Matrix(cls, rows, others, row_concepts, column_concepts, table)


def measured(survey: Survey) -> Measured:
    """Which methods have a result on which benchmarks, by a relation or by a claim."""
    pairs = {
        (link.source, link.target)
        for link in survey.all_links()
        if link.source.kind == "method" and link.target.kind == "benchmark" and link.inverse
    }
    for finding in survey.of("finding"):
        for item in getattr(finding, "compares", ()):
            if item.on is not None:
                pairs |= {(item.better, item.on), (item.worse, item.on)}
    results: dict[Ref, set[Ref]] = defaultdict(set)
    for method, benchmark in pairs:
        if method in survey.nodes and benchmark in survey.nodes:
            results[method].add(benchmark)
    frozen = {method: frozenset(those) for method, those in results.items()}
    return Measured(survey.of("method"), survey.of("benchmark"), frozen)
