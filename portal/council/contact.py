"""Whom to ask: a unit's phone, address and hours, and whether somebody is there now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.council.holidays import holidays_between
from portal.council.hours import OpeningState, opening_state
from portal.council.pages import CouncilRow, UnitRow

#: How far ahead holidays are looked up to say when an office opens next.
_LOOK_AHEAD = timedelta(days=31)


@dataclass(frozen=True)
class Contact:
    """How a unit or the council is reached; None is not known.

    :ivar opening: whether it is open now; None when its hours are not known
    """

    name: str
    name_en: str | None
    phone: str | None
    opening_hours: str | None
    address: str | None
    address_en: str | None
    opening: OpeningState | None

    @property
    def is_known(self) -> bool:
        """Say whether there is any way to reach it."""
        return bool(self.phone or self.address)


def contact_of_unit(session: Session, unit: UnitRow, council: CouncilRow, now: datetime) -> Contact:
    """Return how a unit is reached; the council's address stands in for a missing one.

    :param now: aware time in the council's zone
    """
    return Contact(
        name=unit.name,
        name_en=unit.name_en,
        phone=unit.phone,
        opening_hours=unit.opening_hours,
        address=unit.address or council.address,
        address_en=unit.address_en or council.address_en,
        opening=_opening(session, unit.opening_hours, council.country, now),
    )


def contact_of_council(session: Session, council: CouncilRow, now: datetime) -> Contact:
    """Return how the council itself is reached.

    :param now: aware time in the council's zone
    """
    return Contact(
        name=council.secretariat,
        name_en=council.secretariat_en,
        phone=council.phone,
        opening_hours=council.opening_hours,
        address=council.address,
        address_en=council.address_en,
        opening=_opening(session, council.opening_hours, council.country, now),
    )


def _opening(
    session: Session, hours: str | None, country: str, now: datetime
) -> OpeningState | None:
    if not hours:
        return None
    last = now.date() + _LOOK_AHEAD
    days_off = holidays_between(session, now.date(), last, country, "ko")
    return opening_state(hours, now, set(days_off))
