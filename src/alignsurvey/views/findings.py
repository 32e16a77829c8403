"""Head to head: which method was found better than which, on what, by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from alignsurvey.records.base import Record, Ref
from alignsurvey.records.finding import Comparison, Finding
from alignsurvey.survey import Survey
from alignsurvey.views.claims import anchor
from alignsurvey.views.legibility import MAX_SIDE


@dataclass(frozen=True, slots=True)
class Result:
    """One comparison of two methods, with the finding that reports it."""

    finding: Finding
    comparison: Comparison
    anchor: str
    """The anchor of the comparison on the finding's page."""
    opposed: bool
    """Whether another comparison has the same two methods the other way round."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Methods that are linked by comparisons: each row's method against each column's."""

    methods: tuple[Record, ...]
    rows: tuple[tuple[Record, tuple[tuple[Result, ...], ...]], ...]
    """For each method the results in which it did better, per method of ``methods``."""


def results(survey: Survey) -> tuple[Result, ...]:
    """Every comparison of the findings, by the names of the better and the worse method."""
    found = [
        (finding, comparison, anchor("compares", position))
        for finding in survey.of(Finding)
        for position, comparison in enumerate(finding.compares, start=1)
    ]
    pairs = {(one.better, one.worse) for _, one, _ in found}
    made = [
        Result(finding, one, place, (one.worse, one.better) in pairs)
        for finding, one, place in found
        if one.better in survey.nodes and one.worse in survey.nodes
    ]
    return tuple(sorted(made, key=lambda result: _order(survey, result)))


def rivals(survey: Survey) -> list[tuple[Ref, Ref]]:
    """Pairs of methods that were set against each other, the most often compared first."""
    counts: Counter[tuple[Ref, Ref]] = Counter()
    for result in results(survey):
        one, other = sorted((result.comparison.better, result.comparison.worse))
        counts[one, other] += 1
    return sorted(counts, key=lambda pair: (-counts[pair], pair))


def _order(survey: Survey, result: Result) -> tuple[str, str, str, str]:
    one = result.comparison
    better, worse = survey[one.better].name.casefold(), survey[one.worse].name.casefold()
    return better, worse, result.finding.name.casefold(), result.anchor


def matrices(survey: Survey) -> tuple[Matrix, ...]:
    """One matrix for each set of methods that comparisons link, the largest first.

    Sets that are too large to be read as a matrix are left to the list of results.
    """
    cells: dict[tuple[Ref, Ref], list[Result]] = {}
    for result in results(survey):
        cells.setdefault((result.comparison.better, result.comparison.worse), []).append(result)
    frozen = {pair: tuple(those) for pair, those in cells.items()}
    legible = (refs for refs in _clusters(frozen) if len(refs) <= MAX_SIDE)
    clusters = sorted(legible, key=lambda refs: (-len(refs), min(refs)))
    return tuple(_matrix(survey, refs, frozen) for refs in clusters)


def _clusters(cells: Mapping[tuple[Ref, Ref], tuple[Result, ...]]) -> list[set[Ref]]:
    beside: dict[Ref, set[Ref]] = {}
    for one, other in cells:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    found: list[set[Ref]] = []
    seen: set[Ref] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        reached, waiting = {start}, [start]
        while waiting:
            new = beside[waiting.pop()] - reached
            reached |= new
            waiting.extend(new)
        seen |= reached
        found.append(reached)
    return found


def _matrix(
    survey: Survey, refs: set[Ref], cells: Mapping[tuple[Ref, Ref], tuple[Result, ...]]
) -> Matrix:
    """The methods with the one that did better most often first."""
    wins = {ref: sum(1 for one, _ in cells if one == ref) for ref in refs}
    losses = {ref: sum(1 for _, other in cells if other == ref) for ref in refs}
    ordered = sorted(
        refs, key=lambda ref: (losses[ref] - wins[ref], survey[ref].name.casefold(), ref.id)
    )
    rows = tuple(
        (survey[one], tuple(cells.get((one, other), ()) for other in ordered)) for one in ordered
    )
    return Matrix(tuple(survey[ref] for ref in ordered), rows)
