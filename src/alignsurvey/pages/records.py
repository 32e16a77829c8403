"""The pages of records: an index page for every kind, and a page for every record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from alignsurvey.pages import extras
from alignsurvey.pages.base import (
    Page,
    SearchEntry,
    first_paragraph,
    index_uri,
    uri_of,
    with_aliases,
)
from alignsurvey.pages.compare import compare_uri
from alignsurvey.records.base import Record, WrittenRecord
from alignsurvey.records.reference import Reference
from alignsurvey.survey import Survey
from alignsurvey.views import facts, relations, tables
from alignsurvey.views.glossary import plain
from alignsurvey.views.likeness import closest

MAX_WORDS = 3
"""The most words of a name that is put before all others in the search."""
INDEXES: Mapping[str, tuple[str, Callable[[Survey], Mapping[str, Any]]]] = {
    "term": ("term_index.html", lambda survey: {}),
    "reference": ("reference_index.html", lambda survey: {}),
    **extras.INDEXES,
}
"""Kinds whose index page has a template of its own, with what it shows beside the table."""


def pages(survey: Survey) -> Iterator[Page]:
    """The index page and the record pages of every kind that has records."""
    for cls in survey.held.values():
        yield _index(survey, cls)
        for record in survey.of(cls.kind):
            yield _record(survey, cls, record)


def _index(survey: Survey, cls: type[Record]) -> Page:
    template, extra = INDEXES.get(cls.kind, ("index.html", lambda survey: {}))

    def context() -> Mapping[str, Any]:
        return {
            **extra(survey),
            "kind": cls,
            "records": survey.of(cls.kind),
            "table": tables.table(survey, cls),
            "compare": compare_uri(survey, cls),
        }

    return Page(
        index_uri(cls),
        cls.plural,
        template,
        context,
        description=first_paragraph(cls.__doc__ or ""),
        section=cls.section,
        wide=True,
        search=SearchEntry(cls.plural, first_paragraph(cls.__doc__ or ""), boost=1.5),
    )


def _record(survey: Survey, cls: type[Record], record: Record) -> Page:
    def context() -> Mapping[str, Any]:
        shared = {"record": record, "kind": cls}
        if isinstance(record, Reference):
            return {**shared, "citing": relations.citing(survey, record.ref)}
        compare = compare_uri(survey, cls)
        return {
            **shared,
            "facts": facts.grouped(survey, record),
            "relations": relations.relations(survey, record),
            "compare": compare,
            "close": closest(survey, record.ref) if compare else (),
            **extras.of(survey, record),
        }

    checked = record.checked.on.isoformat() if isinstance(record, WrittenRecord) else None
    return Page(
        uri_of(survey, record.ref),
        record.name,
        f"{cls.kind}.html",
        context,
        description=_description(record),
        source=survey.origins[record.ref].path,
        parent=index_uri(cls),
        section=cls.section,
        search=_search(survey, record),
        node=record.ref,
        date=checked,
    )


def _description(record: Record) -> str:
    if isinstance(record, Reference):
        return f"{record.short}: what this knowledge base takes from it."
    return str(getattr(record, "summary", "")) or plain(str(getattr(record, "definition", "")))


def _search(survey: Survey, record: Record) -> SearchEntry:
    if isinstance(record, Reference):
        authors = ", ".join(author.full for author in record.authors)
        where = " ".join(filter(None, (record.arxiv, record.doi)))
        text = f"{type(record).label}. {authors} {record.year}. {record.id} {where}".rstrip()
        return SearchEntry(record.name, text, boost=0.5)
    text = f"{type(record).label}. {_description(record)}{_origin(survey, record)}"
    names = [name for name in record.names if len(name.split()) <= MAX_WORDS]
    # A word that is a whole name is said twice: it weighs more than one that is part of a name.
    short = (*names, *(name for name in names if " " not in name))
    return SearchEntry(with_aliases(record), text, short, boost=2.0)


def _origin(survey: Survey, record: Record) -> str:
    """Who introduced it, by surname and key."""
    ref = getattr(record, "introduced_by", None)
    source = survey.get(ref) if ref else None
    return f" {source.short}, {source.id}." if isinstance(source, Reference) else ""
