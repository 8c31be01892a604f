"""What the pages call the fields of a desk: as its form does."""

from portal.moderation.desks import Desk


def field_labels(desk: Desk) -> dict[str, str]:
    """Return the labels of a desk's fields and parts, by their names."""
    form = desk.form(formdata=None)
    return {field.short_name: str(field.label.text) for field in form}
