"""What the pages call the fields of a desk: as its form does."""

from flask_babel import gettext as _

from portal.moderation.desks import Desk
from portal.moderation.forms import is_part


def field_labels(desk: Desk) -> dict[str, str]:
    """Return the labels of a desk's fields and parts, by their names."""
    # Without a token the form leaves the session alone, so that public pages may ask, too.
    form = desk.form(formdata=None, meta={"csrf": False})
    labels = {field.short_name: str(field.label.text) for field in form}
    english = {
        f"{field.short_name}_en": _("%(name)s, in English", name=field.label.text)
        for field in form
        if is_part(field)
    }
    return labels | english
