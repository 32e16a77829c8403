"""The immutable linked graph of a survey: its records, concepts and references, and their links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

from alignsurvey.diagnostics import Edit, Span, Written
from alignsurvey.drafts import Draft
from alignsurvey.facets import Concept, Facet
from alignsurvey.linking import Link, links_of
from alignsurvey.model import ContentModel
from alignsurvey.records.base import ANY, Record, Ref, WrittenRecord
from alignsurvey.records.reference import Reference
from alignsurvey.source import Path

N = TypeVar("N", bound=Record)
P = ParamSpec("P")
R = TypeVar("R")


class Origin(Written, Protocol):
    """Where a node of the survey was written."""

    @property
    def path(self) -> str:
        """The file, relative to the survey's folder."""

    def span(self, path: Path = ()) -> Span:
        """Where the value at a path of fields stands."""

    def key_span(self, path: Path) -> Span:
        """Where the name of a field stands."""

    def find(self, path: Path, text: str, ahead: int = 0) -> Span:
        """Where a text stands within a value, behind so many characters other than white space."""

    def without(self, path: Path) -> Edit | None:
        """The edit that takes the item or field at a path out, if that is simple."""


@dataclass(frozen=True, eq=False)
class Survey:
    """All nodes of a survey and the links between them."""

    model: ContentModel
    nodes: Mapping[Ref, Record]
    origins: Mapping[Ref, Origin]
    broken: frozenset[Ref] = frozenset()
    """Nodes whose file has mistakes, known by name only; `*` may be any of a kind."""
    drafts: tuple[Draft, ...] = ()
    """What could be made out of those nodes."""
    released: Mapping[Ref, Span] = field(default_factory=dict)
    """The ids that were published, each with its line in the ledger."""
    built_on: date | None = None
    """The day that was given for the build, if one was."""
    _remembered: dict[Any, Any] = field(init=False, repr=False, default_factory=dict)
    """Answers of the functions that are marked as :func:`remembered`."""

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Record, ...]]:
        groups: dict[str, list[Record]] = defaultdict(list)
        for ref, node in self.nodes.items():
            groups[ref.kind].append(node)
        facets = self.model.facets
        return {
            kind: tuple(nodes if kind in facets else sorted(nodes, key=alphabetical))
            for kind, nodes in groups.items()
        }

    @overload
    def of(self, kind: str) -> tuple[Record, ...]: ...

    @overload
    def of(self, kind: type[N]) -> tuple[N, ...]: ...

    def of(self, kind: str | type[Record]) -> tuple[Record, ...]:
        """The nodes of a kind by name, or the concepts of a facet in their own order."""
        if isinstance(kind, str):
            return self._by_kind.get(kind, ())
        return tuple(node for node in self.of(kind.kind) if isinstance(node, kind))

    @cached_property
    def written(self) -> tuple[WrittenRecord, ...]:
        """Every record that stands in a file of its own, kind by kind."""
        nodes = (node for kind in self.held for node in self.of(kind))
        return tuple(node for node in nodes if isinstance(node, WrittenRecord))

    @cached_property
    def held(self) -> Mapping[str, type[Record]]:
        """The kinds of which there are records, in the order in which the site shows them."""
        return {kind: cls for kind, cls in self.model.kinds.items() if self.of(kind)}

    @property
    def facets(self) -> Iterable[Facet]:
        """The facets, by their ids."""
        return self.model.facets.values()

    def get(self, ref: Ref) -> Record | None:
        """The node that a reference names, if it exists."""
        return self.nodes.get(ref)

    def is_broken(self, ref: Ref) -> bool:
        """Whether a node may exist, in a file that could not be read."""
        return not self.broken.isdisjoint({ref, Ref(ref.kind, ANY), Ref("facet", ref.kind)})

    def __getitem__(self, ref: Ref) -> Record:
        return self.nodes[ref]

    def reference(self, ref: Ref) -> Reference:
        """The bibliography entry that a citation names.

        Raises:
            KeyError: the survey has no such entry.
        """
        node = self.nodes[ref]
        if not isinstance(node, Reference):
            raise KeyError(ref)
        return node

    @cached_property
    def _links(self) -> tuple[Mapping[Ref, tuple[Link, ...]], Mapping[Ref, tuple[Link, ...]]]:
        outward: dict[Ref, tuple[Link, ...]] = {}
        inward: dict[Ref, list[Link]] = defaultdict(list)
        for ref, node in self.nodes.items():
            if links := tuple(links_of(node)):
                outward[ref] = links
            for link in links:
                inward[link.target].append(link)
        return outward, {ref: tuple(links) for ref, links in inward.items()}

    def links(self, ref: Ref) -> tuple[Link, ...]:
        """The links that a node declares, in the order of its fields."""
        return self._links[0].get(ref, ())

    def backlinks(self, ref: Ref) -> tuple[Link, ...]:
        """The links of other nodes that lead to this one."""
        return self._links[1].get(ref, ())

    @cached_property
    def _linking(self) -> Mapping[Ref, int]:
        return {ref: len({link.source for link in links}) for ref, links in self._links[1].items()}

    def linking(self, ref: Ref) -> int:
        """How many other nodes lead to this one."""
        return self._linking.get(ref, 0)

    def all_links(self) -> Iterator[Link]:
        """Every link of the survey."""
        for links in self._links[0].values():
            yield from links

    def written_links(self) -> Iterator[Link]:
        """Every link that was written, those of records with mistakes included."""
        yield from self.all_links()
        for draft in self.drafts:
            yield from draft.links

    def span(self, link: Link) -> Span:
        """Where a link was written."""
        origin = self.origins[link.source]
        if link.written is None:
            return origin.span(link.path)
        return origin.find(link.path, link.written, link.ahead)

    @cached_property
    def today(self) -> date | None:
        """The day by which ages are judged: that of the build, or else of the newest check."""
        return self.built_on or max((node.checked.on for node in self.written), default=None)

    @cached_property
    def former(self) -> Mapping[Ref, Record]:
        """The records by the ids that they had before."""
        return {
            Ref(node.kind, identifier): node
            for node in self.written
            for identifier in node.former_ids
        }

    def concept(self, ref: Ref) -> Concept | None:
        """The concept that a term names, if it exists."""
        node = self.nodes.get(ref)
        return node if isinstance(node, Concept) else None


_NOT_ASKED: Any = object()


def remembered(
    function: Callable[Concatenate[Survey, P], R],
) -> Callable[Concatenate[Survey, P], R]:
    """A function of a survey, asked once: its answers last as long as the survey."""

    @wraps(function)
    def asked(survey: Survey, /, *arguments: P.args, **named: P.kwargs) -> R:
        known, key = survey._remembered, (function, arguments, *named.items())  # noqa: SLF001 - its own
        answer: R = known.get(key, _NOT_ASKED)
        if answer is _NOT_ASKED:
            answer = known[key] = function(survey, *arguments, **named)
        return answer

    return asked


def alphabetical(node: Record) -> tuple[str, Ref]:
    """The key by which records are sorted: the name, then what tells namesakes apart."""
    return node.name.casefold(), node.ref
