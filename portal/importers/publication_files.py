"""The files under ``data/publications/``: one dataclass a file, in the order of its columns."""

from dataclasses import dataclass

from portal.core.models import Source
from portal.importers.files import DataFile
from portal.importers.tables import Amount, PartialDate
from portal.publications.models import Edition, Publication
from portal.publications.rules import EditionFormat, PublicationKind

SOURCE = {"source": ("source_id", Source)}


@dataclass(frozen=True)
class PublicationFileRow:
    """Something published or announced."""

    slug: str
    kind: PublicationKind
    title: str
    title_en: str | None
    summary: str | None
    summary_en: str | None
    issued: PartialDate | None
    is_planned: bool
    programme: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class EditionFileRow:
    """A publication in one format."""

    publication: str
    format: EditionFormat
    copies: Amount | None
    unit: str | None
    unit_en: str | None
    address: str | None
    source: str
    locator: str | None


FILES: tuple[DataFile, ...] = (
    DataFile("publications/publications.csv", PublicationFileRow, Publication, ("slug",), SOURCE),
    DataFile(
        "publications/editions.csv",
        EditionFileRow,
        Edition,
        ("publication", "format"),
        SOURCE | {"publication": ("publication_id", Publication)},
    ),
)
