"""The kinds of ordinances, bills, steps and results, each in the order in which lists name them."""

from enum import StrEnum


class Field(StrEnum):
    """What part of life an ordinance is about."""

    HEALTH = "health"
    WELFARE = "welfare"
    CHILDREN = "children"
    EDUCATION = "education"
    HOUSING = "housing"
    TRANSPORT = "transport"
    SAFETY = "safety"
    ENVIRONMENT = "environment"
    ECONOMY = "economy"
    LABOUR = "labour"
    CULTURE = "culture"
    DIGITAL = "digital"
    ADMINISTRATION = "administration"


class EnactmentKind(StrEnum):
    """What an enactment does to an ordinance: 제정, 일부개정, 전부개정, 타법개정, 폐지."""

    ENACTED = "enacted"
    AMENDED = "amended"
    REWRITTEN = "rewritten"
    BY_ANOTHER = "by_another"
    REPEALED = "repealed"


class BillKind(StrEnum):
    """What a bill asks the council to decide."""

    ORDINANCE = "ordinance"
    BUDGET = "budget"
    SETTLEMENT = "settlement"
    CONSENT = "consent"
    OPINION = "opinion"
    RESOLUTION = "resolution"
    PETITION = "petition"
    ELECTION = "election"
    OTHER = "other"


class Proposer(StrEnum):
    """Who may bring a bill (Local Autonomy Act; see the council's rules)."""

    MEMBERS = "members"
    COMMITTEE = "committee"
    MAYOR = "mayor"
    SUPERINTENDENT = "superintendent"
    CITIZENS = "citizens"


class SponsorRole(StrEnum):
    """What a member does for a bill: 대표발의, 공동발의, 찬성."""

    LEAD = "lead"
    SPONSOR = "sponsor"
    SUPPORTER = "supporter"


class StepKind(StrEnum):
    """A step of a bill, in the order in which steps follow each other."""

    PROPOSED = "proposed"
    RECEIVED = "received"
    REFERRED = "referred"
    LAID = "laid"
    REVIEWED = "reviewed"
    PLENARY = "plenary"
    TRANSMITTED = "transmitted"
    RECONSIDERED = "reconsidered"
    PROMULGATED = "promulgated"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class StepResult(StrEnum):
    """How a committee or the plenary decided."""

    PASSED = "passed"
    AMENDED = "amended"
    ALTERNATIVE = "alternative"
    REJECTED = "rejected"
    NOT_FORWARDED = "not_forwarded"
    CONTINUED = "continued"


class CostCategory(StrEnum):
    """What went with a bill about its costs, as the secretariat sorts them.

    An estimate from 500 million won a year or 1,000 million won once; below that a statement of
    reason no. 1; for a declaration or a recommendation no. 2; none where nothing is to be spent.
    Source: business report of November 2020, L1056-L1070.
    """

    ESTIMATE = "estimate"
    REASON_1 = "reason_1"
    REASON_2 = "reason_2"
    NONE = "none"
