"""Keep the texts of ordinances that an operator brings in a folder, each wholly or not at all."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.signals import published
from portal.core.slugs import free_slug
from portal.core.versions import raise_version
from portal.importers.ordinance_texts import OrdinanceFile, read_folder
from portal.importers.tables import DataErrors
from portal.legislation.models import Ordinance, OrdinanceVersion
from portal.legislation.rules.kinds import Field
from portal.legislation.rules.storage import as_plain


class Kept(StrEnum):
    """What became of a text that was read."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass
class TextsReport:
    """What an import of texts did.

    :ivar counts: texts by what became of them
    :ivar drafts: titles of ordinances that were not on the site; each is a draft now
    :ivar errors: of the files that were not taken, by their paths
    """

    counts: Counter[Kept] = field(default_factory=Counter)
    drafts: list[str] = field(default_factory=list)
    errors: dict[str, DataErrors] = field(default_factory=dict)


def save_ordinance_texts(session: Session, folder: Path) -> TextsReport:
    """Keep every text of a folder that can be read wholly, in the caller's transaction.

    An ordinance that is not on the site becomes a draft, which staff complete and publish.

    :raise DataErrors: the folder is missing or has too many files
    """
    reading = read_folder(folder)
    report = TextsReport(errors=dict(reading.errors))
    known = {_squeezed(row.title): row for row in session.scalars(select(Ordinance))}
    changed = {_keep(session, file, known, report) for file in reading.files.values()}
    changed.discard(None)
    if changed:
        kind = Ordinance.__tablename__
        published.send(kind, kind=kind, ids=tuple(sorted(filter(None, changed))))
        raise_version(session)
    _record(session, report)
    return report


def _keep(
    session: Session, file: OrdinanceFile, known: dict[str, Ordinance], report: TextsReport
) -> int | None:
    """Keep one text; return the id of its ordinance where that changed anything."""
    title = file.title
    ordinance = known.get(_squeezed(title))
    if ordinance is None:
        ordinance = known[_squeezed(title)] = _draft(session, title)
        report.drafts.append(title)
    values = _values(file)
    row = session.scalar(
        select(OrdinanceVersion).where(
            OrdinanceVersion.ordinance_id == ordinance.id,
            OrdinanceVersion.number == values["number"],
        )
    )
    outcome = _outcome(row, values)
    report.counts[outcome] += 1
    if outcome is Kept.UNCHANGED:
        return None
    row = row or OrdinanceVersion(ordinance_id=ordinance.id)
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return ordinance.id


def _values(file: OrdinanceFile) -> dict[str, object]:
    content = as_plain(file.text)
    return {
        "number": str(file.number or file.promulgated_on),
        "promulgated_on": file.promulgated_on,
        "in_force_on": file.in_force_on,
        "change": file.change_kind,
        "address": file.source,
        "content": content,
        "checksum": hashlib.sha256(repr((content, file.in_force_on)).encode()).hexdigest(),
    }


def _outcome(row: OrdinanceVersion | None, values: Mapping[str, object]) -> Kept:
    if row is None:
        return Kept.NEW
    return Kept.UNCHANGED if row.checksum == values["checksum"] else Kept.CHANGED


def _draft(session: Session, title: str) -> Ordinance:
    slug = free_slug(session, Ordinance, "ordinance")
    row = Ordinance(slug=slug, title=title, field=Field.ADMINISTRATION)
    session.add(row)
    session.flush()
    return row


def _squeezed(title: str) -> str:
    """Return a title without what its copies write in different ways: spaces and middle dots."""
    return "".join(sign for sign in title if not sign.isspace() and sign not in "·ㆍ‧∙")


def _record(session: Session, report: TextsReport) -> None:
    audit.record(
        session,
        actor="import",
        deed="ordinance_texts.imported",
        kind=OrdinanceVersion.__tablename__,
        row_id="all",
        after={str(outcome): str(count) for outcome, count in report.counts.items()},
    )


def lines_of(report: TextsReport) -> list[str]:
    """Return what an import of texts did, line by line."""
    read = report.counts.total()
    lines = [
        _("%(read)s of %(all)s texts were read wholly.", read=read, all=read + len(report.errors)),
        *(f"{outcome}: {report.counts[outcome]}" for outcome in Kept if report.counts[outcome]),
    ]
    lines += [_("New here, as a draft: %(title)s", title=title) for title in report.drafts]
    return lines + [str(error) for errors in report.errors.values() for error in errors.errors]
