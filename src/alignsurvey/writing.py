"""The markup of one page: its links, citations, headings and the references at its foot.

A writer belongs to one page while it is rendered. It numbers the sources in the order in which they
are first cited and collects the headings, so that templates only say what is shown and where.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup, escape

from alignsurvey import forms, prose
from alignsurvey.diagnostics import Span
from alignsurvey.escaping import element, escaped
from alignsurvey.footnotes import Footnotes, host_of, in_full
from alignsurvey.formula import MathError, mathml
from alignsurvey.markup import ProseCitation
from alignsurvey.pages.base import Page, index_uri, uri_of
from alignsurvey.records.base import Citation, Record, Ref, WrittenRecord
from alignsurvey.records.reference import Reference
from alignsurvey.survey import Survey
from alignsurvey.views.citing import Forms, named
from alignsurvey.views.citing import page as page_forms
from alignsurvey.views.citing import source as source_forms
from alignsurvey.views.facts import FactValue
from alignsurvey.views.glossary import glossary_of
from alignsurvey.views.lettering import short_name
from alignsurvey.wording import counted

CONTESTED = "contested"
BRIEF = 12
"""The widest short name, in ems."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for its table of contents."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What the site says of itself."""

    name: str = "Survey"
    description: str = ""
    url: str = ""
    """The address where the site is published; empty when it is not known."""
    repository: str = ""
    """The address of its source repository; empty when it is not known."""
    directory_urls: bool = True
    """Whether the address of a page ends at its folder; if not, it names the file."""


_MEANINGS = {
    "unknown": "Nobody has looked yet",
    "not-reported": "Somebody looked; the source does not say",
    "not-applicable": "The question does not arise",
}


class Writer:
    """Writes the markup of one page."""

    def __init__(self, survey: Survey, page: Page, site: SiteInfo) -> None:
        self.survey = survey
        self.page = page
        self.site = site
        self.headings: list[Heading] = []
        self.glossary = glossary_of(survey)
        self._glossed: set[Ref] = set()
        self._own = page.node
        self._base = "../" * page.uri.count("/")
        self._end = "" if site.directory_urls else "index.html"
        # Nobody reads a table in order: a way back to each of its cells would be mere weight.
        self._footnotes = Footnotes(survey, returning=not page.wide)

    def href(self, uri: str) -> str:
        """The relative address of a page of the site, given its address below the root."""
        path, _, anchor = uri.partition("#")
        found = f"{self._base}{path}{self._end if path.endswith('/') or not path else ''}"
        return f"{found or './'}{'#' if anchor else ''}{anchor}"

    def asset(self, path: str) -> str:
        """The relative address of a file of the site."""
        return f"{self._base}{path}"

    def index(self, kind: type[Record]) -> str:
        """The relative address of a kind's index page."""
        return self.href(index_uri(kind))

    def to(self, ref: Ref) -> str:
        """The relative address of a node's page."""
        return self.href(uri_of(self.survey, ref))

    def canonical(self, ref: Ref) -> str:
        """The full address of a node's page, or the relative one where the site's is not known."""
        if self.site.url:
            return f"{self.site.url.rstrip('/')}/{uri_of(self.survey, ref)}"
        return self.to(ref)

    def link(self, ref: Ref, label: str | None = None) -> Markup:
        """A link to a node by its name or a label; its plain text when there is no such node."""
        node = self.survey.get(ref)
        if node is None:
            return escape(label or str(ref))
        return element("a", label or node.name, href=self.to(ref))

    def brief(self, ref: Ref) -> str:
        """A short name of a node, for where there is little room."""
        node = self.survey.get(ref)
        if isinstance(node, Reference):
            return node.short
        return short_name(node, 1, BRIEF) if node else ref.id

    def concept(self, facet: str, identifier: str) -> Markup:
        """A link to a concept of a facet."""
        return self.link(Ref(facet, identifier))

    def kind(self, ref: Ref) -> str:
        """What a node is called: the label of its kind, or the name of its facet."""
        if facet := self.survey.model.facets.get(ref.kind):
            return facet.name
        node = self.survey.get(ref)
        return type(node).label if node else ""

    def limits(self, ref: Ref) -> tuple[Ref, ...]:
        """The concepts of a benchmark's known limits, each once."""
        found = (
            getattr(limit, "limit", None) for limit in getattr(self.survey.get(ref), "limits", ())
        )
        return tuple(dict.fromkeys(limit for limit in found if isinstance(limit, Ref)))

    def citing(self, ref: Ref) -> str:
        """How many records cite a source, in words."""
        return counted(self.survey.linking(ref), "record")

    @property
    def permalink(self) -> str:
        """The lasting name of the page: its address, or a URN where the address is not known."""
        if self.site.url:
            return f"{self.site.url.rstrip('/')}/{self.page.uri}"
        return f"urn:alignsurvey:{self.page.uri.strip('/').replace('/', ':')}"

    def place(self, span: Span) -> Markup:
        """Where something is written: a link to its line, or the file and line as text."""
        where = f"{span.path}:{span.line}"
        if not self.site.repository:
            return element("code", where)
        # GitHub takes HEAD for the branch that a repository shows first.
        base = self.site.repository.rstrip("/")
        address = f"{base}/blob/HEAD/{quote(span.path)}#L{span.line}"
        return element("a", element("code", where), href=address, rel="external noopener")

    def suggest(self, label: str, ref: Ref | None = None, field: str = "") -> Markup:
        """A link to the form of corrections, filled in for a node or the page's own.

        It is empty where no repository is known.
        """
        about = ref or self._own
        node = self.survey.get(about) if about else None
        if node is None:
            return Markup("")
        title = f"{node.name}: {field}" if field else node.name
        return self.form(label, forms.MISTAKE, title=title, record=str(node.ref), field=field)

    def form(self, label: str, name: str, **fields: str) -> Markup:
        """A link to an issue form with some fields filled in; empty without a repository."""
        if not self.site.repository:
            return Markup("")
        address = forms.address(self.site.repository, name, **fields)
        return element(
            "a", label, class_="as-invite", href=address, rel="external noopener nofollow"
        )

    def glossed(self, text: str) -> Markup:
        """Text in which the first use of each glossary term carries its definition."""
        if not self.glossary.speaks_of(text):
            return escape(text)
        parts = (
            self._term(part, ref) if ref else escaped(part)
            for part, ref in self.glossary.split(text)
        )
        return Markup("".join(parts))  # noqa: S704 - every part is escaped

    def _term(self, text: str, ref: Ref) -> str:
        if ref in self._glossed or ref == self._own:
            return escaped(text)
        self._glossed.add(ref)
        return element(
            "a", text, class_="as-term", href=self.to(ref), title=self.glossary.definition(ref)
        )

    def value(self, value: FactValue) -> Markup:
        """A value of a fact, without its note and its sources."""
        if value.empty:
            meaning, words = _MEANINGS.get(value.text, ""), value.text.replace("-", " ")
            shown = element("span", words, class_="as-empty", title=meaning)
        elif value.ref:
            shown = self.link(value.ref)
        elif value.text == CONTESTED:
            # A finding may be contested as a whole.
            shown = self.contested()
        else:
            shown = escape(value.text)
        return shown + " " + element("span", value.of, class_="as-part") if value.of else shown

    @staticmethod
    def contested(why: str = "Sources differ") -> Markup:
        """The mark of what sources do not agree on."""
        return element("span", CONTESTED, class_="as-contested", title=why)

    @staticmethod
    def host(url: str) -> str:
        """The host of an address, for a short link text."""
        return host_of(url)

    def source(self, ref: Ref) -> Markup:
        """One source in author-year form."""
        return self._footnotes.named([(ref, None)])

    def symbol(self, tex: str) -> Markup:
        """A symbol of a formula as inline MathML, or its source where it cannot be converted."""
        try:
            return mathml(tex)
        except MathError:
            return element("code", tex)

    def prose(self, text: str, top: int = 3) -> Markup:
        """Contributed prose as blocks of HTML; its first heading has the level ``top``."""
        return prose.render(text, self, inline=False, top=top)

    def inline(self, text: str) -> Markup:
        """Contributed prose as one line of HTML."""
        return prose.render(text, self, inline=True)

    def formula(self, tex: str) -> Markup:
        """A display formula as MathML, or its source where it cannot be converted."""
        try:
            return mathml(tex, display=True)
        except MathError:
            return element("pre", element("code", tex))

    def heading(self, title: str, anchor: str, level: int = 2) -> Markup:
        """A heading with a permanent link, noted for the table of contents."""
        self.headings.append(Heading(anchor, title, level))
        link = element("a", "¶", class_="headerlink", href=f"#{anchor}", title="Permanent link")
        return element(f"h{level}", escape(title) + link, id=anchor)

    def cite(self, citations: Sequence[Citation]) -> Markup:
        """Citations in author-year form, each with its locator, separated by semicolons."""
        return self._footnotes.named((item.key, item.locator) for item in citations)

    def numbers(self, citations: Sequence[Citation]) -> Markup:
        """Citations as small numbers, for table cells."""
        return self._footnotes.numbered(item.key for item in citations)

    def cited(self, citations: Sequence[ProseCitation]) -> Markup:
        """Citations inside prose, in brackets."""
        named = self._footnotes.named((Ref("reference", one.key), one.locator) for one in citations)
        return element("span", Markup("({})").format(named), class_="as-cited")

    @property
    def sources(self) -> tuple[Reference, ...]:
        """The cited entries of the bibliography, in the order of their numbers."""
        return self._footnotes.sources

    def back(self, reference: Reference) -> Markup:
        """The links back to where a source is cited on the page; empty where there is no way."""
        return self._footnotes.back(reference.ref)

    @staticmethod
    def authors(reference: Reference) -> str:
        """The authors of a source, as a citation names them."""
        return named(reference)

    def full(self, reference: Reference) -> Markup:
        """A source with its authors, year, title, venue and address, and a link to its page."""
        return in_full(self.survey, reference.ref, self.to(reference.ref))

    def cited_as(self, record: Record) -> Forms | None:
        """How the page of a record is cited, or the source that it stands for."""
        match record:
            case Reference():
                return source_forms(record)
            case WrittenRecord():
                return page_forms(record, self.site.name, self.permalink)
        return None
