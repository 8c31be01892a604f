"""The desk of bills: what is asked of the council, its way step by step, and who is behind it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import FieldList, FormField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from portal.accounts.rules import Place, ScopeKind
from portal.core.clock import today
from portal.core.slugs import free_slug
from portal.council.member_entries import offer_members
from portal.council.models import Committee
from portal.council.queries.choices import committee_choices, member_choices
from portal.legislation import words
from portal.legislation.models import Bill
from portal.legislation.queries.choices import (
    committees_of_bill,
    find_bill_id,
    ordinance_choices,
    sittings_around,
)
from portal.legislation.rules.kinds import BillKind, CostCategory, Proposer
from portal.legislation.staff.enactments import MOST_SESSIONS
from portal.legislation.staff.plain_words import SummaryField, give_words
from portal.legislation.staff.sponsors import check_sponsors, sponsor_list
from portal.legislation.staff.steps import StepForm, check_steps, offer_places
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import (
    REQUIRED,
    REQUIRED_TEXT,
    NumberField,
    WonField,
    number_or_none,
)
from portal.moderation.forms import FilesForm, LongTextField, written
from portal.moderation.models import Publishable

_WON = (Optional(), NumberRange(min=0))


class BillForm(FilesForm):
    """What staff write of a bill.

    :ivar database: where other bills are read
    :ivar row_id: of the one that is written; None: a new one
    """

    database: Session
    row_id: int | None = None

    number = NumberField(
        _l("Number of the bill"),
        description=_l("Empty: not known."),
        validators=[Optional(), NumberRange(min=1)],
    )
    title = StringField(_l("Title"), validators=[REQUIRED_TEXT, Length(max=300)])
    title_en = StringField(_l("Title in English"), validators=[Length(max=300)])
    kind = SelectField(
        _l("Kind"),
        choices=lambda: [("", ""), *words.choices(BillKind, words.bill_label)],
        default="",
        validators=[REQUIRED],
    )
    session_number = NumberField(
        _l("Number of the session"), validators=[Optional(), NumberRange(min=1, max=MOST_SESSIONS)]
    )
    proposed_by = SelectField(
        _l("Who it comes from"),
        choices=lambda: [
            ("", _("Not known")),
            *words.choices(Proposer, words.proposer_label),
        ],
        default="",
    )
    proposer = StringField(_l("Who brought it in, as printed"), validators=[Length(max=160)])
    proposer_en = StringField(_l("Who brought it in, in English"), validators=[Length(max=160)])
    summary = SummaryField(_l("What it is about, in plain words"))
    summary_en = SummaryField(_l("What it is about, in English"))
    amount = StringField(_l("The money it is about, as printed"), validators=[Length(max=200)])
    amount_en = StringField(_l("The money it is about, in English"), validators=[Length(max=200)])
    cost_category = SelectField(
        _l("What went with it about its costs"),
        choices=lambda: [
            ("", _("Not known")),
            *words.choices(CostCategory, words.cost_label),
        ],
        default="",
    )
    cost_yearly_won = WonField(_l("Estimated costs in a year, in won"), validators=_WON)
    cost_once_won = WonField(_l("Estimated costs once, in won"), validators=_WON)
    ordinance_id = SelectField(_l("The ordinance that it makes or changes"), coerce=number_or_none)
    note = LongTextField(_l("Remark that everybody reads"))
    note_en = LongTextField(_l("Remark in English"))
    steps = FieldList(FormField(StepForm), _l("Steps"))
    sponsors = sponsor_list()

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Fill in ordinances, committees, sittings and members; know what is written."""
        self.database, self.row_id = session, row.id if row else None
        own = row.ordinance_id if isinstance(row, Bill) else None
        self.ordinance_id.choices = [("", _("None")), *ordinance_choices(session, own)]
        chosen = {entry.form.event_id.data for entry in self.steps} - {None}
        sittings = sittings_around(session, today(), bill_id=self.row_id, chosen=chosen)
        offer_places(self.steps, committee_choices(session), sittings)
        offer_members(self.sponsors, member_choices(session))
        give_words(session, self.summary, self.summary_en)

    def validate_number(self, field: NumberField) -> None:
        """Refuse the number of another bill with the same title.

        :raise ValidationError: there is one
        """
        title = written(self.title)
        same = find_bill_id(self.database, field.data, title) if field.data and title else None
        if same not in (None, self.row_id):
            raise ValidationError(_("There is a bill with this number and title. Change that one."))

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Say whether all fields fit, each for itself and the steps together."""
        is_fine = super().validate(extra_validators)
        check_steps(self.steps)
        check_sponsors(self.sponsors)
        return is_fine and not self.steps.errors and not self.sponsors.errors


def create_bill(session: Session, values: Mapping[str, Any]) -> Bill:
    """Make a draft whose address is its number, or the day where it has none yet."""
    stem = str(values["number"] or f"{today():%Y-%m-%d}")
    row = Bill(
        slug=free_slug(session, Bill, f"bill-{stem}"),
        title=values["title"],
        kind=BillKind(values["kind"]),
    )
    session.add(row)
    session.flush()
    return row


def page_of_bill(row: Bill) -> PageAddress:
    """Return where a bill is shown."""
    return "legislation.show_bill", {"slug": row.slug}


def place_of_bill(session: Session, row: Bill | None, written: Mapping[str, Any]) -> Place | None:
    """Return the committee that a bill is before, None when it is before none, or several.

    A committee's office writes the bills of its own committee; what several decide about is the
    whole council's.
    """
    if "steps" in written:
        ids = {step.get("committee_id") for step in written["steps"] or ()} - {None}
    else:
        ids = set(committees_of_bill(session, row.id)) if row else set()
    committee = session.get(Committee, ids.pop()) if len(ids) == 1 else None
    return Place(ScopeKind.COMMITTEE, committee.slug) if committee else None


DESK = Desk(
    model=Bill,
    label=_l("Bills"),
    form=BillForm,
    order=("-id",),
    page=page_of_bill,
    create=create_bill,
    add_label=_l("Add a bill"),
    place=place_of_bill,
)
