"""Words for roles, kinds of places and states of accounts, in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.models import StaffAccount
from portal.accounts.rules import Role, ScopeKind

ROLE_WORDS = {
    Role.VIEWER: _l("Viewer"),
    Role.EDITOR: _l("Editor"),
    Role.MODERATOR: _l("Second reader"),
    Role.CASE_OFFICER: _l("Case officer"),
    Role.EVENTS_OFFICER: _l("Events officer"),
    Role.YOUTH_OFFICER: _l("Youth officer"),
    Role.BUDGET_OFFICER: _l("Budget officer"),
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.AUDITOR: _l("Auditor"),
    Role.COMMITTEE_OFFICE: _l("Committee office"),
    Role.MEMBERS_OFFICE: _l("Member’s office"),
}
_OFFICE_NOTE = _l(
    "This role applies for hearings and sees how its applications stand. "
    "What others write and review it only reads."
)
#: What is worth knowing of a role whose name does not say it.
ROLE_NOTES = {Role.COMMITTEE_OFFICE: _OFFICE_NOTE, Role.MEMBERS_OFFICE: _OFFICE_NOTE}
PLACE_WORDS = {
    ScopeKind.UNIT: _l("Unit"),
    ScopeKind.COMMITTEE: _l("Committee"),
    ScopeKind.MEMBER: _l("Member"),
}
#: What a role is for that is not narrowed.
WHOLE_COUNCIL = _l("The whole council")


def write_state(account: StaffAccount) -> str:
    """Return whether an account can be used: disabled, invited, or active."""
    if account.is_disabled:
        return str(_("Disabled"))
    return str(_("Active")) if account.is_set_up else str(_("Invited, not set up yet"))
