"""Records side by side: what is said of a record, and which is closest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SCENES, SMALL
from reading import anchors, broken_links, parsed, rendered, words

from alignsurvey import site
from alignsurvey.bibliography import parse
from alignsurvey.loading import load
from alignsurvey.pages import pages as pages_of
from alignsurvey.records.base import Ref
from alignsurvey.survey import Survey
from alignsurvey.views import compare, points
from alignsurvey.views.compare import Cell, Comparison, Sheet
from alignsurvey.views.likeness import closest

KNOTS = SCENES / "knots" / "content"
ENTRIES = str(SMALL["references/sorting.bib"])
ONE_METHOD = {
    "methods/quicksort.yaml": None,
    "references/sorting.bib": ENTRIES[ENTRIES.index("@techreport") :],
}
"""What leaves merge sort alone in the small survey."""


@pytest.fixture(scope="module")
def knots() -> Survey:
    """A survey of knots."""
    loaded = load(KNOTS)
    assert loaded.diagnostics == ()
    return loaded.survey


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The HTML of every page of the survey of knots."""
    return rendered(site.build(KNOTS))


def comparison(survey: Survey, kind: str = "method") -> Comparison:
    """The comparison of a kind."""
    return compare.comparison(survey, survey.model.kinds[kind])


def sheet(survey: Survey, ref: Ref) -> Sheet:
    """The sheet of a record."""
    [found] = (one for one in comparison(survey, ref.kind).sheets if one.record.ref == ref)
    return found


def cell(survey: Survey, identifier: str, column: str) -> Cell:
    """A cell of a method."""
    cells = sheet(survey, Ref("method", identifier)).cells
    [found] = (one for one in cells if one.fact.column.name == column)
    return found


@pytest.mark.parametrize(
    ("identifier", "column", "level"),
    [
        ("bowline", "needs.reward_model", "none"),
        ("clove-hitch", "needs.reward_model", "optional"),
        ("reef-knot", "needs.reward_model", "required"),
        ("bowline", "needs.verifier", ""),
        ("bowline", "needs.reference_model", ""),
        ("sheet-bend", "needs.reward_model", ""),
        ("bowline", "cost.train", ""),
    ],
    ids=["none", "optional", "required", "contested", "not applicable", "unknown", "no need"],
)
def test_a_need_has_a_level_only_when_it_is_clear(
    knots: Survey, identifier: str, column: str, level: str
) -> None:
    assert cell(knots, identifier, column).level == level


def test_a_sheet_has_the_results_of_both_directions(knots: Survey) -> None:
    results = sheet(knots, Ref("method", "bowline")).results
    assert [
        (one.comparison.better.id, one.comparison.worse.id, one.opposed) for one in results
    ] == [("bowline", "reef-knot", True), ("reef-knot", "bowline", True)]


def test_a_comparison_starts_with_pairs_that_were_compared_or_declared(knots: Survey) -> None:
    pairs = [(one.id, other.id) for one, other in comparison(knots).pairs]
    assert pairs == [("bowline", "reef-knot"), ("bowline", "clove-hitch")]


def test_a_page_of_comparison_has_the_entries_of_everything_on_its_sheets(
    pages: dict[str, str],
) -> None:
    [entries] = parsed(pages["compare/"]).cssselect(".as-bibtex--all code")
    found, problems = parse("taken.bib", entries.text_content())
    assert problems == []
    assert sorted(reference.id for reference, _ in found.references) == [
        "ashley1944knots",
        "milne2001strength",
        "warner1996history",
    ]


def test_a_comparison_knows_the_names_and_likes_of_its_records(knots: Survey) -> None:
    assert comparison(knots).data["records"]["bowline"] == {
        "name": "Bowline",
        "names": ["Bowline", "Königsknoten", "BWL", "bowline"],
        "former": ["bowling-knot"],
        "closest": ["clove-hitch", "reef-knot", "sheet-bend"],
    }


def test_glossary_terms_and_references_are_not_compared(knots: Survey) -> None:
    kinds = [kind.kind for kind in compare.kinds(knots)]
    assert kinds[:3] == ["method", "tradeoff", "benchmark"]
    assert not {"term", "reference"} & set(kinds)


