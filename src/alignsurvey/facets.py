"""Facets: the vocabularies by which records are classified, as data that a survey brings along."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar

from alignsurvey.records.base import (
    AT_LEAST_ONE,
    Count,
    Model,
    Prose,
    Record,
    Ref,
    Suppression,
    Text,
)


class Use(Model):
    """One field of one kind that takes its values from a facet."""

    kind: Text
    """The kind of record that is classified."""
    field: Text
    """The name of its field; `limits.limit` is the field `limit` of each item of `limits`."""
    required: bool = False
    """Whether the field must be present."""
    many: bool = False
    """Whether the field holds a list."""
    count: Count | None = None
    """How many terms the list must hold, when the number is fixed."""


class ConceptEntry(Model):
    """A concept as it is written in a facet's file."""

    id: Text
    """The id by which records name it."""
    name: Text
    """The name that readers see."""
    definition: Prose
    """What falls under it, in a sentence."""
    aliases: tuple[Text, ...] = ()
    """Other names."""
    narrower: tuple[Text, ...] = ()
    """The ids of the concepts below it."""
    suppress: tuple[Suppression, ...] = ()
    """Rules of quality that do not hold for the concept, each with the reason."""


class FacetFile(Model):
    """What a file in `content/taxonomy/` holds."""

    name: Text
    """The facet's name."""
    definition: Prose
    """What question about a record the facet answers."""
    rank: int = 0
    """Where the facet stands among the others; the smallest number comes first."""
    classifies: tuple[Use, ...]
    """The fields that take their values from it."""
    concepts: Annotated[tuple[ConceptEntry, ...], AT_LEAST_ONE]
    """Its vocabulary, in the order in which it is shown."""


class Concept(Record):
    """A node of a facet: a term by which records are classified."""

    label: ClassVar[str] = "Concept"
    plural: ClassVar[str] = "Concepts"

    facet: str
    """The id of its facet."""
    definition: Prose
    """What falls under it."""
    aliases: tuple[str, ...] = ()
    """Other names."""
    broader: tuple[str, ...] = ()
    """The ids of the concepts above it."""
    narrower: tuple[str, ...] = ()
    """The ids of the concepts below it."""
    suppress: tuple[Suppression, ...] = ()
    """Rules of quality that do not hold for it."""

    @cached_property
    def ref(self) -> Ref:
        """The concept's name in the survey's graph: its facet is its kind."""
        return Ref(self.facet, self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called: the name, then the aliases."""
        return self.name, *self.aliases


class Facet(Record):
    """A vocabulary, with the fields that it serves."""

    label: ClassVar[str] = "Facet"
    plural: ClassVar[str] = "Facets"

    definition: Prose
    """What question about a record the facet answers."""
    rank: int = 0
    """Where the facet stands among the others."""
    classifies: tuple[Use, ...]
    """The fields that take their values from it."""
    concepts: tuple[Concept, ...]
    """Its concepts, in the order of the file."""

    @cached_property
    def ref(self) -> Ref:
        """The facet's name in the survey's graph."""
        return Ref("facet", self.id)

    @property
    def roots(self) -> tuple[Concept, ...]:
        """The concepts that stand below no other."""
        return tuple(concept for concept in self.concepts if not concept.broader)


def facet_of(identifier: str, written: FacetFile) -> Facet:
    """The facet that a file describes, with both directions of its hierarchy."""
    concepts = tuple(
        Concept(
            id=entry.id,
            name=entry.name,
            facet=identifier,
            definition=entry.definition,
            aliases=entry.aliases,
            narrower=entry.narrower,
            suppress=entry.suppress,
            broader=tuple(other.id for other in written.concepts if entry.id in other.narrower),
        )
        for entry in written.concepts
    )
    return Facet(
        id=identifier,
        name=written.name,
        definition=written.definition,
        rank=written.rank,
        classifies=written.classifies,
        concepts=concepts,
    )
