"""The matrix of methods against trade-offs, and what a trade-off's own page shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from alignsurvey.loading import load
from alignsurvey.records.base import Ref
from alignsurvey.records.method import Method
from alignsurvey.records.tradeoff import Tradeoff
from alignsurvey.survey import Survey
from alignsurvey.views import tradeoffs
from alignsurvey.views.tradeoffs import Cell


def tradeoff(survey: Survey, identifier: str) -> Tradeoff:
    """A trade-off by its id."""
    found = survey[Ref("tradeoff", identifier)]
    assert isinstance(found, Tradeoff)
    return found


def cell(survey: Survey, method: str, identifier: str) -> Cell:
    """The cell of a method and a trade-off."""
    found = survey[Ref("method", method)]
    assert isinstance(found, Method)
    return tradeoffs.cell(survey, found, tradeoff(survey, identifier))


@pytest.mark.parametrize(
    ("method", "identifier", "verdict", "claims"),
    [
        ("sponge-dough", "speed-flavour", "first", 2),
        ("sponge-dough", "flavour-keeping", "both", 1),
        ("no-time-dough", "speed-flavour", "conflicting", 2),
        ("yeasted-sourdough", "speed-flavour", "neither", 1),
        ("no-time-dough", "flavour-keeping", "unstudied", 0),
    ],
    ids=["one pole", "both", "conflicting", "no effect", "not studied"],
)
def test_a_cell_tells_its_verdict_and_counts_its_claims(
    baking: Survey, method: str, identifier: str, verdict: str, claims: int
) -> None:
    found = cell(baking, method, identifier)
    assert (found.verdict, found.claims) == (verdict, claims)


def test_a_conflicting_cell_keeps_every_direction_with_its_own_claims(baking: Survey) -> None:
    found = cell(baking, "no-time-dough", "speed-flavour")
    assert [
        (one.way, one.label, [quoted.anchor for quoted in one.claims]) for one in found.directions
    ] == [
        ("second", "Speed", ["effects-1"]),
        ("neither", "neither", ["effects-2"]),
    ]


def test_a_direction_counts_its_kinds_of_evidence(baking: Survey) -> None:
    [direction] = cell(baking, "sponge-dough", "speed-flavour").directions
    assert direction.kinds == (("experiment", 1), ("statement", 1))


def test_the_matrix_has_the_studied_methods_by_family(baking: Survey) -> None:
    matrix = tradeoffs.matrix(baking)
    assert [
        (family.name, [method.id for method, _ in rows]) for family, rows in matrix.families
    ] == [
        ("Wild", ["yeasted-sourdough"]),
        ("Yeast", ["no-time-dough", "sponge-dough"]),
    ]
    assert matrix.studied == 3


def test_the_matrix_names_the_methods_that_nobody_studied(baking: Survey) -> None:
    assert [method.id for method in tradeoffs.matrix(baking).unstudied] == [
        "flatbread",
        "soda-bread",
        "sourdough",
        "straight-dough",
    ]


def test_a_column_tells_its_poles_and_how_much_was_studied(baking: Survey) -> None:
    found = [
        (column.tradeoff.id, column.poles, column.studied, column.conflicting)
        for column in tradeoffs.matrix(baking).columns
    ]
    assert found == [
        ("flavour-keeping", ("Flavour", "Keeping"), 1, 0),
        ("speed-flavour", ("Flavour", "Speed"), 3, 1),
    ]


def test_a_row_has_cells_where_its_method_was_studied(baking: Survey) -> None:
    matrix = tradeoffs.matrix(baking)
    found = {
        method.id: [ref.id for ref in cells]
        for _, rows in matrix.families
        for method, cells in rows
    }
    assert found == {
        "yeasted-sourdough": ["speed-flavour"],
        "no-time-dough": ["speed-flavour"],
        "sponge-dough": ["flavour-keeping", "speed-flavour"],
    }


def test_levers_are_grouped_by_the_way_they_move_the_trade_off(baking: Survey) -> None:
    found = tradeoffs.levers(baking, tradeoff(baking, "speed-flavour"))
    assert [(one.way, [(q.record.id, q.anchor) for q in one.claims]) for one in found] == [
        ("first", [("sponge-dough", "effects-1"), ("sponge-dough", "effects-2")]),
        ("second", [("no-time-dough", "effects-1")]),
        ("neither", [("no-time-dough", "effects-2"), ("yeasted-sourdough", "effects-1")]),
    ]


def test_decisions_are_strategies_whose_method_moves_the_trade_off(baking: Survey) -> None:
    found = tradeoffs.decisions(baking, tradeoff(baking, "speed-flavour"))
    assert [(one.lab.id, one.anchor, one.cell.verdict) for one in found] == [
        ("mill-lane", "strategies-1", "conflicting"),
        ("mill-lane", "strategies-3", "neither"),
    ]


A_AGAINST_B = """
name: A against B
summary: One or the other.
nature: normative
mechanism: Because.
evidence: [{text: So it is., cite: [hoare1962quicksort: §1], evidence: argument}]
checked: {on: 2026-11-20, level: id}
"""
SHELL_SORT = """
name: Shell sort
summary: Sorts at a distance.
introduced_by: hoare1962quicksort
year: 1959
family: exchange
how: By gaps.
effects:
  - {tradeoff: a-b, moves: room, text: Less., cite: [hoare1962quicksort: §1], evidence: argument}
checked: {on: 2026-11-20, level: id}
"""


def test_a_trade_off_that_nothing_moves_is_bare(small: Callable[..., Path]) -> None:
    survey = load(small({"tradeoffs/a-b.yaml": A_AGAINST_B})).survey
    found = tradeoff(survey, "a-b")
    assert (tradeoffs.levers(survey, found), tradeoffs.decisions(survey, found)) == ((), ())


def test_without_concepts_for_poles_a_direction_keeps_its_word(small: Callable[..., Path]) -> None:
    files = {"tradeoffs/a-b.yaml": A_AGAINST_B, "methods/shell-sort.yaml": SHELL_SORT}
    [direction] = cell(load(small(files)).survey, "shell-sort", "a-b").directions
    assert (direction.way, direction.label) == ("other", "room")


def test_a_survey_without_trade_offs_has_an_empty_matrix(small: Callable[..., Path]) -> None:
    matrix = tradeoffs.matrix(load(small()).survey)
    assert (matrix.columns, matrix.families, len(matrix.unstudied)) == ((), (), 2)
