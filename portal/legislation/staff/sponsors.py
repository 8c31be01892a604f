"""The members behind a bill or an enactment, as the forms of both desks ask for them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, SelectField, StringField
from wtforms.validators import Length

from portal.council.member_entries import MemberEntry
from portal.legislation import words
from portal.legislation.rules.kinds import SponsorRole
from portal.moderation.fields import NEEDED_SOMETIMES, number_or_none


class SponsorForm(MemberEntry):
    """A member who brought something in, or supports it."""

    needed = ("role",)

    role = SelectField(
        _l("What the member does for it"),
        choices=lambda: [("", ""), *words.choices(SponsorRole, words.role_label)],
        default="",
    )
    member_id = SelectField(_l("Member"), coerce=number_or_none)
    name = StringField(
        _l("Name"),
        description=_l("Only for somebody who is not among the members."),
        validators=[NEEDED_SOMETIMES, Length(max=80)],
    )
    is_removed = BooleanField(_l("Take it away"))


def sponsor_list() -> FieldList:
    """Return the list of sponsors for a form; its choices are ``offer_members``'s to fill in."""
    return FieldList(FormField(SponsorForm), _l("Sponsors"))


def check_sponsors(sponsors: FieldList) -> None:
    """Refuse a member that stands there twice, at the second place."""
    chosen: list[Any] = [e.form.member_id for e in sponsors if not e.form.is_removed.data]
    seen: set[int] = set()
    for member in chosen:
        if member.data in seen:
            member.errors = [*member.errors, _("This member is in the list already.")]
            sponsors.errors = [entry.errors for entry in sponsors]
        if member.data:
            seen.add(member.data)
