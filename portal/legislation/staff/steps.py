"""The steps of a bill in the form of its desk: one entry each, also before several committees."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, SelectField
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.core.i18n import page_language, write_day
from portal.council.queries.choices import Choices
from portal.council.words import NATURE_WORDS
from portal.legislation import words
from portal.legislation.queries.choices import Sitting
from portal.legislation.rules.kinds import StepKind, StepResult
from portal.legislation.rules.order import DatedStep, step_it_precedes, votes_beyond
from portal.moderation.fields import NumberField, check_years, choices_or_none, number_or_none
from portal.moderation.forms import LongTextField, PartForm

#: Far above what any council has.
MOST_VOTES = 9999
_VOTES = (Optional(), NumberRange(min=0, max=MOST_VOTES))


class StepForm(PartForm):
    """A step of a bill.

    :ivar sittings: those that may be chosen, by their ids
    """

    needed = ("kind", "nature")
    sittings: Mapping[int, Sitting] = {}

    kind = SelectField(
        _l("Step"),
        choices=lambda: [("", ""), *words.choices(StepKind, words.step_label)],
        default="",
    )
    on = DateField(
        _l("Day of the step"),
        description=_l("Empty: not known."),
        validators=[Optional(), check_years],
    )
    nature = SelectField(
        _l("How the day is known"), choices=lambda: choices_or_none(NATURE_WORDS), default=""
    )
    committee_id = SelectField(
        _l("Committee"),
        description=_l("A bill before several committees has an entry for each."),
        coerce=number_or_none,
    )
    event_id = SelectField(_l("Sitting"), coerce=number_or_none)
    result = SelectField(
        _l("How it was decided"),
        choices=lambda: [("", ""), *words.choices(StepResult, words.result_label)],
        default="",
    )
    text = LongTextField(_l("What the source says besides"))
    text_en = LongTextField(_l("What the source says besides, in English"))
    votes_for = NumberField(_l("Votes for"), validators=_VOTES)
    votes_against = NumberField(_l("Votes against"), validators=_VOTES)
    abstained = NumberField(_l("Abstained"), validators=_VOTES)
    present = NumberField(_l("Members present"), validators=_VOTES)
    is_removed = BooleanField(_l("Take it away"))

    def validate_event_id(self, field: SelectField) -> None:
        """Refuse a sitting of another day.

        :raise ValidationError: with the day of the sitting
        """
        sitting, day = self.sittings.get(field.data or 0), self.on.data
        if self.is_removed.data or not sitting or not day:
            return
        if not sitting.first <= day <= sitting.last:
            held = write_day(sitting.first, page_language())
            raise ValidationError(
                _("This sitting was on %(day)s. Choose another, or correct the day.", day=held)
            )

    def validate_present(self, field: NumberField) -> None:
        """Refuse more votes than there were members.

        :raise ValidationError: with both numbers
        """
        votes = (self.votes_for.data, self.votes_against.data, self.abstained.data)
        total = votes_beyond(field.data, *votes)
        if total is not None and not self.is_removed.data:
            raise ValidationError(
                _(
                    "%(votes)s votes, but %(present)s present. Correct one of the numbers.",
                    votes=total,
                    present=field.data,
                )
            )

    @property
    def dated(self) -> DatedStep | None:
        """Return the step as it was written; None where its kind or day is missing."""
        if self.is_removed.data or not (self.kind.data and self.on.data):
            return None
        return DatedStep(StepKind(self.kind.data), self.on.data, self.committee_id.data)


def offer_places(steps: FieldList, committees: Choices, sittings: Iterable[Sitting]) -> None:
    """Fill in the committees and sittings that each entry offers."""
    known = {sitting.id: sitting for sitting in sittings}
    labels = [(sitting.id, sitting.label) for sitting in known.values()]
    for entry in steps:
        entry.form.sittings = known
        entry.form.committee_id.choices = [("", _("None")), *committees]
        entry.form.event_id.choices = [("", _("None, or not known")), *labels]


def check_steps(steps: FieldList) -> None:
    """Refuse a step that is dated before one which it follows, at its day."""
    forms: list[Any] = [entry.form for entry in steps]
    dated = [step for form in forms if (step := form.dated)]
    for form in forms:
        earlier = step_it_precedes(form.dated, dated) if form.dated else None
        if earlier is not None:
            form.on.errors = [*form.on.errors, _refusal(form.dated, earlier)]
            steps.errors = [entry.errors for entry in steps]


def _refusal(step: DatedStep, earlier: DatedStep) -> str:
    return str(
        _(
            "“%(later)s” comes after “%(earlier)s” on %(day)s. Correct one of the two days.",
            later=words.step_label(step.kind),
            earlier=words.step_label(earlier.kind),
            day=write_day(earlier.on, page_language()),
        )
    )
