"""The record itself: its identity, and the fields that every kind has."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from alignsurvey import rules
from alignsurvey.diagnostics import Severity, did_you_mean
from alignsurvey.records.base.claims import Claim
from alignsurvey.records.base.marks import Inverse, Place, Unordered
from alignsurvey.records.base.models import Model
from alignsurvey.records.base.references import KEBAB_CASE, Ref, To, misnamed
from alignsurvey.records.base.values import Day, Prose, Text, Url, Year, problem


class Link(Model):
    """An address elsewhere on the web."""

    label: Text
    """What the reader finds there."""
    url: Url
    """The address."""


class Checked(Model):
    """How far a person went in the sources, and when."""

    on: Day
    """The day of the last check, YYYY-MM-DD."""
    level: Literal["id", "abstract", "full-text"]
    """What was read: that the source exists, its abstract, or the full text."""


def _former_id(value: str) -> str:
    if flaw := misnamed(value):
        message, better = flaw
        raise problem("S206", message, f"write `{better}`" if better else KEBAB_CASE)
    return value


def _suppressible(value: str) -> str:
    if value in {rule.code for rule in rules.SUPPRESSIBLE}:
        return value
    if rule := rules.BY_CODE.get(value):
        level = "is no rule of quality" if rule.severity < Severity.ERROR else "is an error"
        raise problem("S211", f"`{value}` {level} and cannot be suppressed", "mend it instead")
    hint = did_you_mean(value, (rule.code for rule in rules.SUPPRESSIBLE))
    raise problem("S211", f"there is no rule `{value}`", hint or "all rules: alignsurvey explain")


class Suppression(Model):
    """An exception that a record makes for itself from a rule of quality, with the reason."""

    rule: Annotated[
        Text,
        AfterValidator(_suppressible),
        Field(json_schema_extra={"enum": [rule.code for rule in rules.SUPPRESSIBLE]}),
    ]
    """The code of the rule, such as `Q504`."""
    reason: Text
    """Why the rule does not hold here."""
    field: Text | None = None
    """The field for which it is meant, such as `needs.verifier`; the whole record without it."""


class Record(Model):
    """A node of the survey: it has a kind, an id and a name."""

    kind: ClassVar[str] = ""
    """The kind's id, as used in ``kind:id``."""
    folder: ClassVar[str] = ""
    """The folder of its files in ``content/`` and of its pages on the site."""
    index: ClassVar[str] = ""
    """The folder of its index page, where that is not ``folder``."""
    label: ClassVar[str] = ""
    """What one record is called."""
    plural: ClassVar[str] = ""
    """What several records are called."""
    section: ClassVar[str] = ""
    """The tab of the site under which the kind is found."""
    order: ClassVar[int] = 0
    """Where the kind stands among the others; smaller comes first."""
    written: ClassVar[bool] = True
    """Whether records of the kind are YAML files."""

    id: str
    """The file name without its ending; never written in the file."""
    name: Annotated[Text, Place.START]
    """The full name, in its usual spelling."""

    @classmethod
    def written_fields(cls) -> tuple[str, ...]:
        """The fields that may be written in a file; the id is the file's name."""
        return tuple(name for name in super().written_fields() if name != "id")

    @cached_property
    def ref(self) -> Ref:
        """The record's name in the survey's graph."""
        return Ref(self.kind, self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called: the name, then the aliases."""
        return (self.name,)


class WrittenRecord(Record):
    """The fields that every YAML record may have."""

    aliases: Annotated[tuple[Text, ...], Place.START] = ()
    """Other names and abbreviations; search finds them all."""
    summary: Annotated[Text, Field(max_length=300), Place.START]
    """One sentence that says what it is."""
    introduced_by: Annotated[Annotated[Ref, To("reference")] | None, Place.START] = None
    """The source in which it first appeared."""
    year: Annotated[Year | None, Place.START] = None
    """The year of the first public version."""
    claims: Annotated[tuple[Claim, ...], Place.END] = ()
    """Sourced statements that fit no other field."""
    links: Annotated[tuple[Link, ...], Place.END] = ()
    """Addresses elsewhere: code, data, project pages."""
    see: Annotated[tuple[Annotated[Ref, To()], ...], Inverse("See also"), Place.END] = ()
    """Related records of any kind, as `kind:id`."""
    body: Annotated[Prose | None, Place.END] = None
    """Further prose, for what no field holds."""
    former_ids: Annotated[
        tuple[Annotated[Text, AfterValidator(_former_id)], ...], Unordered(), Place.END
    ] = ()
    """Ids that the record had before; they redirect to it."""
    suppress: Annotated[tuple[Suppression, ...], Place.END] = ()
    """Rules of quality that do not hold for the record, each with the reason."""
    checked: Annotated[Checked, Place.END]
    """How far the sources were read, and when."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called: the name, then the aliases."""
        return self.name, *self.aliases
