"""What pages, letters and forms call states, rules and choices of opinions."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.hearings.rules.opinions import HouseRule, NameShown, ObjectionState, OpinionState

STATE_WORDS: dict[OpinionState, LazyString] = {
    OpinionState.WAITING: _l("Waits"),
    OpinionState.PUBLISHED: _l("Published"),
    OpinionState.HIDDEN: _l("Hidden"),
}
OBJECTION_WORDS: dict[ObjectionState, LazyString] = {
    ObjectionState.NONE: _l("None"),
    ObjectionState.OPEN: _l("Waits"),
    ObjectionState.UPHELD: _l("Stays hidden"),
    ObjectionState.RESTORED: _l("Restored"),
}
NAME_WORDS: dict[NameShown, LazyString] = {
    NameShown.FULL: _l("My full name"),
    NameShown.INITIALS: _l("Only its first letters (J. D.)"),
    NameShown.NONE: _l("Not at all"),
}
RULE_WORDS: dict[HouseRule, LazyString] = {
    HouseRule.INSULT: _l("It insults or threatens somebody"),
    HouseRule.PERSONAL: _l("It tells what is private about somebody"),
    HouseRule.ADVERTISING: _l("It is advertising"),
    HouseRule.UNRELATED: _l("It has nothing to do with the topic of the hearing"),
    HouseRule.UNLAWFUL: _l("It breaks a law"),
}
#: What each rule means, in a sentence or two.
RULE_MEANINGS: dict[HouseRule, LazyString] = {
    HouseRule.INSULT: _l(
        "Insults, threats, and contempt for people because of who they are. Sharp words about what "
        "the council or anybody in office does are none of these."
    ),
    HouseRule.PERSONAL: _l(
        "Names, numbers, addresses, health or private life of people who did not agree. Where only "
        "a part is private, that part is blacked out and the rest is published."
    ),
    HouseRule.ADVERTISING: _l(
        "Offers of goods, services or events, and texts made by machines to fill the page."
    ),
    HouseRule.UNRELATED: _l(
        "Not one sentence concerns the topic. An opinion that is short, unusual or against the "
        "plan does concern it."
    ),
    HouseRule.UNLAWFUL: _l(
        "Defamation, calls to violence, election campaigning out of season, and what a law or a "
        "court forbids to publish."
    ),
}
