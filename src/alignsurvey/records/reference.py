"""References: the sources that records cite, read from the bibliography."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar
from urllib.parse import quote

from alignsurvey.records.base import Model, Record, Text, Year


class Author(Model):
    """A person, or an organisation that is known by its family name alone."""

    family: Text
    """Family name with its particles, or the organisation's name."""
    given: str = ""
    """Given names or initials."""

    @property
    def full(self) -> str:
        """Given names, then family name."""
        return f"{self.given} {self.family}".strip()


class Reference(Record):
    """A source: a paper, a report or a web document."""

    kind: ClassVar[str] = "reference"
    folder: ClassVar[str] = "references"
    label: ClassVar[str] = "Reference"
    plural: ClassVar[str] = "References"
    section: ClassVar[str] = "Library"
    order: ClassVar[int] = 110
    written: ClassVar[bool] = False

    type: Text
    """The entry type, such as `misc` or `inproceedings`."""
    authors: tuple[Author, ...]
    """All authors, in order."""
    year: Year
    """The venue's year for a published entry, the first version's for a preprint."""
    venue: str = ""
    """The journal or proceedings, if it has one."""
    arxiv: str = ""
    """The arXiv id, without version."""
    doi: str = ""
    """The DOI, without resolver."""
    url: str = ""
    """The address of the document, when it has neither arXiv id nor DOI."""
    bibtex: str
    """The entry as it stands in the bibliography."""

    @cached_property
    def short(self) -> str:
        """The author-year form, such as ``Rafailov et al. 2023``."""
        names = [author.family for author in self.authors]
        match names:
            case [one]:
                who = one
            case [one, two]:
                who = f"{one} and {two}"
            case [one, *_]:
                who = f"{one} et al."
            case _:
                who = self.name
        return f"{who} {self.year}"

    @property
    def address(self) -> str:
        """The best address of the document: arXiv, DOI or web."""
        if self.arxiv:
            return f"https://arxiv.org/abs/{self.arxiv}"
        # Old DOIs hold signs that mean something else in an address.
        return f"https://doi.org/{quote(self.doi, safe='/:;()')}" if self.doi else self.url
