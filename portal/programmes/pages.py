"""What the pages of work programmes show: frozen rows read by ``queries``."""

from dataclasses import dataclass
from datetime import date

from portal.core.citations import SourceLine
from portal.programmes.rules import LineKind, LinkKind, Progress


@dataclass(frozen=True)
class ChapterRow:
    """A chapter of the report."""

    number: int
    name: str
    name_en: str | None


@dataclass(frozen=True)
class UnitName:
    """The unit in charge."""

    slug: str
    name: str
    name_en: str | None


@dataclass(frozen=True)
class ProgrammeRow:
    """A work programme in a list.

    :ivar unit: None when no unit is known to be in charge
    """

    id: int
    slug: str
    chapter: ChapterRow
    position: int
    name: str
    name_en: str | None
    unit: UnitName | None
    source: SourceLine | None


@dataclass(frozen=True)
class TargetRow:
    """A target with its result and how far it has come."""

    programme: ProgrammeRow
    position: int
    name: str
    name_en: str | None
    period: str | None
    starts_on: str | None
    ends_on: str | None
    as_of: date
    target: int | None
    result: int | None
    unit: str | None
    unit_en: str | None
    target_text: str | None
    target_text_en: str | None
    result_text: str | None
    result_text_en: str | None
    note: str | None
    note_en: str | None
    locator: str | None
    progress: Progress


@dataclass(frozen=True)
class TextLine:
    """A line of a programme's text."""

    kind: LineKind
    text: str
    text_en: str | None


@dataclass(frozen=True)
class MilestoneRow:
    """A dated step; the dates are partial.

    :ivar is_over: it ended on or before the day asked about
    :ivar has_begun: it began on or before that day
    """

    text: str
    text_en: str | None
    starts_on: str | None
    ends_on: str | None
    is_over: bool
    has_begun: bool


@dataclass(frozen=True)
class LinkRow:
    """A page that a programme is related to, with its name in both languages."""

    kind: LinkKind
    key: str
    name: str
    name_en: str | None


@dataclass(frozen=True)
class ProgrammeText:
    """The whole of a programme beside its targets and money."""

    row: ProgrammeRow
    purpose: tuple[TextLine, ...]
    plan: tuple[TextLine, ...]
    results: tuple[TextLine, ...]
    milestones: tuple[MilestoneRow, ...]
