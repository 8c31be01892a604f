"""Pages of hearings: for everybody, of the counter, of opinions and applications, of the staff."""

from portal.hearings import staff_views
from portal.hearings.views import (
    application_desk,
    application_reviews,
    applications,
    feeds,
    letters,
    opinion_desk,
    opinion_document,
    opinions,
    own,
    pages,
    sign_ups,
)
from portal.hearings.views.blueprint import hearings
from portal.hearings.views.counter import sign_ups as counter

#: Modules that add their pages to a blueprint of another one.
__all__ = ["application_reviews", "applications", "feeds", "letters", "own", "pages", "sign_ups"]

blueprints = (
    hearings,
    counter,
    opinions.opinions,
    opinion_desk.opinion_desk,
    opinion_document.opinion_document,
    application_desk.desk,
    *staff_views.blueprints,
)
