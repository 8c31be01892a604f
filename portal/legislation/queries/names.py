"""Names of what bills and ordinances speak of, and who brought them in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from portal.calendar.models import CouncilSession
from portal.council.models import Member
from portal.legislation.models import BillSponsor, EnactmentSponsor
from portal.legislation.pages import Named, SponsorRow

#: So many members may stand behind one bill.
MOST_SPONSORS = 200


def has_session_page(number: Any, today: date) -> ColumnElement[bool]:
    """Return the condition that the session with the number in a column has a page on a day."""
    return exists().where(CouncilSession.number == number, CouncilSession.is_shown(today))


def named(slug: str | None, name: str | None, name_en: str | None) -> Named | None:
    """Return a name with its page, or None where there is no name."""
    return Named(slug, name, name_en) if name else None


def sponsors_of(
    session: Session, model: type[BillSponsor | EnactmentSponsor], ids: Sequence[int]
) -> dict[int, tuple[SponsorRow, ...]]:
    """Return the members behind bills or enactments, by id, in their order."""
    owner: Any = getattr(model, "bill_id" if model is BillSponsor else "enactment_id")
    rows = session.execute(
        select(
            owner, model.role, model.name, Member.slug, Member.name, Member.name_en,
            Member.is_published(),
        )
        .outerjoin(Member, Member.id == model.member_id)
        .where(owner.in_(ids))
        .order_by(owner, model.position)
        .limit(MOST_SPONSORS * max(1, len(ids)))
    )  # fmt: skip
    found: dict[int, list[SponsorRow]] = defaultdict(list)
    for row_id, role, written, slug, name, name_en, is_public in rows:
        member = Named(slug if is_public else None, name or written or "", name_en)
        found[row_id].append(SponsorRow(role, member))
    return {row_id: tuple(sponsors) for row_id, sponsors in found.items()}
