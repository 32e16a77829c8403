"""Which records of a kind are most like one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from alignsurvey.records.base import Record, Ref
from alignsurvey.survey import Survey, alphabetical, remembered
from alignsurvey.views.nearest import DIGITS, Profiles, nearest

CLOSEST = 3
"""How many records are named as the closest ones."""
NAMED = 3
"""How many shared terms a reason names."""
DECLARED = 1.0
"""What a declared alternative adds to the likeness of two records; all terms shared is 1."""
UNLIKE = frozenset({"reference", "survey"})
"""Kinds that link to so much that sharing their records says little."""


@dataclass(frozen=True, slots=True)
class Close:
    """A record that is much like another one, with the reasons."""

    record: Record
    likeness: float
    declared: bool
    """Whether one of the two says that it is an alternative to the other."""
    shared: tuple[str, ...]
    """The names of what both have, the rarest first."""

    @property
    def reason(self) -> str:
        """Why the two are worth comparing, in a few words."""
        said = ["declared alternative"] if self.declared else []
        shared = [f"both have {', '.join(self.shared[:NAMED])}"] if self.shared else []
        return "; ".join([*said, *shared])


@remembered
def closest(survey: Survey, ref: Ref, count: int = CLOSEST) -> tuple[Close, ...]:
    """The records of the same kind that are most like one, the closest first.

    Likeness is the share of common terms, a rare term weighing more than a frequent one; a declared
    alternative comes before all that are merely alike. Kinds without facets are judged by the
    records that they are linked with.
    """
    kind = _kind(survey, ref.kind)
    own = kind.places[ref]
    declared = {kind.places[other]: DECLARED for other in _alternatives(survey, ref)}
    found = nearest(kind.profiles, own, count, declared)
    best = [
        (-round(value, DIGITS), alphabetical(kind.records[place]), place)
        for place, value in found.items()
    ]
    return tuple(
        Close(kind.records[place], -unlikeness, place in declared, _names(survey, kind, own, place))
        for unlikeness, _, place in sorted(best)[:count]
    )


def _names(survey: Survey, kind: _Kind, own: int, other: int) -> tuple[str, ...]:
    terms = (kind.terms[number] for number in kind.profiles.common(own, other))
    return tuple(survey[term].name for term in terms if term in survey.nodes)


def _alternatives(survey: Survey, ref: Ref) -> Iterator[Ref]:
    field = "alternative_to"
    for link in survey.links(ref):
        if link.field == field and link.target.kind == ref.kind and link.target in survey.nodes:
            yield link.target
    for link in survey.backlinks(ref):
        if link.field == field and link.source.kind == ref.kind:
            yield link.source


@dataclass(frozen=True, eq=False)
class _Kind:
    """The records of a kind with the profile of each, whose terms are numbered."""

    records: tuple[Record, ...]
    terms: tuple[Ref, ...]
    """The terms by their numbers."""
    profiles: Profiles

    @cached_property
    def places(self) -> Mapping[Ref, int]:
        """Where a record stands."""
        return {record.ref: place for place, record in enumerate(self.records)}


@remembered
def _kind(survey: Survey, kind: str) -> _Kind:
    classified = any("." not in use.field for _, use in survey.model.uses(kind))
    read = _terms if classified else _linked
    records = survey.of(kind)
    found = [read(survey, record.ref) for record in records]
    terms = tuple(sorted(set().union(*found)))
    numbers = {term: number for number, term in enumerate(terms)}
    profiles = tuple(frozenset(numbers[term] for term in one) for one in found)
    return _Kind(records, terms, Profiles(profiles))


def _terms(survey: Survey, ref: Ref) -> set[Ref]:
    facets = survey.model.facets
    structure = (link for link in survey.links(ref) if link.written is None)
    return {link.target for link in structure if link.target.kind in facets}


def _linked(survey: Survey, ref: Ref) -> set[Ref]:
    outward = {link.target for link in survey.links(ref)}
    found = outward | {link.source for link in survey.backlinks(ref)}
    return {other for other in found if other.kind not in UNLIKE and other != ref}
