"""Who may do what: the permissions, and the roles that are made of them.

A role is given to a person for the whole council or for one scope: a unit, a committee or a
member. A permission that no role holds is refused to everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing that a staff page lets somebody do; an endpoint names one."""

    STAFF_OWN = "staff.own"
    STAFF_HOME = "staff.home"
    CONTENT_READ = "content.read"
    CONTENT_WRITE = "content.write"
    CONTENT_REVIEW = "content.review"
    CONTENT_WITHDRAW = "content.withdraw"
    FIGURES_WRITE = "figures.write"
    EVENTS_MANAGE = "events.manage"
    EVENTS_APPLY = "events.apply"
    YOUTH_MANAGE = "youth.manage"
    CASES_MANAGE = "cases.manage"
    LETTERS_READ = "letters.read"
    LETTERS_RESEND = "letters.resend"
    TASKS_READ = "tasks.read"
    ACCOUNTS_MANAGE = "accounts.manage"
    AUDIT_READ = "audit.read"


class Role(StrEnum):
    """What somebody is on the staff."""

    VIEWER = "viewer"
    EDITOR = "editor"
    MODERATOR = "moderator"
    CASE_OFFICER = "case_officer"
    EVENTS_OFFICER = "events_officer"
    YOUTH_OFFICER = "youth_officer"
    BUDGET_OFFICER = "budget_officer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    COMMITTEE_OFFICE = "committee_office"
    MEMBERS_OFFICE = "members_office"


class ScopeKind(StrEnum):
    """What a role may be narrowed to."""

    UNIT = "unit"
    COMMITTEE = "committee"
    MEMBER = "member"


@dataclass(frozen=True)
class Place:
    """Where a role holds: one unit, committee or member, by its address (slug)."""

    kind: ScopeKind
    key: str


@dataclass(frozen=True)
class Grant:
    """A role as one person holds it.

    :ivar place: what it is narrowed to; None: the whole council
    """

    role: Role
    place: Place | None = None


_READING = frozenset((Permission.STAFF_HOME, Permission.CONTENT_READ))
_WRITING = _READING | {Permission.CONTENT_WRITE}

#: What each role may do. An auditor reads the trail and nothing else; an administrator keeps
#: accounts and letters but reads no case.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: _READING,
    Role.EDITOR: _WRITING,
    Role.MODERATOR: _WRITING | {Permission.CONTENT_REVIEW, Permission.CONTENT_WITHDRAW},
    Role.CASE_OFFICER: _READING | {Permission.CASES_MANAGE},
    Role.EVENTS_OFFICER: _WRITING | {Permission.EVENTS_MANAGE},
    Role.YOUTH_OFFICER: _WRITING | {Permission.YOUTH_MANAGE},
    Role.BUDGET_OFFICER: _WRITING | {Permission.FIGURES_WRITE},
    Role.ADMINISTRATOR: _READING
    | {
        Permission.ACCOUNTS_MANAGE,
        Permission.LETTERS_READ,
        Permission.LETTERS_RESEND,
        Permission.TASKS_READ,
    },
    Role.AUDITOR: frozenset((Permission.STAFF_HOME, Permission.AUDIT_READ)),
    Role.COMMITTEE_OFFICE: _READING | {Permission.EVENTS_APPLY},
    Role.MEMBERS_OFFICE: _READING | {Permission.EVENTS_APPLY},
}

#: What is the whole council's always: a narrowed role does not give it anywhere.
_OF_THE_WHOLE = frozenset(
    (
        Permission.LETTERS_READ,
        Permission.LETTERS_RESEND,
        Permission.TASKS_READ,
        Permission.ACCOUNTS_MANAGE,
        Permission.AUDIT_READ,
    )
)
#: What anybody may do who is signed in with both factors, with or without a role: see what waits
#: for them, and keep their own account.
OWN = frozenset((Permission.STAFF_OWN,))

#: Roles that exist only for one committee or one member.
SCOPES_NEEDED = {
    Role.COMMITTEE_OFFICE: ScopeKind.COMMITTEE,
    Role.MEMBERS_OFFICE: ScopeKind.MEMBER,
}


def may(grants: tuple[Grant, ...], permission: Permission, place: Place | None = None) -> bool:
    """Say whether somebody with these roles may do something, to a thing in a place.

    :param place: whose thing it is; a role for the whole council reaches every place. None: the
        thing is the whole council's, which a narrowed role does not reach
    """
    holding = (grant for grant in grants if permission in PERMISSIONS[grant.role])
    return any(grant.place in (None, place) for grant in holding)


def may_somewhere(grants: tuple[Grant, ...], permission: Permission) -> bool:
    """Say whether somebody with these roles may do something to some thing of some place.

    So they may open its page. What they may do to the thing at hand is asked of ``may``.
    """
    if permission in _OF_THE_WHOLE:
        return may(grants, permission)
    return any(permission in PERMISSIONS[grant.role] for grant in grants)


def permissions_at(
    grants: tuple[Grant, ...], places: Iterable[Place | None]
) -> frozenset[Permission]:
    """Return what somebody with these roles may do at every one of some places."""
    wanted = tuple(places)
    return frozenset(p for p in Permission if all(may(grants, p, place) for place in wanted))


def is_complete(grant: Grant) -> bool:
    """Say whether a role is given with the kind of place it needs."""
    needed = SCOPES_NEEDED.get(grant.role)
    return needed is None or (grant.place is not None and grant.place.kind is needed)
