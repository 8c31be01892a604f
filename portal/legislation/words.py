"""What pages, feeds and forms call kinds, steps and results of bills and ordinances."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext as _

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


def field_label(field: Field) -> str:
    """Return the name of a part of life."""
    labels = {
        Field.HEALTH: _("Health"),
        Field.WELFARE: _("Welfare"),
        Field.CHILDREN: _("Children and youth"),
        Field.EDUCATION: _("Education"),
        Field.HOUSING: _("Housing"),
        Field.TRANSPORT: _("Transport"),
        Field.SAFETY: _("Safety"),
        Field.ENVIRONMENT: _("Environment"),
        Field.ECONOMY: _("Economy"),
        Field.LABOUR: _("Labour"),
        Field.CULTURE: _("Culture"),
        Field.DIGITAL: _("Digital services"),
        Field.ADMINISTRATION: _("Council and administration"),
    }
    return str(labels[field])


def enactment_label(kind: EnactmentKind) -> str:
    """Return the name of what an enactment does."""
    labels = {
        EnactmentKind.ENACTED: _("New ordinance"),
        EnactmentKind.AMENDED: _("Amendment"),
        EnactmentKind.REWRITTEN: _("Complete revision"),
        EnactmentKind.BY_ANOTHER: _("Changed by another ordinance"),
        EnactmentKind.REPEALED: _("Repeal"),
    }
    return str(labels[kind])


def bill_label(kind: BillKind) -> str:
    """Return the name of a kind of bill."""
    labels = {
        BillKind.ORDINANCE: _("Ordinance bill"),
        BillKind.BUDGET: _("Budget bill"),
        BillKind.SETTLEMENT: _("Settlement of accounts"),
        BillKind.CONSENT: _("Consent"),
        BillKind.OPINION: _("Request for an opinion"),
        BillKind.RESOLUTION: _("Resolution"),
        BillKind.PETITION: _("Petition"),
        BillKind.ELECTION: _("Election or appointment"),
        BillKind.OTHER: _("Other matter"),
    }
    return str(labels[kind])


def proposer_label(proposer: Proposer) -> str:
    """Return who a bill comes from."""
    labels = {
        Proposer.MEMBERS: _("Members of the council"),
        Proposer.COMMITTEE: _("A committee"),
        Proposer.MAYOR: _("The mayor"),
        Proposer.SUPERINTENDENT: _("The superintendent of education"),
        Proposer.CITIZENS: _("Citizens"),
    }
    return str(labels[proposer])


def role_label(role: SponsorRole) -> str:
    """Return what a member does for a bill."""
    labels = {
        SponsorRole.LEAD: _("Lead sponsor"),
        SponsorRole.SPONSOR: _("Sponsor"),
        SponsorRole.SUPPORTER: _("Supporter"),
    }
    return str(labels[role])


def step_label(kind: StepKind) -> str:
    """Return the name of a step."""
    labels = {
        StepKind.PROPOSED: _("Proposed"),
        StepKind.RECEIVED: _("Received"),
        StepKind.REFERRED: _("Referred to a committee"),
        StepKind.LAID: _("Put before a committee"),
        StepKind.REVIEWED: _("Decided in the committee"),
        StepKind.PLENARY: _("Plenary sitting"),
        StepKind.TRANSMITTED: _("Sent to the mayor or superintendent"),
        StepKind.RECONSIDERED: _("Reconsideration asked for"),
        StepKind.PROMULGATED: _("Promulgated"),
        StepKind.WITHDRAWN: _("Withdrawn"),
        StepKind.LAPSED: _("Lapsed"),
    }
    return str(labels[kind])


def result_label(result: StepResult) -> str:
    """Return the name of a result."""
    labels = {
        StepResult.PASSED: _("Passed"),
        StepResult.AMENDED: _("Passed with changes"),
        StepResult.ALTERNATIVE: _("Taken into another bill"),
        StepResult.REJECTED: _("Rejected"),
        StepResult.NOT_FORWARDED: _("Not sent to the plenary"),
        StepResult.CONTINUED: _("To be discussed further"),
    }
    return str(labels[result])


def standing_label(standing: Standing) -> str:
    """Return where a bill stands, in a few words."""
    labels = {
        Standing.NOTHING_KNOWN: _("Nothing known yet"),
        Standing.PROPOSED: _("Proposed"),
        Standing.IN_COMMITTEE: _("Put before a committee"),
        Standing.OUT_OF_COMMITTEE: _("Passed in committee"),
        Standing.DECIDED: _("Dealt with in the plenary"),
        Standing.PASSED: _("Passed"),
        Standing.TRANSMITTED: _("Passed and sent on"),
        Standing.RECONSIDERED: _("Reconsideration asked for"),
        Standing.PROMULGATED: _("Promulgated"),
        Standing.REJECTED: _("Rejected"),
        Standing.NOT_FORWARDED: _("Not sent to the plenary"),
        Standing.WITHDRAWN: _("Withdrawn"),
        Standing.LAPSED: _("Lapsed"),
    }
    return str(labels[standing])


def standing_sentence(standing: Standing) -> str:
    """Return where a bill stands, as a sentence that promises nothing."""
    sentences = {
        Standing.NOTHING_KNOWN: _("Our sources say nothing about it up to the site’s day."),
        Standing.PROPOSED: _("It was proposed. Nothing later was found in our sources."),
        Standing.IN_COMMITTEE: _(
            "It was put before a committee. How it was decided was not found in our sources."
        ),
        Standing.OUT_OF_COMMITTEE: _(
            "A committee passed it. What the plenary decided was not found in our sources."
        ),
        Standing.DECIDED: _("The plenary dealt with it. Its result was not found in our sources."),
        Standing.PASSED: _("The plenary passed it."),
        Standing.TRANSMITTED: _("The plenary passed it, and it was sent on to be promulgated."),
        Standing.RECONSIDERED: _("The council was asked to decide once more."),
        Standing.PROMULGATED: _("It was promulgated."),
        Standing.REJECTED: _("The plenary rejected it."),
        Standing.NOT_FORWARDED: _("The committee did not send it to the plenary."),
        Standing.WITHDRAWN: _("It was withdrawn by those who brought it in."),
        Standing.LAPSED: _("It lapsed with the end of the council’s term."),
    }
    return str(sentences[standing])


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


def outcome_label(outcome: Outcome) -> str:
    """Return what a reader may ask for."""
    labels = {
        Outcome.PASSED: _("Passed by the plenary"),
        Outcome.REJECTED: _("Rejected by the plenary"),
        Outcome.ENDED: _("Withdrawn or lapsed"),
        Outcome.NOT_KNOWN: _("In the plenary, result not known"),
        Outcome.BEFORE_PLENARY: _("No plenary decision known"),
    }
    return str(labels[outcome])


def cost_label(category: CostCategory) -> str:
    """Return what went with a bill about its costs."""
    labels = {
        CostCategory.ESTIMATE: _("Cost estimate"),
        CostCategory.REASON_1: _("Statement of reason no. 1: below the threshold"),
        CostCategory.REASON_2: _("Statement of reason no. 2: declaration or recommendation"),
        CostCategory.NONE: _("Not subject: no cost"),
    }
    return str(labels[category])


def step_sentence(step: BillStepRow) -> str:
    """Return a step with its committee and result: "Decided in the committee: Passed"."""
    where = plain(step.committee_name or "", step.committee_name_en)
    words = step_label(step.kind) + (f" ({where})" if where else "")
    return f"{words}: {result_label(step.result)}" if step.result else words


def matter_words(row: MatterRow) -> str:
    """Return what was done about a bill or an ordinance last."""
    if row.enacted:
        return enactment_label(row.enacted)
    if row.step is None:
        return standing_label(Standing.NOTHING_KNOWN)
    words = step_label(row.step)
    return f"{words}: {result_label(row.result)}" if row.result else words


def choices(words: Iterable[Word], label: Callable[[Word], str]) -> list[tuple[str, str]]:
    """Return words with their names, for a form."""
    return [(word.value, label(word)) for word in words]
