"""Samples of the demo: an open hearing of each kind, one nearly full, one with a line.

Each says in its title that it is a sample; nobody in it is real, and none has an address but the
one whose letters can be read on the demo's page.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.clock import council_zone
from portal.hearings.models import Hearing
from portal.hearings.rules.kinds import HearingKind, Way
from portal.hearings.rules.sign_ups import Draft
from portal.hearings.services.sign_ups import send_for_caller, send_sign_up
from portal.hearings.services.terms import Windows, set_terms, set_windows
from portal.hearings.staff.hearings import DESK
from portal.importers.samples import MARK, MARK_EN, Office
from portal.places.rules import Terms

#: Whose letters the demo shows.
CITIZEN = "citizen@demo.example"


@dataclass(frozen=True)
class Sample:
    """A hearing to be made up.

    :ivar days: from the site's day
    :ivar places: in the room; None: nobody is in the room
    :ivar parties: sizes of the parties that have signed up
    """

    kind: HearingKind
    title: str
    title_en: str
    days: int
    places: int | None
    is_online: bool = False
    parties: tuple[int, ...] = ()


_SAMPLES = (
    Sample(
        HearingKind.PUBLIC_HEARING,
        "골목 보행 안전 공청회(자리 거의 참)",
        "Hearing on safe walking in alleys (nearly full)",
        8,
        20,
        parties=(4, 4, 3, 2, 2, 2),
    ),
    Sample(
        HearingKind.PUBLIC_DISCUSSION,
        "작은도서관 토론회(대기 있음)",
        "Discussion on small libraries (with a line)",
        9,
        12,
        is_online=True,
        parties=(4, 4, 2, 2, 3, 1, 4),
    ),
    Sample(
        HearingKind.ONLINE_DISCUSSION,
        "온라인 토론회: 동네 돌봄",
        "Online discussion: care in the neighbourhood",
        10,
        None,
        is_online=True,
        parties=(1, 1),
    ),
    Sample(
        HearingKind.EXPERT_SEMINAR,
        "도시 나무 전문가 세미나",
        "Expert seminar on city trees",
        11,
        None,
    ),
    Sample(
        HearingKind.BUDGET_FORUM,
        "체험용 서울살림토론회",
        "Budget forum to try out",
        12,
        60,
        is_online=True,
        parties=(2, 1),
    ),
)


def make_sample_hearings(session: Session, office: Office) -> None:
    """Publish the samples and fill them, unless they are there."""
    if session.scalar(select(Hearing.id).where(Hearing.is_sample).limit(1)):
        return
    for sample in _SAMPLES:
        hearing = _publish(session, office, sample)
        _open(session, office, hearing, sample)
        for number, size in enumerate(sample.parties, 1):
            _call(session, office, hearing, number, size, sample)
    _let_citizen_sign_up(session, office)


def _publish(session: Session, office: Office, sample: Sample) -> Hearing:
    starts = _starts_at(office, sample)
    values = {
        "kind": sample.kind.value,
        "title": f"{MARK} {sample.title}",
        "title_en": f"{MARK_EN} {sample.title_en}",
        "topic": "체험용 보기입니다. 신청하고, 링크를 열고, 취소해 보세요.",
        "topic_en": "A sample to try: sign up, open the link, cancel.",
        "is_own": True,
        "host": "의회사무처",
        "host_en": "Secretariat",
        "starts_on": starts.date(),
        # Without it the public would see the hearing from its day on, when sign-up is over.
        "announced_on": office.now.date(),
        "starts_time": time(14),
        "ends_time": time(16),
        "place": "제2회의실",
        "place_en": "Conference room 2",
        "has_sign_language": True,
        "wheelchair_places": 2,
        "fiscal_year": 2021 if sample.kind is HearingKind.BUDGET_FORUM else None,
    }
    row = office.publish(office.create(DESK, values))
    assert isinstance(row, Hearing)
    row.is_sample = True
    session.flush()
    return row


def _open(session: Session, office: Office, hearing: Hearing, sample: Sample) -> None:
    """Open sign-up and opinions, with the places of the sample."""
    actor, now, at = office.editor.key, office.now, office.at
    is_open = sample.places is not None or sample.is_online
    until = _hour_of(office.now + timedelta(days=sample.days - 1), 18)
    since = _hour_of(office.now - timedelta(days=3), 9)
    windows = Windows(since, until, since, until) if is_open else Windows(None, None, since, until)
    set_windows(session, hearing=hearing, windows=windows, actor=actor)
    if sample.places is not None:
        terms = Terms(sample.places, held_back=2)
        set_terms(session, hearing=hearing, way=Way.ROOM, terms=terms, actor=actor, now=now, at=at)
    if sample.is_online:
        terms = Terms(None)
        set_terms(
            session, hearing=hearing, way=Way.ONLINE, terms=terms, actor=actor, now=now, at=at
        )


def _call(
    session: Session, office: Office, hearing: Hearing, number: int, size: int, sample: Sample
) -> None:
    """Let somebody sign up by telephone, who has no address and gets no letters."""
    way = Way.ROOM if sample.places is not None else Way.ONLINE
    draft = Draft(way, size, f"보기 {number}", None, "ko", phone=f"02-000-{number:04}")
    send_for_caller(session, hearing_id=hearing.id, draft=draft, now=office.now, at=office.at)


def _let_citizen_sign_up(session: Session, office: Office) -> None:
    """Sign the citizen up whose letters the demo shows."""
    known = select(Hearing).where(Hearing.is_sample).order_by(Hearing.id)
    for hearing in session.scalars(known.limit(2)).all():
        send_sign_up(
            session,
            hearing_id=hearing.id,
            draft=Draft(Way.ROOM, 2, "보기 시민", CITIZEN, "ko"),
            key=f"sample-of-{hearing.id}",
            now=office.now,
            at=office.at,
        )


def _hour_of(day: datetime, hour: int) -> datetime:
    """Return a full hour of a day in the council's zone, as an office would set it."""
    return day.astimezone(council_zone()).replace(hour=hour, minute=0, second=0, microsecond=0)


def _starts_at(office: Office, sample: Sample) -> datetime:
    return office.now + timedelta(days=sample.days)
