"""Matrices, drawings and strips as a reader meets them in the pages of a survey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SCENES
from lxml import html
from reading import broken_links, parsed, rendered, words

from alignsurvey import site
from alignsurvey.views import findings, gaps, tradeoffs


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages of the survey of baking, by address."""
    return rendered(site.build(SCENES / "baking" / "content"))


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The same pages, when two columns are more than can be read."""
    for view in (gaps, tradeoffs, findings):
        monkeypatch.setattr(view, "MAX_SIDE", 1)
    return rendered(site.build(SCENES / "baking" / "content"))


def cells(table: html.HtmlElement, row: str) -> list[str]:
    """The words of the cells of a row, by the words of its header."""
    for found in table.iter("tr"):
        header = found.find("th")
        if header is not None and words(header) == row:
            return [words(cell) for cell in found.findall("td")]
    raise KeyError(row)


def table(pages: dict[str, str], uri: str, selector: str) -> html.HtmlElement:
    """The first table of a page that has an id or a class."""
    path = f"//table[@id='{selector}' or contains(@class, '{selector}')]"
    return parsed(pages[uri]).xpath(path)[0]


def test_every_link_of_every_page_leads_to_its_anchor(
    pages: dict[str, str], tmp_path: Path
) -> None:
    assert broken_links(pages, tmp_path) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "Sponge and dough",
            ["← both → experiment 1", "← Flavour experiment 1 stated 1"],
        ),
        (
            "No-time dough made with high-speed mixers and improvers",
            ["", "contested Speed → stated 1 ○ neither argument 1"],
        ),
        ("Yeasted sourdough", ["", "○ neither experiment 1"]),
    ],
    ids=["agreed", "conflicting", "no effect"],
)
def test_a_cell_of_trade_offs_says_what_its_claims_say(
    pages: dict[str, str], row: str, expected: list[str]
) -> None:
    assert cells(table(pages, "tradeoffs/", "tradeoff-matrix"), row) == expected


def test_a_matrix_of_too_many_columns_is_told_row_by_row(
    crowded: dict[str, str], tmp_path: Path
) -> None:
    found = table(crowded, "tradeoffs/", "tradeoff-matrix")
    assert [words(head) for head in found.xpath(".//thead//th")] == ["Method", "Moves"]
    assert cells(found, "Sponge and dough") == [
        "Flavour against keeping ← both → experiment 1 "
        "Speed against flavour ← Flavour experiment 1 stated 1"
    ]
    found = parsed(crowded["gaps/"]).xpath("//table[@aria-describedby='measured-legend']")[0]
    assert [words(head) for head in found.xpath(".//thead//th")] == ["Method", "Has results on"]
    assert cells(found, "Sponge and dough") == ["Stopwatch, Tasting"]
    assert "as-cross--square" not in crowded["findings/"]
    assert broken_links(crowded, tmp_path) == []


@pytest.mark.parametrize(
    ("uri", "selector"),
    [
        ("tradeoffs/", "tradeoff-matrix"),
        ("benchmarks/", "objectives-matrix"),
        ("benchmarks/", "limit-matrix"),
        ("labs/", "lab-matrix"),
        ("findings/", "as-cross--square"),
        ("surveys/", "crosswalk-matrix"),
        ("gaps/", "as-matrix"),
    ],
)
def test_what_an_empty_cell_means_is_said_once_in_the_description(
    pages: dict[str, str], uri: str, selector: str
) -> None:
    matrix = table(pages, uri, selector)
    [legend] = parsed(pages[uri]).xpath(f"//*[@id='{matrix.get('aria-describedby')}']")
    assert "empty" in words(legend)
    bare = matrix.xpath(".//td[not(node())][not(@class='as-cell--self')]")
    assert [cell for cell in bare if cell.attrib] == []


def test_every_direction_of_a_conflict_leads_to_its_own_claim(pages: dict[str, str]) -> None:
    links = table(pages, "tradeoffs/", "tradeoff-matrix").xpath(
        ".//td[contains(@class, 'conflicting')]//a/@href"
    )
    assert links == ["../methods/no-time-dough/#effects-1", "../methods/no-time-dough/#effects-2"]


def test_the_head_of_a_trade_off_tells_how_much_is_known(pages: dict[str, str]) -> None:
    heads = [
        words(head) for head in table(pages, "tradeoffs/", "tradeoff-matrix").xpath(".//thead//th")
    ]
    assert heads == [
        "Method",
        "Flavour against keeping ← Flavour Keeping → 1 of 7 methods studied, disputed",
        "Speed against flavour ← Flavour Speed → 3 of 7 methods studied, 1 contested",
    ]


def test_a_trade_off_page_shows_its_levers_measures_and_labs(pages: dict[str, str]) -> None:
    page = parsed(pages["tradeoffs/speed-flavour/"])
    assert page.xpath("//h3[starts-with(@id, 'levers-')]/@id") == [
        "levers-first",
        "levers-second",
        "levers-neither",
    ]
    measured = words(page.xpath("//h2[@id='measured']/following-sibling::dl")[0])
    assert "Ten people eat. by mouth" in measured
    assert "known limits: Taste, Small" in measured
    labs = words(page.xpath("//h2[@id='labs']/following-sibling::ul")[0])
    assert labs.startswith("Mill Lane: Mix fast since 1962-03 stated uses No-time dough")


def test_the_evidence_of_a_trade_off_keeps_the_anchors_of_its_file(pages: dict[str, str]) -> None:
    page = parsed(pages["tradeoffs/speed-flavour/"])
    found = [words(page.get_element_by_id(f"evidence-{place}"))[:14] for place in (1, 2, 3)]
    assert found == ["On the whole. ", "Fast bread is ", "Slow bread is "]


def test_a_benchmark_page_quotes_the_claims_that_rest_on_it(pages: dict[str, str]) -> None:
    page = parsed(pages["benchmarks/tasting/"])
    claims = page.xpath("//h2[@id='rests']/following-sibling::ul[1]/li")
    assert [words(claim.xpath(".//*[@class='as-effect']")[0]) for claim in claims] == [
        "Sponge and dough Method · effects",
        "Sponge and dough Method · strengths",
        "Yeasted sourdough Method · effects",
        "Speed against flavour Trade-off · evidence",
        "Slow bread wins Finding · claims",
    ]


def test_a_cell_of_limits_leads_to_each_claim_by_its_evidence(pages: dict[str, str]) -> None:
    limits = table(pages, "benchmarks/", "limit-matrix")
    assert cells(limits, "Tasting") == ["argument", "experiment stated", "5"]
    assert limits.xpath(".//td//a/@href") == [
        "../benchmarks/stopwatch/#rests",
        "../benchmarks/tasting/#limits-2",
        "../benchmarks/tasting/#limits-1",
        "../benchmarks/tasting/#limits-3",
        "../benchmarks/tasting/#rests",
    ]


def test_a_row_of_labs_sets_stated_against_evidenced(pages: dict[str, str]) -> None:
    found = cells(table(pages, "labs/", "lab-matrix"), "Mill Lane")
    assert found == [
        "1",
        "2",
        "third party: Old dough",
        "stated: Mix fast",
        "observed: Taste first",
    ]


def test_a_lab_page_says_when_nothing_is_evidenced(pages: dict[str, str]) -> None:
    assert "Nothing here rests on more than the lab's own word." in words(
        parsed(pages["labs/abbey/"])
    )


def test_a_cell_head_to_head_names_who_found_it_on_what(pages: dict[str, str]) -> None:
    matrix = table(pages, "findings/", "as-cross--square")
    assert cells(matrix, "CBP") == [
        "",
        "contested Chamberlain 1962",
        "Chamberlain 1962 on Stopwatch",
    ]
    assert cells(matrix, "Sponge and dough")[0] == "contested David 1977 on Tasting"


def test_the_crosswalk_shows_the_words_of_every_survey_with_the_fit(pages: dict[str, str]) -> None:
    crosswalk = table(pages, "surveys/", "crosswalk-matrix")
    assert cells(crosswalk, "Yeast") == [
        "=exact Yeast breads",
        "⊃narrower Fermentation≈related Sponges",
    ]


def test_what_has_no_match_is_told_in_both_directions(pages: dict[str, str]) -> None:
    text = words(parsed(pages["surveys/"]))
    assert "Family: no survey has Powder, Steam." in text
    assert "David 1977 Ovens" in text
    assert "Jago 1911 Barm" in text


def test_the_list_of_lineage_is_nested_as_the_tree(pages: dict[str, str]) -> None:
    page = parsed(pages["lineage/"])
    assert page.xpath("//li[@id='list-straight-dough']/ul/li/@id") == [
        "list-sponge-dough",
        "list-no-time-dough",
    ]


def test_the_drawing_and_the_list_of_lineage_lead_to_the_same_methods(
    pages: dict[str, str],
) -> None:
    page = parsed(pages["lineage/"])
    drawn = page.xpath("//*[local-name()='svg']//*[local-name()='a']/@*[name()='xlink:href']")
    listed = page.xpath("//ul[@class='as-lineage']/li/a/@href")
    assert sorted(drawn) == sorted(set(listed))


def test_a_strip_carries_the_words_on_both_sides(pages: dict[str, str]) -> None:
    strip = parsed(pages["methods/sponge-dough/"]).xpath("//nav[@class='as-strip']")[0]
    assert words(strip).startswith("Builds on Straight dough 1905 extends: a part ferments first")
    assert "supersedes: in most plants" in words(strip)


def test_a_method_without_lineage_says_so(pages: dict[str, str]) -> None:
    strip = parsed(pages["methods/soda-bread/"]).xpath("//nav[@class='as-strip']")[0]
    assert words(strip).startswith("No lineage recorded")


METHOD = """
name: {0}
summary: One of many.
introduced_by: hoare1962quicksort
year: 1961
family: exchange
how: Somehow.
checked: {{on: 2026-11-20, level: id}}
"""


def test_a_survey_without_any_of_it_has_no_page_of_it(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    found = rendered(site.build(small()))
    assert "No method says yet what it extends" in words(parsed(found["lineage/"]))
    empty = {"tradeoffs/", "benchmarks/", "labs/", "findings/", "surveys/", "coverage/"}
    assert empty & set(found) == set()
    assert all("as-cross" not in html for html in found.values())
    assert broken_links(found, tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["直接偏好优化", "تحسين التفضيل المباشر", "A" * 60, '"<b>&amp;</b>"'],
    ids=["Chinese", "Arabic", "sixty letters", "marks"],
)
def test_names_of_any_kind_reach_the_drawing_as_text(small: Callable[..., Path], name: str) -> None:
    later = METHOD.format("Later") + "extends: [odd]\n"
    files = {
        "methods/odd.yaml": METHOD.format(f"'{name}'"),
        "methods/later.yaml": later,
    }
    found = rendered(site.build(small(files)))
    for uri in ("lineage/", "timeline/"):
        titles = parsed(found[uri]).xpath("//*[local-name()='svg']//*[local-name()='title']/text()")
        assert f"{name} (1961)" in titles
