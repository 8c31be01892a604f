"""The desks of members, committees and units: how new ones begin, and where they are shown."""

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from portal.accounts.rules import Place, ScopeKind
from portal.core.slugs import free_slug, slug_of_name, slug_of_person
from portal.council.forms import CommitteeForm, MemberForm, UnitForm
from portal.council.models import Committee, Member, Unit
from portal.moderation.desks import Desk

Row = TypeVar("Row", Member, Committee, Unit)


def create_member(session: Session, values: Mapping[str, Any]) -> Member:
    """Make a draft whose address is the name in Latin letters."""
    row = Member(
        slug=free_slug(session, Member, slug_of_person(values["name"])),
        **{name: values[name] for name in ("name", "initials", "term_id", "seat")},
    )
    return _add(session, row)


def create_committee(session: Session, values: Mapping[str, Any]) -> Committee:
    """Make a draft whose address is the English name, or the Korean one in Latin letters."""
    row = Committee(
        slug=free_slug(session, Committee, _named(values)),
        **{name: values[name] for name in ("position", "name", "kind", "is_remit_complete")},
    )
    return _add(session, row)


def create_unit(session: Session, values: Mapping[str, Any]) -> Unit:
    """Make a draft whose address is the English name, or the Korean one in Latin letters."""
    row = Unit(
        slug=free_slug(session, Unit, _named(values)),
        **{name: values[name] for name in ("position", "name", "kind")},
    )
    return _add(session, row)


def _named(values: Mapping[str, Any]) -> str:
    return slug_of_name(values["name_en"] or values["name"])


def _add(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


def _own_place(
    kind: ScopeKind, _session: Session, row: Row | None, _written: Mapping[str, Any]
) -> Place | None:
    """Return the place that a row is itself; a new one is the whole council's to make."""
    return None if row is None else Place(kind, row.slug)


DESKS = (
    Desk(
        model=Member,
        label=_l("Members"),
        form=MemberForm,
        order=("name", "slug"),
        page=lambda row: ("council.show_member", {"slug": row.slug}),
        create=create_member,
        add_label=_l("A member joins"),
        place=partial(_own_place, ScopeKind.MEMBER),
    ),
    Desk(
        model=Committee,
        label=_l("Committees"),
        form=CommitteeForm,
        order=("position",),
        page=lambda row: ("council.show_committee", {"slug": row.slug}),
        create=create_committee,
        add_label=_l("Add a committee"),
        place=partial(_own_place, ScopeKind.COMMITTEE),
    ),
    Desk(
        model=Unit,
        label=_l("Contacts and units"),
        form=UnitForm,
        order=("position",),
        page=lambda row: ("council.show_unit", {"slug": row.slug}),
        create=create_unit,
        add_label=_l("Add a unit"),
        place=partial(_own_place, ScopeKind.UNIT),
    ),
)
