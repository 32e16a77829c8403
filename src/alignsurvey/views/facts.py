"""The facts of a record: the values that can be compared, with their sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from alignsurvey.annotations import choices, description_of, item_class
from alignsurvey.facets import Facet
from alignsurvey.model import ContentModel
from alignsurvey.records.base import (
    EMPTY,
    Citation,
    Model,
    Record,
    Ref,
    Shown,
    Sourced,
    contested,
)
from alignsurvey.survey import Survey, remembered


@dataclass(frozen=True, slots=True)
class Column:
    """A comparable field of a kind."""

    path: tuple[str, ...]
    """The names of the fields that lead to the value."""
    label: str
    description: str
    """What the field holds, for a tooltip."""
    group: str = ""
    """The label of the field around it, if it stands in a group."""
    facet: str = ""
    """The facet whose terms are its values, if it has one."""
    cell: bool = False
    """Whether the values are sourced cells, of which two that differ are contested."""
    choices: tuple[str, ...] = ()
    """The words that may be its values, where only some may."""

    @property
    def name(self) -> str:
        """The dotted name of the field."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value of a fact, with what it rests on."""

    text: str
    ref: Ref | None = None
    """The term or record that the value names."""
    of: str | None = None
    """The version or part that the value belongs to."""
    cite: tuple[Citation, ...] = ()
    note: str | None = None

    @property
    def empty(self) -> bool:
        """Whether the value says why there is none."""
        return self.text in EMPTY


@dataclass(frozen=True, slots=True)
class Fact:
    """A comparable field of a record with its values."""

    column: Column
    values: tuple[FactValue, ...]

    @property
    def contested(self) -> bool:
        """Whether sources give different values for one cell, or for one part of it."""
        return (
            len(self.values) > 1
            and self.column.cell
            and contested((value.of, value.text) for value in self.values)
        )

    @property
    def written(self) -> bool:
        """Whether the record says anything of it, be it why there is no value."""
        return self.values not in {(), UNKNOWN}

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return any(not value.empty for value in self.values)


UNKNOWN = (FactValue("unknown"),)


def label_of(name: str) -> str:
    """A field's name as people read it: ``reward_model`` is "Reward model"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


@remembered
def columns(survey: Survey, kind: str) -> tuple[Column, ...]:
    """The comparable fields of a kind in the order of its model, as far as the survey uses them.

    A cell that no record fills is a gap worth showing; a whole group of such cells belongs to
    another subject, as does a choice that no record makes.
    """
    found = {
        column: any(fact(survey.model, record, column).written for record in survey.of(kind))
        for column in _columns(survey.model, kind)
    }
    groups = {column.group for column, used in found.items() if used}
    return tuple(
        column
        for column, used in found.items()
        if used or column.facet or (column.cell and column.group in {"", *groups})
    )


def _columns(model: ContentModel, kind: str) -> tuple[Column, ...]:
    """The comparable fields of a kind: its facets first, then year, choices and cells."""
    cls = model.kinds[kind]
    facets = [
        _facet_column(facet, use.field) for facet, use in model.uses(kind) if "." not in use.field
    ]
    return (*facets, *_own_columns(cls, {column.path[0] for column in facets}))


def _facet_column(facet: Facet, field: str) -> Column:
    return Column((field,), label_of(field), facet.definition, facet=facet.id)


def _own_columns(cls: type[Model], taken: set[str]) -> Iterator[Column]:
    for name, info in cls.model_fields.items():
        description = description_of(info)
        inner = item_class(info.annotation)
        if name in taken:
            continue
        cell = inner is not None and issubclass(inner, Sourced)
        if name == "year" or cell or _is_choice(info) or _is_shown(info):
            words = choices(info.annotation)
            yield Column((name,), label_of(name), description, cell=cell, choices=words)
        elif inner is not None and any(
            _is_cell(field.annotation) for field in inner.model_fields.values()
        ):
            for step, field in inner.model_fields.items():
                if _is_cell(field.annotation):
                    group = label_of(name)
                    description, words = description_of(field), choices(field.annotation)
                    yield Column(
                        (name, step), label_of(step), description, group, cell=True, choices=words
                    )


def _is_cell(annotation: Any) -> bool:
    inner = item_class(annotation)
    return inner is not None and issubclass(inner, Sourced)


def _is_choice(info: Any) -> bool:
    annotation = info.annotation
    return get_origin(annotation) is Literal or any(
        get_origin(a) is Literal for a in get_args(annotation)
    )


def _is_shown(info: Any) -> bool:
    return any(isinstance(mark, Shown) for mark in info.metadata)


def fact(model: ContentModel, record: Record, column: Column) -> Fact:
    """A record's values in a column; an absent cell is ``unknown``, an absent choice has none."""
    value: Any = record
    for step in column.path:
        value = getattr(value, step, None)
    return Fact(column, tuple(_values(value)) or (UNKNOWN if column.cell else ()))


def facts(survey: Survey, record: Record) -> tuple[Fact, ...]:
    """Every fact of a record, in the order of its kind's columns."""
    return tuple(fact(survey.model, record, column) for column in columns(survey, record.kind))


def grouped(survey: Survey, record: Record) -> Mapping[str, tuple[Fact, ...]]:
    """Every fact of a record, by the group of its column; the name of no group is empty."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for one in facts(survey, record):
        groups[one.column.group].append(one)
    return {group: tuple(members) for group, members in groups.items()}


def _values(value: Any) -> Iterator[FactValue]:
    match value:
        case None | ():
            return
        case tuple():
            for item in value:
                yield from _values(item)
        case Sourced():
            yield FactValue(str(value.value), of=value.of, cite=value.cite, note=value.note)
        case Ref():
            yield FactValue(value.id, ref=value)
        case _:
            yield FactValue(str(value))
