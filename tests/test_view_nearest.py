"""The search for the nearest sets of terms finds what looking at all of them finds."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignsurvey.views.nearest import DIGITS, Profiles, nearest

SETS = st.lists(st.frozensets(st.integers(0, 9), max_size=8), min_size=1, max_size=60)
BONUS = st.dictionaries(st.integers(1, 59), st.just(1.0), max_size=3)


def among_all(
    profiles: Profiles, own: int, count: int, bonus: Mapping[int, float]
) -> dict[int, float]:
    """The nearest of all sets, each of which is looked at."""
    values = {
        place: profiles.likeness(own, place) + bonus.get(place, 0.0)
        for place in range(len(profiles.terms))
        if place != own
    }
    least = sorted((*values.values(), *[0.0] * count), reverse=True)[count - 1] - 10.0**-DIGITS
    return {place: value for place, value in values.items() if value and value >= least}


@given(SETS, BONUS, st.integers(1, 5))
def test_the_search_finds_what_looking_at_all_of_them_finds(
    sets: list[frozenset[int]], bonus: dict[int, float], count: int
) -> None:
    profiles = Profiles(tuple(sets))
    some = {place: more for place, more in bonus.items() if place < len(sets)}
    assert dict(nearest(profiles, 0, count, some)) == among_all(profiles, 0, count, some)


def test_likeness_is_the_share_of_common_terms_by_weight() -> None:
    profiles = Profiles((frozenset({0, 1}), frozenset({0, 1}), frozenset({0}), frozenset()))
    assert profiles.likeness(0, 1) == 1.0
    assert profiles.weights[1] > profiles.weights[0]
    assert profiles.likeness(0, 2) == pytest.approx(
        profiles.weights[0] / (profiles.weights[0] + profiles.weights[1])
    )
    assert profiles.likeness(0, 3) == 0.0


def test_the_rarest_common_terms_come_first() -> None:
    profiles = Profiles((frozenset({0, 1, 2}), frozenset({0, 1, 2}), frozenset({0, 1, 3})))
    assert profiles.common(0, 1) == [2, 0, 1]


def test_a_set_of_very_many_terms_is_searched_too() -> None:
    profiles = Profiles((frozenset(range(3000)), *(frozenset({term}) for term in range(3000))))
    assert len(nearest(profiles, 0, 3, {})) == 3000
