"""The glossary as a finder of terms in running text: the longest name wins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from alignsurvey.formula import MathError, mathml
from alignsurvey.markup import CITATION, RECORD_LINK
from alignsurvey.records.base import Ref
from alignsurvey.records.term import Term
from alignsurvey.survey import Survey, remembered

MIN_LENGTH = 3
_WORD = re.compile(r"(?<![\w-])(?:[\w-]+|[^\w\s])")
_NO_END = re.compile(r"[\w-]")
_FORMULA = re.compile(r"\$+([^$]+)\$+")


@dataclass(frozen=True, slots=True)
class Glossary:
    """The names and definitions of all terms."""

    names: Mapping[str, tuple[str, Ref]]
    """Names with their terms, by the name in lower case."""
    lengths: Mapping[str, tuple[int, ...]]
    """How long the names are that begin with a word in lower case, the longest first."""
    openings: frozenset[str | tuple[str, str]]
    """The first two words of every name in lower case, or the only one."""
    definitions: Mapping[Ref, str]

    def speaks_of(self, text: str) -> bool:
        """Whether a text may name a term; most do not, and this is soon known."""
        words = _WORD.findall(text.casefold())
        return not (self.openings.isdisjoint(words) and self.openings.isdisjoint(pairwise(words)))

    def split(self, text: str) -> Iterator[tuple[str, Ref | None]]:
        """The text in pieces, each with the term that it names, if it names one."""
        end = 0
        for start, length, ref in self._named(text):
            if start >= end:
                if start > end:
                    yield text[end:start], None
                end = start + length
                yield text[start:end], ref
        if end < len(text):
            yield text[end:], None

    def _named(self, text: str) -> Iterator[tuple[int, int, Ref]]:
        """The longest name at each word where one stands: its place, its length and its term."""
        for word in _WORD.finditer(text):
            start = word.start()
            for length in self.lengths.get(word[0].casefold(), ()):
                found = text[start : start + length]
                name, ref = self.names.get(found.casefold(), ("", None))
                if ref and _stands(name, found) and not _NO_END.match(text, start + length):
                    yield start, length, ref
                    break

    def definition(self, ref: Ref) -> str:
        """A term's definition as plain text."""
        return self.definitions[ref]


def _stands(name: str, found: str) -> bool:
    """Whether a name is meant by words that differ from it in case at most."""
    # An abbreviation is only meant where it is written as one: RAFT is no raft.
    return found == name or not name.isupper()


@remembered
def glossary_of(survey: Survey) -> Glossary:
    """The glossary of a survey."""
    names: dict[str, tuple[str, Ref]] = {}
    lengths: dict[str, set[int]] = defaultdict(set)
    openings: set[str | tuple[str, str]] = set()
    definitions: dict[Ref, str] = {}
    for term in survey.of(Term):
        definitions[term.ref] = plain(term.definition)
        for name in term.names:
            if len(name) >= MIN_LENGTH and (word := _WORD.match(name)):
                names.setdefault(name.casefold(), (name, term.ref))
                lengths[word[0].casefold()].add(len(name))
                openings |= _openings(name)
    longest_first = {word: tuple(sorted(known, reverse=True)) for word, known in lengths.items()}
    return Glossary(names, longest_first, frozenset(openings), definitions)


def _openings(name: str) -> set[str | tuple[str, str]]:
    first, *others = _WORD.findall(name.casefold())
    return {(first, others[0]) if others else first}


def plain(text: str) -> str:
    """Prose without its markup, for tooltips and descriptions."""
    text = RECORD_LINK.sub(
        lambda match: match[2] or match[1].partition(":")[2].replace("-", " "), text
    )
    text = re.sub(rf"\s*{CITATION.pattern}", "", text)
    text = re.sub(r"\[([^\[\]]+)\]\([^()\s]*\)", r"\1", text)
    text = _FORMULA.sub(lambda match: _spoken(match[1]), text)
    return " ".join(re.sub(r"[*`$]|(?<!\w)_|_(?!\w)", "", text).split())


def _spoken(tex: str) -> str:
    """The letters and signs of a formula, without their places."""
    try:
        return mathml(tex.strip()).striptags()
    except MathError:
        return tex
