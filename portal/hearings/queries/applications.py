"""Reads of applications, for the staff: the offices see their own, who reviews sees all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from portal.accounts.rules import Place, ScopeKind
from portal.budget.models import Execution, FiscalYear
from portal.calendar.models import Room
from portal.calendar.pages import RoomRow
from portal.calendar.queries import open_rooms
from portal.core.citations import SOURCE_COLUMNS, SourceLine, source_of
from portal.core.clock import council_zone
from portal.core.models import Source
from portal.council.models import Committee, Member
from portal.hearings.application_pages import (
    ApplicationRow,
    Budget,
    PrintedYear,
    ProgrammeName,
)
from portal.hearings.models import Application, Hearing, HearingFigure
from portal.hearings.rules.applications import (
    GRANTED,
    PROGRAMME,
    ROOMS,
    ApplicationState,
    Support,
)
from portal.hearings.rules.figures import Measure, Supported
from portal.hearings.rules.kinds import HearingKind
from portal.programmes.models import Programme, ProgrammeProject

#: Lists are bounded, far above what a council has.
MOST_ROWS = 500
MOST_COUNTED = 20_000


def rooms_of_kind(session: Session, kind: HearingKind) -> tuple[RoomRow, ...]:
    """Return the rooms that are given out and fit a kind, in their order."""
    return rooms_by_kind(session)[kind]


def rooms_by_kind(session: Session) -> dict[HearingKind, tuple[RoomRow, ...]]:
    """Return the rooms that are given out and fit each kind.

    Where the council has none of the rooms of a kind, all rooms fit it.
    """
    rooms = open_rooms(session)
    slugs = [slug for named in ROOMS.values() for slug in named]
    known = set(session.scalars(select(Room.slug).where(Room.slug.in_(slugs))))
    named = {kind: set(ROOMS.get(kind, ())) for kind in HearingKind}
    return {
        kind: tuple(room for room in rooms if room.slug in wanted) if wanted & known else rooms
        for kind, wanted in named.items()
    }


def find_application(session: Session, application_id: int) -> ApplicationRow | None:
    """Return an application, or None."""
    row = session.execute(_rows().where(Application.id == application_id)).first()
    return None if row is None else _row(row)


def applications_of(session: Session, places: Iterable[Place]) -> tuple[ApplicationRow, ...]:
    """Return the applications of some committees and members, the newest first."""
    of = _slugs(places)
    whose = Committee.slug.in_(of[ScopeKind.COMMITTEE]) | Member.slug.in_(of[ScopeKind.MEMBER])
    rows = session.execute(_rows().where(whose).order_by(Application.id.desc()).limit(MOST_ROWS))
    return tuple(map(_row, rows))


def applications_in(session: Session, state: ApplicationState | None) -> tuple[ApplicationRow, ...]:
    """Return the applications in a state, those of the nearest day first; None: all."""
    wanted = () if state is None else (Application.state == state,)
    ordered = _rows().where(*wanted).order_by(Application.starts_at, Application.id)
    return tuple(map(_row, session.execute(ordered.limit(MOST_ROWS))))


def others_that_wait(session: Session, row: ApplicationRow) -> tuple[ApplicationRow, ...]:
    """Return what else waits for the same room on the same day."""
    first, last = _hours(row.day, row.day)
    rows = session.execute(
        _rows()
        .where(
            Application.state == ApplicationState.SUBMITTED,
            Application.room_id == row.room_id,
            Application.id != row.id,
            Application.starts_at >= first,
            Application.starts_at < last,
        )
        .order_by(Application.starts_at, Application.id)
        .limit(MOST_ROWS)
    )
    return tuple(map(_row, rows))


def count_waiting(session: Session) -> int:
    """Return how many applications wait for an answer."""
    waiting = select(func.count(Application.id))
    return session.scalar(waiting.where(Application.state == ApplicationState.SUBMITTED)) or 0


def answered_since(session: Session, actor: str, since: datetime) -> tuple[ApplicationRow, ...]:
    """Return what somebody applied for that was answered since a real time, the newest first."""
    rows = session.execute(
        _rows()
        .where(
            Application.sent_by == actor,
            Application.decided_at >= since,
            Application.state.in_((ApplicationState.APPROVED, ApplicationState.REFUSED)),
        )
        .order_by(Application.decided_at.desc(), Application.id)
        .limit(MOST_ROWS)
    )
    return tuple(map(_row, rows))


def titles_of(session: Session, ids: Iterable[int]) -> Sequence[tuple[int, str]]:
    """Return the titles of applications by their ids."""
    rows = session.execute(
        select(Application.id, Application.title).where(Application.id.in_(tuple(ids)))
    )
    return [(row_id, title) for row_id, title in rows]


def ids_of_place(session: Session, place: Place) -> tuple[int | None, int | None]:
    """Return the ids of the committee and the member that a place is; one of them is None."""
    if place.kind is ScopeKind.COMMITTEE:
        found = session.scalar(select(Committee.id).where(Committee.slug == place.key))
        return found, None
    return None, session.scalar(select(Member.id).where(Member.slug == place.key))


def supported(session: Session) -> tuple[Supported, ...]:
    """Return all approved applications, as far as figures need them."""
    rows = session.execute(
        select(Application.kind, Application.ends_at, Hearing.cancelled_at)
        .outerjoin(Hearing, Hearing.id == Application.hearing_id)
        .where(Application.state.in_(GRANTED))
        .order_by(Application.id)
        .limit(MOST_COUNTED)
    )
    return tuple(
        Supported(kind, ends_at.astimezone(council_zone()), cancelled_at is not None)
        for kind, ends_at, cancelled_at in rows
    )


def printed_years(session: Session, today: date) -> tuple[PrintedYear, ...]:
    """Return the printed figures known on a day by year, the latest first."""
    rows = session.execute(
        select(
            HearingFigure.year,
            HearingFigure.measure,
            HearingFigure.held,
            HearingFigure.as_of,
            HearingFigure.locator,
            *SOURCE_COLUMNS,
        )
        .outerjoin(Source, Source.id == HearingFigure.source_id)
        .where(HearingFigure.as_of <= today)
        .order_by(HearingFigure.year.desc(), HearingFigure.id)
        .limit(MOST_ROWS)
    )
    years: dict[int, tuple[date, dict[Measure, int], SourceLine | None]] = {}
    for row in rows:
        years.setdefault(row.year, (row.as_of, {}, source_of(row)))[1][row.measure] = row.held
    return tuple(PrintedYear(year, *known) for year, known in years.items())


def money_of(session: Session, year: int) -> tuple[Support, Support]:
    """Return what was granted and what was spent for the hearings of a year."""
    first, last = _hours(date(year, 1, 1), date(year, 12, 31))
    sums = session.execute(
        select(
            func.coalesce(func.sum(Application.granted_won), 0),
            func.coalesce(func.sum(Application.granted_business_won), 0),
            func.coalesce(func.sum(Application.spent_won), 0),
            func.coalesce(func.sum(Application.spent_business_won), 0),
        ).where(
            Application.state.in_(GRANTED),
            Application.starts_at >= first,
            Application.starts_at < last,
        )
    ).one()
    granted, granted_business, spent, spent_business = (int(each) for each in sums)
    return Support(granted, granted_business), Support(spent, spent_business)


def find_programme(session: Session) -> ProgrammeName | None:
    """Return the work programme that pays; None where the data has none."""
    row = session.execute(
        select(Programme.id, Programme.slug, Programme.name, Programme.name_en).where(
            Programme.slug == PROGRAMME, Programme.is_published()
        )
    ).first()
    return None if row is None else ProgrammeName(*row)


def budget_of(session: Session, programme_id: int, year: int, today: date) -> Budget | None:
    """Return the printed budget of a programme's projects in a year, as it was known last."""
    row = session.execute(
        select(
            Execution.as_of,
            func.sum(Execution.current_won).label("current"),
            func.sum(Execution.spent_won).label("spent"),
        )
        .join(FiscalYear, FiscalYear.id == Execution.year_id)
        .join(ProgrammeProject, ProgrammeProject.line_id == Execution.line_id)
        .where(
            ProgrammeProject.programme_id == programme_id,
            FiscalYear.year == year,
            Execution.as_of <= today,
        )
        .group_by(Execution.as_of)
        .order_by(Execution.as_of.desc())
        .limit(1)
    ).first()
    return None if row is None else Budget(row.as_of, int(row.current), int(row.spent))


