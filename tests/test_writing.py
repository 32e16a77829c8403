"""What a page's writer writes: addresses, citations, headings, and the page's own references."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from lxml import html
from markupsafe import Markup

from alignsurvey.loading import load
from alignsurvey.pages.base import Page
from alignsurvey.records.base import Citation, Ref
from alignsurvey.records.reference import Author, Reference
from alignsurvey.survey import Survey
from alignsurvey.views.glossary import plain
from alignsurvey.writing import Heading, SiteInfo, Writer

HOARE, KNUTH = Ref("reference", "hoare1962quicksort"), Ref("reference", "knuth1973sorting")
PLAIN = SiteInfo()
NOBODY = Ref("reference", "nobody2000nothing")


@pytest.fixture(scope="module")
def survey() -> Survey:
    """A survey in which every kind has records."""
    return load(Path(__file__).parent / "scenes" / "full" / "content").survey


def writer(survey: Survey, uri: str = "methods/quicksort/", *, info: SiteInfo = PLAIN) -> Writer:
    """The writer of the page at an address."""
    return Writer(survey, Page(uri, "A page", "page.html", dict), info)


def citations(*written: tuple[Ref, str | None]) -> list[Citation]:
    """Citations of sources with their locators."""
    return [Citation(key=ref, locator=locator) for ref, locator in written]


def read(markup: str) -> html.HtmlElement:
    """The elements of some markup, inside a division."""
    return html.fragment_fromstring(markup, create_parent="div")


PAGES = ["", "methods/", "methods/quicksort/", "taxonomy/family/exchange/"]


@pytest.mark.parametrize("target", [*PAGES, "methods/quicksort/#how", "#top"])
@pytest.mark.parametrize("here", PAGES)
@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
def test_an_address_leads_from_any_page_to_any_other(
    survey: Survey,
    here: str,
    target: str,
    directory_urls: bool,  # noqa: FBT001 - a column
) -> None:
    page = Page(here, "A page", "page.html", dict)
    written = Writer(survey, page, SiteInfo(directory_urls=directory_urls)).href(target)
    path, _, anchor = written.partition("#")
    wanted, _, wanted_anchor = target.partition("#")
    found = posixpath.normpath(posixpath.join("/", here, path))
    file = wanted if directory_urls else f"{wanted}index.html"
    assert (found, anchor) == (posixpath.normpath(f"/{file}"), wanted_anchor)
    assert directory_urls is path.endswith("/")


@pytest.mark.parametrize(
    ("ref", "address"),
    [
        (Ref("method", "mergesort"), "../../methods/mergesort/"),
        (HOARE, "../../references/hoare1962quicksort/"),
        (Ref("family", "exchange"), "../../taxonomy/family/exchange/"),
        (Ref("facet", "family"), "../../taxonomy/family/"),
    ],
)
def test_a_node_has_its_address(survey: Survey, ref: Ref, address: str) -> None:
    assert writer(survey).to(ref) == address


def test_an_asset_has_its_address(survey: Survey) -> None:
    assert writer(survey).asset("assets/x.css") == "../../assets/x.css"


def test_a_kind_without_a_folder_of_its_own_has_its_index(survey: Survey) -> None:
    assert writer(survey).index(survey.model.kinds["term"]) == "../../glossary/"


def test_a_link_is_called_by_the_name_of_its_node(survey: Survey) -> None:
    assert writer(survey).link(Ref("method", "mergesort")) == Markup(
        '<a href="../../methods/mergesort/">Merge sort</a>'
    )


def test_a_link_to_nothing_is_text(survey: Survey) -> None:
    found = writer(survey).link(Ref("method", "<b>"))
    assert found == Markup("method:&lt;b&gt;")


@pytest.mark.parametrize(
    "label", ["<script>alert(1)</script>", '"onclick="x', "{0}", "a & b", "%s"]
)
def test_a_label_is_only_text(survey: Survey, label: str) -> None:
    [link] = read(writer(survey).link(Ref("method", "mergesort"), label))
    assert (dict(link.attrib), link.text_content()) == ({"href": "../../methods/mergesort/"}, label)


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        (Ref("method", "mergesort"), "Method"),
        (Ref("family", "exchange"), "Family"),
        (Ref("facet", "family"), "Facet"),
        (HOARE, "Reference"),
        (Ref("nothing", "x"), ""),
    ],
)
def test_a_node_is_called_by_its_kind(survey: Survey, ref: Ref, kind: str) -> None:
    assert writer(survey).kind(ref) == kind


def test_sources_are_numbered_in_the_order_in_which_they_are_first_cited(survey: Survey) -> None:
    page = writer(survey)
    page.inline("First [@knuth1973sorting], then [@hoare1962quicksort].")
    page.cite(citations((KNUTH, None)))
    numbers = read(page.numbers(citations((HOARE, None), (KNUTH, None))))
    assert [link.text_content() for link in numbers.iter("a")] == ["2", "1"]
    assert [entry.id for entry in page.sources] == ["knuth1973sorting", "hoare1962quicksort"]


def test_every_mark_has_an_anchor_of_its_own_that_its_source_leads_back_to(survey: Survey) -> None:
    page = writer(survey)
    parts = [
        page.prose("Once [@knuth1973sorting; @hoare1962quicksort], twice [@knuth1973sorting, §1]."),
        page.cite(citations((KNUTH, "§2"), (HOARE, None))),
        page.numbers(citations((KNUTH, None))),
        page.source(KNUTH),
    ]
    marks = read("".join(parts)).xpath("//a[@class='footnote-ref']")
    anchors = [mark.get("id") for mark in marks]
    assert len(set(anchors)) == len(anchors) == 7
    back = read("".join(page.back(entry) for entry in page.sources)).xpath("//a/@href")
    assert sorted(back) == sorted(f"#{anchor}" for anchor in anchors)
    assert {mark.get("href") for mark in marks} == {f"#fn:{entry.id}" for entry in page.sources}


def test_a_citation_names_author_year_and_place(survey: Survey) -> None:
    found = writer(survey).cite(citations((KNUTH, "§5 <i>"), (HOARE, None)))
    assert read(found).text_content() == "Knuth et al. 1973, §5 <i>; Hoare 1962"


def test_a_citation_in_prose_stands_in_brackets(survey: Survey) -> None:
    found = writer(survey).inline("Fast [@hoare1962quicksort, §1; @knuth1973sorting].")
    assert read(found).text_content() == "Fast (Hoare 1962, §1; Knuth et al. 1973)."


def test_an_unknown_source_is_shown_by_its_key(survey: Survey) -> None:
    page = writer(survey)
    assert read(page.cite(citations((NOBODY, None)))).text_content() == "nobody2000nothing"
    assert page.sources == ()


def test_one_page_knows_nothing_of_the_citations_of_another(survey: Survey) -> None:
    writer(survey).cite(citations((KNUTH, None)))
    assert writer(survey).sources == ()


def test_headings_are_collected_for_the_table_of_contents(survey: Survey) -> None:
    page = writer(survey)
    page.heading("First", "first")
    page.heading("Below <it>", "below", 3)
    assert page.headings == [Heading("first", "First", 2), Heading("below", "Below <it>", 3)]


def test_a_heading_is_an_anchor_with_a_link_to_itself(survey: Survey) -> None:
    [heading] = read(writer(survey).heading("A <b> & c", "a-b"))
    assert (heading.tag, heading.get("id"), heading.text) == ("h2", "a-b", "A <b> & c")
    assert heading[0].get("href") == "#a-b"


def test_the_first_use_of_a_term_is_explained(survey: Survey) -> None:
    page = writer(survey)
    [term] = read(page.inline("A stable sort is no other stable sort.")).iter("a")
    assert (term.text_content(), term.get("href")) == ("stable sort", "../../terms/stable-sort/")
    assert term.get("title") == "A sort that keeps equal elements in order, unlike quicksort."
    assert "<a" not in page.inline("Again, stability.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"It is $\sigma(r_i)$ *here* [@a, §1].", "It is σ(ri) here."),
        ("See [[term:stable-sort]] or [a page](https://a.b).", "See stable sort or a page."),
        (r"A $\nonsense{$ stays.", r"A \nonsense{ stays."),
    ],
    ids=["formula", "links", "no formula"],
)
def test_prose_is_said_without_its_marks(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_term_is_not_explained_on_its_own_page_or_inside_a_link(survey: Survey) -> None:
    ref = Ref("term", "stable-sort")
    page = Writer(survey, Page("terms/x/", "T", "term.html", dict, node=ref), SiteInfo())
    assert "<a" not in page.inline("A stable sort.")
    [link] = read(writer(survey).inline("[A stable sort](https://a.b)")).iter("a")
    assert link.get("href") == "https://a.b"


def test_limits_of_a_benchmark_are_named_once(survey: Survey) -> None:
    page = writer(survey)
    assert page.limits(Ref("benchmark", "random-lists")) == (Ref("limit", "small"),)
    assert page.limits(Ref("benchmark", "cards")) == ()


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        (Ref("reference", "goldstine1948planning"), "3 records"),
        (Ref("failure", "quadratic-blow-up"), "1 record"),
        (NOBODY, "0 records"),
    ],
)
def test_it_says_how_many_records_lead_to_a_node(survey: Survey, ref: Ref, words: str) -> None:
    assert writer(survey).citing(ref) == words


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A et al."),
        ([], ""),
    ],
    ids=["one", "two", "three", "four", "none"],
)
def test_authors_are_listed_up_to_three(survey: Survey, names: list[str], shown: str) -> None:
    authors = tuple(Author(family=name) for name in names)
    entry = Reference(id="a", name="T", type="misc", authors=authors, year=2000, bibtex="@")
    assert writer(survey).authors(entry) == shown


def test_a_formula_that_cannot_be_read_is_shown_as_it_is_written(survey: Survey) -> None:
    page = writer(survey)
    assert page.formula("<b>{") == Markup("<pre><code>&lt;b&gt;{</code></pre>")
    assert page.symbol("<b>{") == Markup("<code>&lt;b&gt;{</code>")
    assert "<math" in page.formula("x^2")


@pytest.mark.parametrize(
    ("url", "uri", "name"),
    [
        ("https://a.b/kb", "methods/x/", "https://a.b/kb/methods/x/"),
        ("https://a.b/kb/", "", "https://a.b/kb/"),
        ("", "methods/x/", "urn:alignsurvey:methods:x"),
    ],
)
def test_a_page_has_a_lasting_name(survey: Survey, url: str, uri: str, name: str) -> None:
    assert writer(survey, uri, info=SiteInfo(url=url)).permalink == name


def test_a_place_is_a_link_only_where_the_repository_is_known(survey: Survey) -> None:
    ref = Ref("method", "quicksort")
    [plain] = read(writer(survey).place(survey.origins[ref].span(("year",))))
    assert (plain.tag, plain.text_content()) == ("code", "content/methods/quicksort.yaml:5")
    info = SiteInfo(repository="https://a.b/c/")
    [link] = read(writer(survey, info=info).place(survey.origins[ref].span(("year",))))
    assert link.get("href") == "https://a.b/c/blob/HEAD/content/methods/quicksort.yaml#L5"


def test_a_suggestion_is_offered_only_where_the_repository_is_known(survey: Survey) -> None:
    ref = Ref("method", "quicksort")
    assert writer(survey).suggest("Correct it", ref, "needs.verifier") == ""
    info = SiteInfo(repository="https://a.b/c/")
    [link] = read(writer(survey, info=info).suggest("Correct it", ref, "needs.verifier"))
    path, _, query = str(link.get("href")).partition("?")
    assert path == "https://a.b/c/issues/new"
    assert parse_qs(query) == {
        "template": ["report-mistake.yml"],
        "title": ["Quicksort: needs.verifier"],
        "record": ["method:quicksort"],
        "field": ["needs.verifier"],
    }


def test_a_suggestion_without_a_record_is_about_the_page(survey: Survey) -> None:
    info = SiteInfo(repository="https://a.b/c")
    page = Page("methods/mergesort/", "A page", "page.html", dict, node=Ref("method", "mergesort"))
    [link] = read(Writer(survey, page, info).suggest("Correct it"))
    query = parse_qs(str(link.get("href")).partition("?")[2])
    assert (query["record"], query["title"]) == (["method:mergesort"], ["Merge sort"])
    assert "field" not in query
    assert writer(survey, info=info).suggest("Correct it") == ""


def test_what_is_filled_in_cannot_leave_its_field(survey: Survey) -> None:
    info = SiteInfo(repository="https://a.b/c")
    [link] = read(writer(survey, info=info).form("Suggest", "x.yml", title='a & "b"=<c>#'))
    assert link.get("href") == (
        "https://a.b/c/issues/new?template=x.yml&title=a+%26+%22b%22%3D%3Cc%3E%23"
    )
