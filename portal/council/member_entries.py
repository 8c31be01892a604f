"""Entries of a form in which each names a member, or somebody who is none."""

from flask_babel import gettext as _
from wtforms import BooleanField, FieldList, SelectField, StringField
from wtforms.validators import ValidationError

from portal.council.queries.choices import Choices
from portal.moderation.forms import PartForm, written


class MemberEntry(PartForm):
    """What such entries have in common; which fields there are and in which order, each says."""

    role: SelectField
    member_id: SelectField
    name: StringField
    is_removed: BooleanField

    def validate_name(self, field: StringField) -> None:
        """Refuse a role of nobody, and of two.

        :raise ValidationError: with what to do
        """
        member, name = self.member_id.data, written(field)
        if self.is_removed.data:
            return
        if member and name:
            raise ValidationError(_("Choose the member, or write a name; not both."))
        if self.role.data and not member and not name:
            raise ValidationError(_("Choose the member, or write the name."))


def offer_members(entries: FieldList, members: Choices) -> None:
    """Fill in the members that each entry offers."""
    for entry in entries:
        entry.form.member_id.choices = [("", ""), *members]
