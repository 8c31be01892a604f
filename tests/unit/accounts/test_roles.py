"""What a role lets somebody do, and where."""

import pytest

from portal.accounts.rules import (
    OWN,
    PERMISSIONS,
    Grant,
    Permission,
    Place,
    Role,
    ScopeKind,
    is_complete,
    may,
    may_somewhere,
    permissions_at,
)

STEERING = Place(ScopeKind.COMMITTEE, "steering")
HEALTH = Place(ScopeKind.COMMITTEE, "health")


def test_nobody_without_a_role_may_do_anything() -> None:
    assert permissions_at((), [None]) == frozenset()
    assert not may((), Permission.STAFF_HOME)


def test_every_role_is_made_of_permissions_and_every_permission_has_a_role() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert frozenset().union(OWN, *PERMISSIONS.values()) == frozenset(Permission)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_only_the_auditor_reads_the_trail(role: Role) -> None:
    assert not may((Grant(role),), Permission.AUDIT_READ)


def test_the_auditor_reads_no_content_and_the_administrator_no_case() -> None:
    assert not may((Grant(Role.AUDITOR),), Permission.CONTENT_READ)
    assert not may((Grant(Role.ADMINISTRATOR),), Permission.CASES_MANAGE)


def test_a_narrowed_role_reaches_its_own_place_only() -> None:
    office = (Grant(Role.COMMITTEE_OFFICE, STEERING),)
    assert may(office, Permission.EVENTS_APPLY, STEERING)
    assert not may(office, Permission.EVENTS_APPLY, HEALTH)
    assert may((Grant(Role.EVENTS_OFFICER),), Permission.EVENTS_MANAGE, HEALTH)


def test_a_narrowed_role_does_not_reach_what_is_the_whole_councils() -> None:
    editor = (Grant(Role.EDITOR, STEERING),)
    assert not may(editor, Permission.CONTENT_WRITE)
    assert may_somewhere(editor, Permission.CONTENT_WRITE)
    assert may((Grant(Role.EDITOR),), Permission.CONTENT_WRITE)


def test_what_moves_from_one_place_to_another_needs_both() -> None:
    editor = (Grant(Role.EDITOR, STEERING),)
    assert Permission.CONTENT_WRITE in permissions_at(editor, [STEERING])
    assert Permission.CONTENT_WRITE not in permissions_at(editor, [STEERING, HEALTH])
    assert Permission.CONTENT_WRITE in permissions_at((*editor, Grant(Role.EDITOR)), [HEALTH])


def test_a_narrowed_administrator_keeps_no_accounts() -> None:
    assert not may_somewhere((Grant(Role.ADMINISTRATOR, STEERING),), Permission.ACCOUNTS_MANAGE)
    assert may_somewhere((Grant(Role.ADMINISTRATOR),), Permission.ACCOUNTS_MANAGE)


def test_an_office_is_always_the_office_of_somebody() -> None:
    assert not is_complete(Grant(Role.COMMITTEE_OFFICE))
    assert not is_complete(Grant(Role.MEMBERS_OFFICE, STEERING))
    assert is_complete(Grant(Role.COMMITTEE_OFFICE, STEERING))
    assert is_complete(Grant(Role.EDITOR))
