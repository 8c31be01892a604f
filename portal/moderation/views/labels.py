"""What the pages call the fields of a desk: as its form does."""

from portal.moderation.desks import Desk


def field_labels(desk: Desk) -> dict[str, str]:
    """Return the labels of a desk's fields and parts, by their names."""
    # Without a token the form leaves the session alone, so that public pages may ask, too.
    form = desk.form(formdata=None, meta={"csrf": False})
    return {field.short_name: str(field.label.text) for field in form}