def _rows() -> Any:
    """Return the statement for applications with whose they are, and their room."""
    return (
        select(
            Application,
            Room.name.label("room_name"),
            Room.name_en.label("room_name_en"),
            Committee.slug.label("committee_slug"),
            Committee.name.label("committee_name"),
            Committee.name_en.label("committee_name_en"),
            Member.slug.label("member_slug"),
            Member.name.label("member_name"),
            Member.name_en.label("member_name_en"),
        )
        .outerjoin(Room, Room.id == Application.room_id)
        .outerjoin(Committee, Committee.id == Application.committee_id)
        .outerjoin(Member, Member.id == Application.member_id)
    )


def _row(row: Row[Any]) -> ApplicationRow:
    application: Application = row.Application
    is_committee = row.committee_slug is not None
    kind = ScopeKind.COMMITTEE if is_committee else ScopeKind.MEMBER
    return ApplicationRow(
        place=Place(kind, row.committee_slug or row.member_slug or ""),
        host=(row.committee_name if is_committee else row.member_name) or "",
        host_en=row.committee_name_en if is_committee else row.member_name_en,
        room=row.room_name or "",
        room_en=row.room_name_en,
        wanted=Support(application.wanted_won, application.wanted_business_won),
        granted=_support(application.granted_won, application.granted_business_won),
        spent=_support(application.spent_won, application.spent_business_won),
        day=application.starts_at.astimezone(council_zone()).date(),
        **{
            name: getattr(application, name)
            for name in (
                "id kind title topic room_id starts_at ends_at people plenary_because state "
                "sent_by sent_at answer decided_by decided_at settled_by settled_at hearing_id"
            ).split()
        },
    )


def _support(won: int | None, business_won: int | None) -> Support | None:
    return None if won is None else Support(won, business_won or 0)


def _slugs(places: Iterable[Place]) -> dict[ScopeKind, list[str]]:
    found: dict[ScopeKind, list[str]] = {kind: [] for kind in ScopeKind}
    for place in places:
        found[place.kind].append(place.key)
    return found


def _hours(first: date, last: date) -> tuple[datetime, datetime]:
    """Return when the first day begins and when the last one is over, in the council's zone."""
    return (
        datetime.combine(first, time(), council_zone()),
        datetime.combine(last + timedelta(days=1), time(), council_zone()),
    )
