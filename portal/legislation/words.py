"""What pages, feeds and forms call kinds, steps and results of bills and ordinances."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.i18n import plain
from portal.legislation.pages import BillStepRow
from portal.legislation.queries.matters import MatterRow
from portal.legislation.rules.kinds import (
    BillKind,
    CostCategory,
    EnactmentKind,
    Field,
    Proposer,
    SponsorRole,
    StepKind,
    StepResult,
)
from portal.legislation.rules.progress import Outcome, Standing

Word = TypeVar("Word", bound=StrEnum)


_FIELD_LABEL: dict[Field, LazyString] = {
    Field.HEALTH: _l("Health"),
    Field.WELFARE: _l("Welfare"),
    Field.CHILDREN: _l("Children and youth"),
    Field.EDUCATION: _l("Education"),
    Field.HOUSING: _l("Housing"),
    Field.TRANSPORT: _l("Transport"),
    Field.SAFETY: _l("Safety"),
    Field.ENVIRONMENT: _l("Environment"),
    Field.ECONOMY: _l("Economy"),
    Field.LABOUR: _l("Labour"),
    Field.CULTURE: _l("Culture"),
    Field.DIGITAL: _l("Digital services"),
    Field.ADMINISTRATION: _l("Council and administration"),
}


def field_label(field: Field) -> str:
    """Return the name of a part of life."""
    return str(_FIELD_LABEL[field])


_ENACTMENT_LABEL: dict[EnactmentKind, LazyString] = {
    EnactmentKind.ENACTED: _l("New ordinance"),
    EnactmentKind.AMENDED: _l("Amendment"),
    EnactmentKind.REWRITTEN: _l("Complete revision"),
    EnactmentKind.BY_ANOTHER: _l("Changed by another ordinance"),
    EnactmentKind.REPEALED: _l("Repeal"),
}


def enactment_label(kind: EnactmentKind) -> str:
    """Return the name of what an enactment does."""
    return str(_ENACTMENT_LABEL[kind])


_BILL_LABEL: dict[BillKind, LazyString] = {
    BillKind.ORDINANCE: _l("Ordinance bill"),
    BillKind.BUDGET: _l("Budget bill"),
    BillKind.SETTLEMENT: _l("Settlement of accounts"),
    BillKind.CONSENT: _l("Consent"),
    BillKind.OPINION: _l("Request for an opinion"),
    BillKind.RESOLUTION: _l("Resolution"),
    BillKind.PETITION: _l("Petition"),
    BillKind.ELECTION: _l("Election or appointment"),
    BillKind.OTHER: _l("Other matter"),
}


def bill_label(kind: BillKind) -> str:
    """Return the name of a kind of bill."""
    return str(_BILL_LABEL[kind])


_PROPOSER_LABEL: dict[Proposer, LazyString] = {
    Proposer.MEMBERS: _l("Members of the council"),
    Proposer.COMMITTEE: _l("A committee"),
    Proposer.MAYOR: _l("The mayor"),
    Proposer.SUPERINTENDENT: _l("The superintendent of education"),
    Proposer.CITIZENS: _l("Citizens"),
}


def proposer_label(proposer: Proposer) -> str:
    """Return who a bill comes from."""
    return str(_PROPOSER_LABEL[proposer])


_ROLE_LABEL: dict[SponsorRole, LazyString] = {
    SponsorRole.LEAD: _l("Lead sponsor"),
    SponsorRole.SPONSOR: _l("Sponsor"),
    SponsorRole.SUPPORTER: _l("Supporter"),
}


def role_label(role: SponsorRole) -> str:
    """Return what a member does for a bill."""
    return str(_ROLE_LABEL[role])


_STEP_LABEL: dict[StepKind, LazyString] = {
    StepKind.PROPOSED: _l("Proposed"),
    StepKind.RECEIVED: _l("Received"),
    StepKind.REFERRED: _l("Referred to a committee"),
    StepKind.LAID: _l("Put before a committee"),
    StepKind.REVIEWED: _l("Decided in the committee"),
    StepKind.PLENARY: _l("Plenary sitting"),
    StepKind.TRANSMITTED: _l("Sent to the mayor or superintendent"),
    StepKind.RECONSIDERED: _l("Reconsideration asked for"),
    StepKind.PROMULGATED: _l("Promulgated"),
    StepKind.WITHDRAWN: _l("Withdrawn"),
    StepKind.LAPSED: _l("Lapsed"),
}


def step_label(kind: StepKind) -> str:
    """Return the name of a step."""
    return str(_STEP_LABEL[kind])


_RESULT_LABEL: dict[StepResult, LazyString] = {
    StepResult.PASSED: _l("Passed"),
    StepResult.AMENDED: _l("Passed with changes"),
    StepResult.ALTERNATIVE: _l("Taken into another bill"),
    StepResult.REJECTED: _l("Rejected"),
    StepResult.NOT_FORWARDED: _l("Not sent to the plenary"),
    StepResult.CONTINUED: _l("To be discussed further"),
}


def result_label(result: StepResult) -> str:
    """Return the name of a result."""
    return str(_RESULT_LABEL[result])


_STANDING_LABEL: dict[Standing, LazyString] = {
    Standing.NOTHING_KNOWN: _l("Nothing known yet"),
    Standing.PROPOSED: _l("Proposed"),
    Standing.IN_COMMITTEE: _l("Put before a committee"),
    Standing.OUT_OF_COMMITTEE: _l("Passed in committee"),
    Standing.DECIDED: _l("Dealt with in the plenary"),
    Standing.PASSED: _l("Passed"),
    Standing.TRANSMITTED: _l("Passed and sent on"),
    Standing.RECONSIDERED: _l("Reconsideration asked for"),
    Standing.PROMULGATED: _l("Promulgated"),
    Standing.REJECTED: _l("Rejected"),
    Standing.NOT_FORWARDED: _l("Not sent to the plenary"),
    Standing.WITHDRAWN: _l("Withdrawn"),
    Standing.LAPSED: _l("Lapsed"),
}


def standing_label(standing: Standing) -> str:
    """Return where a bill stands, in a few words."""
    return str(_STANDING_LABEL[standing])


_STANDING_SENTENCE: dict[Standing, LazyString] = {
    Standing.NOTHING_KNOWN: _l("Our sources say nothing about it up to the site’s day."),
    Standing.PROPOSED: _l("It was proposed. Nothing later was found in our sources."),
    Standing.IN_COMMITTEE: _l(
        "It was put before a committee. How it was decided was not found in our sources."
    ),
    Standing.OUT_OF_COMMITTEE: _l(
        "A committee passed it. What the plenary decided was not found in our sources."
    ),
    Standing.DECIDED: _l("The plenary dealt with it. Its result was not found in our sources."),
    Standing.PASSED: _l("The plenary passed it."),
    Standing.TRANSMITTED: _l("The plenary passed it, and it was sent on to be promulgated."),
    Standing.RECONSIDERED: _l("The council was asked to decide once more."),
    Standing.PROMULGATED: _l("It was promulgated."),
    Standing.REJECTED: _l("The plenary rejected it."),
    Standing.NOT_FORWARDED: _l("The committee did not send it to the plenary."),
    Standing.WITHDRAWN: _l("It was withdrawn by those who brought it in."),
    Standing.LAPSED: _l("It lapsed with the end of the council’s term."),
}


def standing_sentence(standing: Standing) -> str:
    """Return where a bill stands, as a sentence that promises nothing."""
    return str(_STANDING_SENTENCE[standing])


def next_sentence(standing: Standing, *, is_ordinance: bool) -> str:
    """Return what comes next in the way of a bill, as the rules have it."""
    if standing in (Standing.NOTHING_KNOWN, Standing.PROPOSED):
        return str(_("Next, a committee looks at it and decides."))
    if standing is Standing.IN_COMMITTEE:
        return str(_("Next, the committee decides; what it passes goes to the plenary."))
    if standing is Standing.OUT_OF_COMMITTEE:
        return str(_("Next, the plenary decides."))
    if standing in (Standing.PASSED, Standing.TRANSMITTED) and is_ordinance:
        return str(
            _(
                "Next, it is sent to the mayor or the superintendent of education within five "
                "days, and promulgated within 20 days, unless the council is asked to decide "
                "once more (Local Autonomy Act)."
            )
        )
    if standing is Standing.RECONSIDERED:
        return str(_("Next, the plenary votes again; two thirds of those present must agree."))
    return str(_("Nothing more is decided about it."))


_OUTCOME_LABEL: dict[Outcome, LazyString] = {
    Outcome.PASSED: _l("Passed by the plenary"),
    Outcome.REJECTED: _l("Rejected by the plenary"),
    Outcome.ENDED: _l("Withdrawn or lapsed"),
    Outcome.NOT_KNOWN: _l("In the plenary, result not known"),
    Outcome.BEFORE_PLENARY: _l("No plenary decision known"),
}


def outcome_label(outcome: Outcome) -> str:
    """Return what a reader may ask for."""
    return str(_OUTCOME_LABEL[outcome])


_COST_LABEL: dict[CostCategory, LazyString] = {
    CostCategory.ESTIMATE: _l("Cost estimate"),
    CostCategory.REASON_1: _l("Statement of reason no. 1: below the threshold"),
    CostCategory.REASON_2: _l("Statement of reason no. 2: declaration or recommendation"),
    CostCategory.NONE: _l("Not subject: no cost"),
}


def cost_label(category: CostCategory) -> str:
    """Return what went with a bill about its costs."""
    return str(_COST_LABEL[category])


def step_words(step: BillStepRow) -> tuple[str, str]:
    """Return what a step is, and how it ended; empty where that is not known."""
    return step_label(step.kind), result_label(step.result) if step.result else ""


def step_sentence(step: BillStepRow) -> str:
    """Return a step with its committee and result: "Decided in the committee: Passed"."""
    where = plain(step.committee_name or "", step.committee_name_en)
    return _with_result(step_label(step.kind) + (f" ({where})" if where else ""), step.result)


def matter_words(row: MatterRow) -> str:
    """Return what was done about a bill or an ordinance last."""
    if row.enacted:
        return enactment_label(row.enacted)
    if row.step is None:
        return standing_label(Standing.NOTHING_KNOWN)
    return _with_result(step_label(row.step), row.result)


def _with_result(words: str, result: StepResult | None) -> str:
    return f"{words}: {result_label(result)}" if result else words


def choices(words: Iterable[Word], label: Callable[[Word], str]) -> list[tuple[str, str]]:
    """Return words with their names, for a form."""
    return [(word.value, label(word)) for word in words]
