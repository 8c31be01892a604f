"""Whose thing a row of a desk is: the committee or member that it, or what was written, names."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.rules import Place, ScopeKind
from portal.council.models import Committee, Member


def committee_place(session: Session, row: Any, written: Mapping[str, Any]) -> Place | None:
    """Return the committee of a row, None when it is none's or not known.

    :param row: has ``committee_id``; None: a new one
    :param written: what stands in the form, which goes before what the row has
    """
    chosen = written.get("committee_id", row.committee_id if row else None)
    committee = session.get(Committee, chosen) if chosen else None
    return Place(ScopeKind.COMMITTEE, committee.slug) if committee else None


def member_place(session: Session, row: Any, written: Mapping[str, Any]) -> Place | None:
    """Return the member of a row, None when it is none's.

    :param row: has ``member_id``; None: a new one
    :param written: what stands in the form, which goes before what the row has
    """
    chosen = written.get("member_id", row.member_id if row else None)
    member = session.get(Member, chosen) if chosen else None
    return Place(ScopeKind.MEMBER, member.slug) if member else None
