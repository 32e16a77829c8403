"""The sources of one page: numbered as they are first cited, with a way back to each citation."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from markupsafe import Markup

from alignsurvey.escaping import element, escaped
from alignsurvey.records.base import Ref
from alignsurvey.records.reference import Reference
from alignsurvey.survey import Survey, remembered
from alignsurvey.views.citing import named
from alignsurvey.wording import counted

Cited = tuple[Ref, str | None]
"""A source, and where in it."""


class Footnotes:
    """The sources of a page, collected while it is rendered."""

    def __init__(self, survey: Survey, *, returning: bool) -> None:
        self._survey = survey
        self._returning = returning
        """Whether there is a way back to each citation."""
        self._numbers: dict[Ref, int] = {}
        self._marks: dict[Ref, int] = {}

    @property
    def sources(self) -> tuple[Reference, ...]:
        """The cited entries of the bibliography, in the order of their numbers."""
        found = (self._survey.get(ref) for ref in self._numbers)
        return tuple(node for node in found if isinstance(node, Reference))

    def named(self, citations: Iterable[Cited]) -> Markup:
        """Citations in author-year form, each with its locator, separated by semicolons."""
        return Markup("; ".join(self._named(*one) for one in citations))  # noqa: S704 - all escaped

    def numbered(self, refs: Iterable[Ref]) -> Markup:
        """Citations as small numbers."""
        marks = (self._mark(ref, str(self._number(ref))) for ref in refs)
        return Markup(f'<sup class="as-numbers">{", ".join(marks)}</sup>')  # noqa: S704 - all escaped

    def back(self, ref: Ref) -> Markup:
        """The links back to where a source is cited; empty where there is no way back."""
        count = self._marks.get(ref, 0)
        links = (
            element(
                "a",
                ("↩" if nth == 1 else "") + (f" {nth}" if count > 1 else ""),
                class_="footnote-backref",
                href=f"#{_anchor(ref, nth)}",
            )
            for nth in range(1, count + 1)
        )
        return Markup("".join(links))  # noqa: S704 - all escaped

    def _named(self, ref: Ref, locator: str | None) -> str:
        node = self._survey.get(ref)
        mark = self._mark(ref, node.short if isinstance(node, Reference) else ref.id)
        return f"{mark}, {escaped(locator)}" if locator else mark

    def _mark(self, ref: Ref, label: str) -> str:
        self._number(ref)
        target = f'href="#fn:{escaped(ref.id)}"'
        if not self._returning:
            return f'<a class="footnote-ref" {target}>{escaped(label)}</a>'
        self._marks[ref] = count = self._marks.get(ref, 0) + 1
        anchor = escaped(_anchor(ref, count))
        return f'<a class="footnote-ref" id="{anchor}" {target}>{escaped(label)}</a>'

    def _number(self, ref: Ref) -> int:
        return self._numbers.setdefault(ref, len(self._numbers) + 1)


@remembered
def in_full(survey: Survey, ref: Ref, page: str) -> Markup:
    """A source in full, which reads the same on every page at one depth."""
    entry = survey.reference(ref)
    authors = element("span", named(entry), class_="as-authors")
    written = Markup("{} ({}). {}.").format(authors, entry.year, entry.name)
    if entry.venue:
        written += Markup(" {}.").format(element("em", entry.venue))
    if entry.address:
        names = {"arXiv:": entry.arxiv, "doi:": entry.doi, "": host_of(entry.url)}
        label = next(f"{scheme}{name}" for scheme, name in names.items() if name)
        written += " " + element("a", label, href=entry.address, rel="external noopener")
    count = f"cited here by {counted(survey.linking(ref), 'record')}"
    title = f"Everything taken from {entry.short}"
    return written + " " + element("a", count, class_="as-page", href=page, title=title)


def host_of(url: str) -> str:
    """The host of an address, or the address where it names none."""
    return urlsplit(url).hostname or url


def _anchor(ref: Ref, nth: int) -> str:
    return f"fnref{nth if nth > 1 else ''}:{ref.id}"