@pytest.mark.parametrize(
    ("ref", "field", "said"),
    [
        (Ref("method", "bowline"), "effects", ("hold-release", "both", "argument")),
        (Ref("method", "clove-hitch"), "effects", ("hold-ease", "towards ease", "statement")),
        (Ref("benchmark", "pull-test"), "limits", ("wet", "", "statement")),
        (Ref("tradeoff", "hold-release"), "evidence", ("", "for hold", "argument")),
        (
            Ref("lab", "guild"),
            "strategies",
            ("bowline", "Teach the bowline, since 1982-05, until 1999", "stated"),
        ),
        (Ref("lab", "guild"), "policies", ("", "Code, 2, 1990", "")),
    ],
    ids=["both poles", "one pole", "limit", "pole of evidence", "strategy", "policy"],
)
def test_a_point_says_what_it_is_about(
    knots: Survey, ref: Ref, field: str, said: tuple[str, str, str]
) -> None:
    point = points.points(knots, knots[ref], field)[0]
    assert (point.about.id if point.about else "", point.words, point.evidence) == said


def test_further_claims_come_after_all_other_fields(knots: Survey) -> None:
    fields = [field.name for field in points.fields(knots.model.kinds["lab"])]
    assert fields == ["strategies", "policies", "critiques", "claims"]


@pytest.mark.parametrize(
    ("ref", "ids"),
    [
        (Ref("method", "bowline"), ["clove-hitch", "reef-knot", "sheet-bend"]),
        (Ref("method", "clove-hitch"), ["bowline", "reef-knot"]),
        (Ref("lab", "guild"), ["navy"]),
        (Ref("tradeoff", "hold-ease"), ["hold-release"]),
    ],
    ids=["declared first", "declared by the other", "kind without facets", "shared pole"],
)
def test_the_closest_share_most_and_declared_alternatives_lead(
    knots: Survey, ref: Ref, ids: list[str]
) -> None:
    assert [close.record.id for close in closest(knots, ref)] == ids


def test_a_close_record_says_why(knots: Survey) -> None:
    first, second, _ = closest(knots, Ref("method", "bowline"))
    assert first.reason == "declared alternative; both have On land"
    assert second.reason == "both have Release, On land, At sea"


def test_a_record_that_shares_nothing_has_nobody_close(
    small: Callable[..., Path],
) -> None:
    survey = load(small(ONE_METHOD)).survey
    assert closest(survey, Ref("method", "mergesort")) == ()


def test_every_record_page_leads_to_comparisons_with_the_closest(pages: dict[str, str]) -> None:
    links = [
        (label, address)
        for label, address in anchors(pages["methods/bowline/"])
        if "compare/" in address
    ]
    assert links == [
        ("Clove hitch", "../../compare/?m=bowline,clove-hitch"),
        ("Reef knot", "../../compare/?m=bowline,reef-knot"),
        ("Sheet bend", "../../compare/?m=bowline,sheet-bend"),
        ("all of them", "../../compare/?m=bowline,clove-hitch,reef-knot,sheet-bend"),
        ("another one", "../../compare/?m=bowline"),
    ]


def test_the_page_holds_every_fact_and_claim_without_a_script(pages: dict[str, str]) -> None:
    body = parsed(pages["compare/"])
    [row] = body.xpath("//tr[@data-id='bowline']")
    text = words(row)
    for expected in (
        "none nothing is learnt Ashley 1944, no. 1010",
        "contested required Ashley 1944, p. 7; none Milne and McLaren 2001, Table 1",
        "Hold against release both It holds and lets go. argument",
        "Found better than Reef knot on Pull test known limits: Wet rope",
        "Found worse than Reef knot contested The reef knot holds best, Warner 1996",
        "It held in every pull. replication Milne and McLaren 2001, Table 2",
    ):
        assert expected in text


def test_a_cell_carries_its_citations_for_the_exports(pages: dict[str, str]) -> None:
    [row] = parsed(pages["compare/"]).xpath("//tr[@data-id='bowline']")
    links = row.xpath(".//*[@class='as-value']/*[@class='as-cite']/a[@class='footnote-ref']")
    assert ("#fn:ashley1944knots", ", no. 1010") in [(one.get("href"), one.tail) for one in links]


def test_a_kind_with_one_record_has_nothing_to_compare_and_nothing_leads_there(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    found = rendered(site.build(small(ONE_METHOD)))
    assert [uri for uri in found if uri.startswith("compare/")] == []
    assert broken_links(found, tmp_path) == []


def test_the_first_page_of_comparison_stands_in_the_tab_of_its_kind(knots: Survey) -> None:
    found = {page.uri: page for page in pages_of(knots)}
    assert (found["compare/"].section, found["compare/"].parent) == ("Methods", None)
    below = found["compare/benchmarks/"]
    assert (below.section, below.parent) == ("", "compare/")


def test_no_link_of_the_pages_leads_nowhere(pages: dict[str, str], tmp_path: Path) -> None:
    assert broken_links(pages, tmp_path) == []
