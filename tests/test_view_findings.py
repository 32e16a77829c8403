"""Methods head to head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alignsurvey.loading import load
from alignsurvey.survey import Survey
from alignsurvey.views import findings
from alignsurvey.views.legibility import MAX_SIDE


def test_results_come_by_better_and_worse_method_with_their_anchors(baking: Survey) -> None:
    found = [
        (r.comparison.better.id, r.comparison.worse.id, r.finding.id, r.anchor)
        for r in findings.results(baking)
    ]
    assert found == [
        ("no-time-dough", "sponge-dough", "fast-wins", "compares-2"),
        ("no-time-dough", "straight-dough", "fast-wins", "compares-1"),
        ("sourdough", "soda-bread", "slow-wins", "compares-2"),
        ("sponge-dough", "no-time-dough", "slow-wins", "compares-1"),
    ]


def test_results_that_contradict_each_other_are_opposed(baking: Survey) -> None:
    opposed = {
        (r.comparison.better.id, r.comparison.worse.id)
        for r in findings.results(baking)
        if r.opposed
    }
    assert opposed == {("no-time-dough", "sponge-dough"), ("sponge-dough", "no-time-dough")}


def test_methods_that_no_comparison_links_have_matrices_of_their_own(baking: Survey) -> None:
    assert [[method.id for method in matrix.methods] for matrix in findings.matrices(baking)] == [
        ["no-time-dough", "sponge-dough", "straight-dough"],
        ["sourdough", "soda-bread"],
    ]


def test_a_cell_opens_the_results_of_row_against_column(baking: Survey) -> None:
    matrix = findings.matrices(baking)[0]
    found = [[[result.finding.id for result in cell] for cell in cells] for _, cells in matrix.rows]
    assert found == [
        [[], ["fast-wins"], ["fast-wins"]],
        [["slow-wins"], [], []],
        [[], [], []],
    ]


def test_a_matrix_of_many_methods_is_left_to_the_list(small: Callable[..., Path]) -> None:
    count = MAX_SIDE + 1
    method = (
        "name: M{0}\nsummary: One of many.\nintroduced_by: hoare1962quicksort\nyear: 1961\n"
        "family: exchange\nhow: Somehow.\nchecked: {{on: 2026-11-20, level: id}}\n"
    )
    pairs = "".join(
        f"  - {{better: m0, worse: m{n}, by: hoare1962quicksort}}\n" for n in range(1, count)
    )
    finding = (
        "name: The first wins\nsummary: Always.\nintroduced_by: hoare1962quicksort\nyear: 1961\n"
        f"statement: It does.\nstrength: single\nsetting: One\ncompares:\n{pairs}"
        "claims: [{text: So it is., cite: [hoare1962quicksort: §1], evidence: argument}]\n"
        "checked: {on: 2026-11-20, level: id}\n"
    )
    methods = {f"methods/m{n}.yaml": method.format(n) for n in range(count)}
    survey = load(small({**methods, "findings/first.yaml": finding})).survey
    assert (findings.matrices(survey), len(findings.results(survey))) == ((), count - 1)


def test_without_comparisons_there_is_no_matrix(small: Callable[..., Path]) -> None:
    assert findings.matrices(load(small()).survey) == ()
