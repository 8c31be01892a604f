"""What staff's forms call the words of the council's rules."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.council.rules import CommitteeKind, Nature, Rank, SeatKind, StartBasis, UnitKind

SEAT_WORDS: dict[SeatKind, LazyString] = {
    SeatKind.DISTRICT: _l("District seat"),
    SeatKind.PROPORTIONAL: _l("Proportional seat"),
    SeatKind.UNKNOWN: _l("Not known"),
}
COMMITTEE_WORDS: dict[CommitteeKind, LazyString] = {
    CommitteeKind.STANDING: _l("Standing committee"),
    CommitteeKind.SPECIAL_STANDING: _l("Special committee, permanent"),
    CommitteeKind.SPECIAL_AD_HOC: _l("Special committee for a limited time"),
}
RANK_WORDS: dict[Rank, LazyString] = {
    Rank.SPEAKER: _l("Speaker"),
    Rank.DEPUTY_SPEAKER: _l("Deputy speaker"),
    Rank.FLOOR_LEADER: _l("Floor leader"),
    Rank.CHAIR: _l("Chair"),
    Rank.DEPUTY_CHAIR: _l("Deputy chair"),
    Rank.MEMBER: _l("Member"),
    Rank.OTHER: _l("Something else"),
}
BASIS_WORDS: dict[StartBasis, LazyString] = {
    StartBasis.BEGAN: _l("It began on that date"),
    StartBasis.SEEN: _l("It was seen on that date"),
}
NATURE_WORDS: dict[Nature, LazyString] = {
    Nature.STATED: _l("A source states it"),
    Nature.DERIVED: _l("It was worked out from a source"),
}
UNIT_WORDS: dict[UnitKind, LazyString] = {
    UnitKind.SECRETARIAT: _l("The secretariat as a whole"),
    UnitKind.EXPERT_OFFICE: _l("Expert office"),
    UnitKind.OFFICE: _l("Office"),
    UnitKind.DIVISION: _l("Division"),
}
