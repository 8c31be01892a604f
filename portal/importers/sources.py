"""``data/sources.csv``: the documents that facts were taken from."""

from dataclasses import dataclass
from enum import StrEnum

from portal.core.models import Source
from portal.importers.files import DataFile
from portal.importers.tables import PartialDate


class SourceKind(StrEnum):
    """Kinds of documents."""

    REPORT = "report"
    MINUTES = "minutes"
    PRESS = "press"
    LAW = "law"
    WEBSITE = "website"
    OTHER = "other"


@dataclass(frozen=True)
class SourceRow:
    """A document."""

    key: str
    kind: SourceKind
    title: str
    title_en: str | None
    address: str | None
    accessed: PartialDate | None


SOURCES = DataFile("sources.csv", SourceRow, Source, ("key",))
