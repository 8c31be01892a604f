"""Samples of the demo: a publication in each state, so that both sides of a review can be tried.

Each says in its title that it is a sample; nothing of it is a fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import StaffAccount
from portal.accounts.rules import PERMISSIONS, Role
from portal.moderation.desks import Desk
from portal.moderation.models import Publishable
from portal.moderation.queries import newest_revision
from portal.moderation.rules import Actor, Move, Window
from portal.moderation.services import create, move, revise
from portal.publications.models import Publication
from portal.publications.staff import DESK

#: How the title of each sample begins.
MARK, MARK_EN = "[보기]", "[Sample]"
_LATER = timedelta(days=1)
_BODY = "이 글은 **체험용 보기**입니다.\n\n- 무엇을 알리나요?\n- 언제, 어디서 하나요?"
_BODY_EN = "This text is a **sample**. Change it as you like."


def open_office(session: Session, *, at: datetime, now: datetime) -> "Office | None":
    """Return the two sample people who make samples; None where there are no sample accounts.

    :param at: the real time, aware
    :param now: the business time, aware
    """
    editor, reader = _actor(session, Role.EDITOR), _actor(session, Role.MODERATOR)
    return Office(session, editor, reader, at, now) if editor and reader else None


def make_sample_publications(session: Session, office: "Office") -> None:
    """Make the samples, unless they are there."""
    known = select(Publication.id).where(Publication.title.startswith(MARK, autoescape=True))
    if session.scalar(known.limit(1)):
        return
    office.write("쓰는 중인 초안", "A draft being written")
    office.hand_in(office.write("검토를 기다리는 공지", "A notice that waits"))
    later = office.hand_in(office.write("내일 공개될 공지", "A notice for tomorrow"))
    office.do(later, Move.SCHEDULE, office.reader, Window(publish_at=office.now + _LATER))
    gone = office.publish(office.write("거둔 공지", "A notice that was withdrawn"))
    office.do(gone, Move.WITHDRAW, office.reader)
    public = office.publish(office.write("공개된 공지", "A notice that is public"))
    office.propose_change(public)


def _actor(session: Session, role: Role) -> Actor | None:
    """Return the sample account of a role as somebody who acts, None where there is none."""
    email = f"{role}@demo.example"
    account = session.scalar(
        select(StaffAccount).where(StaffAccount.email == email, StaffAccount.is_sample)
    )
    return Actor(account.key, PERMISSIONS[role]) if account else None


@dataclass(frozen=True)
class Office:
    """Two people at their desks, at one time."""

    session: Session
    editor: Actor
    reader: Actor
    at: datetime
    now: datetime

    def write(self, title: str, title_en: str) -> Publishable:
        """Make a draft of a notice."""
        values = {
            "kind": "notice",
            "title": f"{MARK} {title}",
            "title_en": f"{MARK_EN} {title_en}",
            "body": _BODY,
            "body_en": _BODY_EN,
        }
        return self.create(DESK, values)

    def create(self, desk: Desk, values: Mapping[str, object]) -> Publishable:
        """Make a draft at a desk."""
        return create(self.session, desk, values=values, actor=self.editor, at=self.at)

    def hand_in(self, row: Publishable) -> Publishable:
        """Ask the second reader."""
        self.do(row, Move.SUBMIT, self.editor)
        return row

    def publish(self, row: Publishable) -> Publishable:
        """Let the second reader publish a draft."""
        self.do(self.hand_in(row), Move.PUBLISH, self.reader)
        return row

    def propose_change(self, row: Publishable) -> None:
        """Propose a change of a public notice."""
        revise(
            self.session,
            row,
            values={
                "summary": "오후 두 시에 시작합니다.",
                "summary_en": "It begins at two o’clock.",
            },
            actor=self.editor,
            at=self.at,
            based_on=1,
            note="시작 시각을 빠뜨려서 넣었습니다.",
        )
        self.do(row, Move.PROPOSE, self.editor)

    def do(self, row: Publishable, deed: Move, actor: Actor, window: Window | None = None) -> None:
        """Make a move."""
        newest = newest_revision(self.session, row)
        move(
            self.session,
            row,
            move=deed,
            actor=actor,
            at=self.at,
            now=self.now,
            reason="체험",
            seen=newest.number if newest else None,
            window=window,
        )
