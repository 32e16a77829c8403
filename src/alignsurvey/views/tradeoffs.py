"""Methods against trade-offs: which pole each claim says a method moves towards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from alignsurvey.records.base import Record, Ref
from alignsurvey.records.lab import Lab, Strategy
from alignsurvey.records.method import Method
from alignsurvey.records.tradeoff import Tradeoff
from alignsurvey.survey import Survey
from alignsurvey.views.claims import Quoted, anchor
from alignsurvey.views.families import Family, families
from alignsurvey.views.legibility import MAX_SIDE

Way = Literal["first", "second", "both", "neither", "other"]
"""Towards the first pole, the second, both of them, no effect, or a pole that has no concept."""
WAYS: tuple[Way, ...] = ("first", "second", "both", "neither", "other")


@dataclass(frozen=True, slots=True)
class Direction:
    """One way in which claims say that a method moves a trade-off."""

    way: Way
    label: str
    """The name of the pole, ``both`` or ``neither``."""
    claims: tuple[Quoted, ...]

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """The kinds of evidence with how many claims have each, the most frequent first."""
        return tuple(Counter(quoted.claim.evidence for quoted in self.claims).most_common())


@dataclass(frozen=True, slots=True)
class Cell:
    """What is claimed of one method and one trade-off; without directions nobody studied it."""

    method: Method
    tradeoff: Tradeoff
    directions: tuple[Direction, ...]

    @property
    def verdict(self) -> str:
        """``unstudied``, ``conflicting``, or the one way in which all claims agree."""
        match self.directions:
            case ():
                return "unstudied"
            case (only,):
                return only.way
        return "conflicting"

    @property
    def claims(self) -> int:
        """How many claims stand behind the cell."""
        return sum(len(direction.claims) for direction in self.directions)


@dataclass(frozen=True, slots=True)
class Column:
    """A trade-off with the names of its poles and how many methods were studied on it."""

    tradeoff: Tradeoff
    poles: tuple[str, ...]
    studied: int
    conflicting: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Methods by family against trade-offs."""

    columns: tuple[Column, ...]
    families: tuple[tuple[Family, tuple[tuple[Method, Mapping[Ref, Cell]], ...]], ...]
    """The families of studied methods; for each method the cells of its trade-offs."""
    unstudied: tuple[Record, ...]
    """Methods of which no claim says how they move any trade-off."""

    @property
    def legible(self) -> bool:
        """Whether there are few enough trade-offs for a matrix."""
        return len(self.columns) <= MAX_SIDE

    @property
    def studied(self) -> int:
        """How many methods have a row."""
        return sum(len(rows) for _, rows in self.families)


@dataclass(frozen=True, slots=True)
class Decision:
    """A lab's strategy whose method moves a trade-off."""

    lab: Lab
    strategy: Strategy
    anchor: str
    cell: Cell


def poles(survey: Survey, tradeoff: Tradeoff) -> tuple[Ref, ...]:
    """The two objectives of a trade-off."""
    return tuple(getattr(tradeoff, "poles", ()))


def matrix(survey: Survey) -> Matrix:
    """Every method with an effect against every trade-off."""
    tradeoffs, methods = survey.of(Tradeoff), survey.of(Method)
    studied = [method for method in methods if method.effects]
    places = {one.ref: place for place, one in enumerate(tradeoffs)}
    rows = {method.ref: _row(survey, method, places) for method in studied}
    cells: dict[Ref, list[Cell]] = {one.ref: [] for one in tradeoffs}
    for row in rows.values():
        for ref, moved in row.items():
            cells[ref].append(moved)
    groups = tuple(
        (family, tuple((m, rows[m.ref]) for m in family.members if isinstance(m, Method)))
        for family in families(survey, studied)
    )
    columns = tuple(_column(survey, one, cells[one.ref]) for one in tradeoffs)
    return Matrix(columns, groups, tuple(method for method in methods if not method.effects))


def _row(survey: Survey, method: Method, places: Mapping[Ref, int]) -> Mapping[Ref, Cell]:
    """The cells of the trade-offs that a method moves, in the order of the columns."""
    moved = {effect.tradeoff for effect in method.effects} & places.keys()
    found = ((ref, survey[ref]) for ref in sorted(moved, key=places.__getitem__))
    return {ref: cell(survey, method, one) for ref, one in found if isinstance(one, Tradeoff)}


def _column(survey: Survey, tradeoff: Tradeoff, cells: Sequence[Cell]) -> Column:
    names = tuple(_name(survey, pole) for pole in poles(survey, tradeoff))
    conflicting = sum(1 for one in cells if one.verdict == "conflicting")
    return Column(tradeoff, names, len(cells), conflicting)


def cell(survey: Survey, method: Method, tradeoff: Tradeoff) -> Cell:
    """What the effects of a method say of a trade-off."""
    return Cell(method, tradeoff, _directions(survey, tradeoff, _effects(method, tradeoff)))


def _effects(method: Method, tradeoff: Tradeoff) -> Iterator[tuple[str, Quoted]]:
    for position, effect in enumerate(method.effects, start=1):
        if effect.tradeoff == tradeoff.ref:
            yield effect.moves, Quoted(method, effect, "effects", position)


def _directions(
    survey: Survey, tradeoff: Tradeoff, effects: Iterable[tuple[str, Quoted]]
) -> tuple[Direction, ...]:
    """Effects on one trade-off grouped by where they lead, the first pole first."""
    ends = {pole.id: pole for pole in poles(survey, tradeoff)}
    found: dict[str, list[Quoted]] = {}
    for moves, quoted in effects:
        found.setdefault(moves, []).append(quoted)
    directions = [
        Direction(
            _way(moves, list(ends)),
            _name(survey, ends[moves]) if moves in ends else moves,
            tuple(claims),
        )
        for moves, claims in found.items()
    ]
    return tuple(sorted(directions, key=lambda one: (WAYS.index(one.way), one.label)))


def _way(moves: str, ends: Sequence[str]) -> Way:
    match moves:
        case "both" | "neither":
            return moves
        case _ if moves in ends:
            return "second" if ends.index(moves) else "first"
    return "other"


def _name(survey: Survey, pole: Ref) -> str:
    node = survey.get(pole)
    return node.name if node else pole.id


def levers(survey: Survey, tradeoff: Tradeoff) -> tuple[Direction, ...]:
    """The effects of all methods on a trade-off by the way in which they move it."""
    effects = (found for method in movers(survey, tradeoff) for found in _effects(method, tradeoff))
    return _directions(survey, tradeoff, effects)


def decisions(survey: Survey, tradeoff: Tradeoff) -> tuple[Decision, ...]:
    """The strategies of labs that use a method with an effect on a trade-off, by lab."""
    cells = {method.ref: cell(survey, method, tradeoff) for method in movers(survey, tradeoff)}
    return tuple(
        Decision(lab, strategy, anchor("strategies", position), cells[strategy.method])
        for lab in survey.of(Lab)
        for position, strategy in enumerate(lab.strategies, start=1)
        if strategy.method is not None and strategy.method in cells
    )


def movers(survey: Survey, tradeoff: Tradeoff) -> tuple[Method, ...]:
    """The methods with an effect on a trade-off, by name."""
    sources = {link.source for link in survey.backlinks(tradeoff.ref) if link.field == "effects"}
    found = sorted((survey[ref] for ref in sources), key=lambda node: node.name.casefold())
    return tuple(node for node in found if isinstance(node, Method))
