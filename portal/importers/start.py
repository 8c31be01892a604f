"""What the imports register when the application starts."""

from flask import Flask

from portal.accounts.views.own import HOME
from portal.core.sections import register_section
from portal.core.signals import published
from portal.importers.figures import take_published
from portal.importers.kept_rows import section_of_kept_rows
from portal.importers.models import FigureUpload
from portal.importers.staff import DESK
from portal.moderation.desks import register_desk
from portal.moderation.views.review import QUEUE


def init_app(app: Flask) -> None:
    """Open the desk of figures, take them when they are published, and name rows that were kept."""
    register_desk(app, DESK)
    published.connect(take_published, sender=FigureUpload.__tablename__)
    for place in (HOME, QUEUE):
        register_section(app, place, section_of_kept_rows)
