"""A search for the nearest among many sets of terms, by branch and bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappushpop
from itertools import accumulate
from math import log

DIGITS = 6
"""How many decimals of likeness count; sets that differ in later ones are equally near."""
FEW = 4
"""How many sets are looked at one by one rather than parted any further."""


@dataclass(frozen=True, eq=False)
class Profiles:
    """Sets of terms, which are numbered from 0, by their places."""

    terms: tuple[frozenset[int], ...]

    @cached_property
    def having(self) -> Mapping[int, int]:
        """The sets that have a term: the bits of a number, at their places."""
        found: dict[int, int] = {}
        for place, terms in enumerate(self.terms):
            for term in terms:
                found[term] = found.get(term, 0) | 1 << place
        return found

    @cached_property
    def weights(self) -> Mapping[int, float]:
        """How much a term weighs: the rarer, the more."""
        count = len(self.terms)
        return {term: log(1 + count / have.bit_count()) for term, have in self.having.items()}

    @cached_property
    def wholes(self) -> Sequence[float]:
        """How much all terms of a set weigh."""
        return [self._weight(terms) for terms in self.terms]

    def _weight(self, terms: Iterable[int]) -> float:
        return sum(map(self.weights.__getitem__, sorted(terms)))

    def likeness(self, one: int, other: int) -> float:
        """The part of all terms of two sets that both have, by weight: from 0 to 1.

        It is the weighted Jaccard index.
        """
        common = self._weight(self.terms[one] & self.terms[other])
        return common / (self.wholes[one] + self.wholes[other] - common) if common else 0.0

    def common(self, one: int, other: int) -> list[int]:
        """The terms that two sets have in common, the rarest first."""
        return self.ranked(self.terms[one] & self.terms[other])

    def ranked(self, terms: Iterable[int]) -> list[int]:
        """Terms by their weights, the rarest first."""
        return sorted(terms, key=lambda term: (-self.weights[term], term))


def nearest(
    profiles: Profiles, own: int, count: int, bonus: Mapping[int, float]
) -> Mapping[int, float]:
    """The likeness of the sets that are most like the one at ``own``, by their places.

    ``bonus`` is added to the likeness of some. There are more than ``count`` where some are equally
    near, and fewer where no others have anything in common with it.
    """
    return _Search(profiles, own, count, bonus).run()


class _Search:
    """Looks for the nearest without looking at all.

    Term by term, the weightiest first, the sets are parted into those that have the term and those
    that do not; what could not be among the nearest even with all further terms is left alone.
    """

    def __init__(
        self, profiles: Profiles, own: int, count: int, bonus: Mapping[int, float]
    ) -> None:
        self._profiles = profiles
        self._own = own
        self._found: dict[int, float] = {}
        self._highest = [0.0] * count
        """The highest values so far, the least of them first."""
        self._left = ((1 << len(profiles.terms)) - 1) & ~(1 << own)
        """The sets at which nobody has looked yet."""
        for place, more in bonus.items():
            self._look(place, more)

    def run(self) -> Mapping[int, float]:
        """The values of the nearest, by their places."""
        weights, having = self._profiles.weights, self._profiles.having
        terms = self._profiles.ranked(self._profiles.terms[self._own])
        rest = [*accumulate((weights[term] for term in reversed(terms)), initial=0.0)][::-1]
        parts = [(0, self._left, 0.0)]
        while parts:
            step, sets, weight = parts.pop()
            sets &= self._left
            if not sets or weight + rest[step] < self._least * rest[0]:
                continue
            if step == len(terms) or (weight and sets.bit_count() <= FEW):
                for place in _bits(sets) if weight else ():
                    self._look(place)
                continue
            term = terms[step]
            parts.append((step + 1, sets, weight))
            parts.append((step + 1, sets & having[term], weight + weights[term]))
        return {place: value for place, value in self._found.items() if value >= self._least}

    @property
    def _least(self) -> float:
        least: float = self._highest[0] - 10.0**-DIGITS
        return least

    def _look(self, place: int, more: float = 0.0) -> None:
        self._left &= ~(1 << place)
        value = self._profiles.likeness(self._own, place) + more
        if value:
            self._found[place] = value
            heappushpop(self._highest, value)


def _bits(number: int) -> Iterator[int]:
    """The places of the bits of a number that are set."""
    while number:
        place = number.bit_length() - 1
        yield place
        number ^= 1 << place
