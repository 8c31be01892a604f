"""What pages, feeds and forms call kinds, roles and states of hearings, in the page's language."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.hearings.rules.kinds import BUDGET, BY_INVITATION, HearingKind, SpeakerRole, WindowState
from portal.legislation.rules.kinds import Field
from portal.legislation.words import field_label

KINDS: dict[HearingKind, LazyString] = {
    HearingKind.PUBLIC_HEARING: _l("Public hearing"),
    HearingKind.PUBLIC_DISCUSSION: _l("Public discussion"),
    HearingKind.ONLINE_DISCUSSION: _l("Online discussion"),
    HearingKind.EXPERT_SEMINAR: _l("Expert seminar"),
    HearingKind.BUDGET_FORUM: _l("Seoul Budget Forum"),
}
ROLES: dict[SpeakerRole, LazyString] = {
    SpeakerRole.CHAIR: _l("Chair of the discussion"),
    SpeakerRole.PRESENTER: _l("Presentation"),
    SpeakerRole.DISCUSSANT: _l("Discussion"),
    SpeakerRole.HOST: _l("Host"),
}
_WINDOWS: dict[WindowState, LazyString] = {
    WindowState.SOON: _l("Sign-up opens later"),
    WindowState.OPEN: _l("Sign-up is open"),
    WindowState.CLOSED: _l("Sign-up has closed"),
}


def kind_label(kind: HearingKind) -> str:
    """Return the word for a kind of hearings."""
    return str(KINDS[kind])


def role_label(role: SpeakerRole) -> str:
    """Return what somebody does at a hearing."""
    return str(ROLES[role])


def window_label(state: WindowState) -> str:
    """Return where sign-up stands; empty where there is none."""
    return str(_WINDOWS[state]) if state in _WINDOWS else ""


def sign_up_label(kind: HearingKind, state: WindowState) -> str:
    """Return where sign-up stands, or that only those take part who were asked."""
    if kind in BY_INVITATION:
        return str(_("Only experts who were asked take part."))
    return window_label(state)


def topic_label(key: str) -> str:
    """Return the name of a topic by which lists are narrowed."""
    return str(_("Budget")) if key == BUDGET else field_label(Field(key))
