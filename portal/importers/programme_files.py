"""The files under ``data/programmes/``: one dataclass a file, in the order of its columns."""

from dataclasses import dataclass
from datetime import date

from portal.budget.models import BudgetLine
from portal.core.models import Source
from portal.council.models import Unit
from portal.importers.files import DataFile, check_span
from portal.importers.tables import Amount, PartialDate
from portal.importers.texts import parse_texts
from portal.programmes.models import (
    Chapter,
    Milestone,
    Programme,
    ProgrammeLine,
    ProgrammeLink,
    ProgrammeProject,
    Target,
)
from portal.programmes.rules import LineKind, LinkKind

SOURCE = {"source": ("source_id", Source)}
PROGRAMME = {"programme": ("programme_id", Programme)}


@dataclass(frozen=True)
class ChapterRow:
    """A chapter of the report."""

    number: int
    name: str
    name_en: str | None


@dataclass(frozen=True)
class ProgrammeRow:
    """A work programme."""

    slug: str
    chapter: int
    position: int
    name: str
    name_en: str | None
    unit: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class TextRow:
    """A line of a programme's text; ``texts.yaml`` groups them by programme and kind."""

    programme: str
    kind: LineKind
    position: int
    text: str
    text_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class TargetRow:
    """A target and its result, as printed."""

    programme: str
    position: int
    name: str
    name_en: str | None
    period: str | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    as_of: date
    target: Amount | None
    due: Amount | None
    result: Amount | None
    unit: str | None
    unit_en: str | None
    target_text: str | None
    target_text_en: str | None
    result_text: str | None
    result_text_en: str | None
    note: str | None
    note_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class MilestoneRow:
    """A dated step."""

    programme: str
    position: int
    text: str
    text_en: str | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class ProjectRow:
    """A budget line that pays for a programme."""

    programme: str
    line: str


@dataclass(frozen=True)
class LinkRow:
    """A page that a programme is related to."""

    programme: str
    position: int
    kind: LinkKind
    key: str


FILES: tuple[DataFile, ...] = (
    DataFile("programmes/chapters.csv", ChapterRow, Chapter, ("number",)),
    DataFile(
        "programmes/programmes.csv",
        ProgrammeRow,
        Programme,
        ("slug",),
        SOURCE | {"chapter": ("chapter_id", Chapter), "unit": ("unit_id", Unit)},
    ),
    DataFile(
        "programmes/texts.yaml",
        TextRow,
        ProgrammeLine,
        ("programme", "kind", "position"),
        SOURCE | PROGRAMME,
        parse=parse_texts,
    ),
    DataFile(
        "programmes/targets.csv",
        TargetRow,
        Target,
        ("programme", "position"),
        SOURCE | PROGRAMME,
        check=check_span("starts_on", "ends_on"),
    ),
    DataFile(
        "programmes/milestones.csv",
        MilestoneRow,
        Milestone,
        ("programme", "position"),
        SOURCE | PROGRAMME,
        check=check_span("starts_on", "ends_on"),
    ),
    DataFile(
        "programmes/projects.csv",
        ProjectRow,
        ProgrammeProject,
        ("programme", "line"),
        PROGRAMME | {"line": ("line_id", BudgetLine)},
    ),
    DataFile("programmes/links.csv", LinkRow, ProgrammeLink, ("programme", "position"), PROGRAMME),
)
