"""What the staff's pages of hearings call states, ways, lists and audiences."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.hearings.rules.desk import Audience, Shown
from portal.hearings.rules.kinds import Way
from portal.places.rules import ClaimState

STATE_WORDS: dict[ClaimState, LazyString] = {
    ClaimState.WAITING: _l("Waits in line"),
    ClaimState.HELD: _l("Held until the link is opened"),
    ClaimState.OFFERED: _l("Offered"),
    ClaimState.CONFIRMED: _l("Has places"),
    ClaimState.ATTENDED: _l("Is here"),
    ClaimState.ABSENT: _l("Did not come"),
    ClaimState.CANCELLED: _l("Cancelled the sign-up"),
    ClaimState.LAPSED: _l("Lapsed"),
}
WAY_WORDS: dict[Way, LazyString] = {
    Way.ROOM: _l("In the room"),
    Way.ONLINE: _l("Online"),
}
SHOWN_WORDS: dict[Shown, LazyString] = {
    Shown.CONFIRMED: _l("Have places"),
    Shown.NEEDS: _l("Need something"),
    Shown.HELD: _l("Held, not kept yet"),
    Shown.OFFERED: _l("Offered"),
    Shown.WAITING: _l("In line"),
    Shown.ATTENDED: _l("Here"),
    Shown.ABSENT: _l("Did not come"),
    Shown.CANCELLED: _l("Cancelled or lapsed"),
}
AUDIENCE_WORDS: dict[Audience, LazyString] = {
    Audience.ALL: _l("Everybody who takes part or waits"),
    Audience.CONFIRMED: _l("Who has places"),
    Audience.WAITING: _l("Who waits in line"),
    Audience.ONLINE: _l("Who takes part online"),
}
