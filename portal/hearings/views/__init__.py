"""Pages of hearings, of the counter of sign-ups, and of opinions; modules add to a blueprint."""

from portal.hearings.views import (
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

__all__ = ["feeds", "letters", "own", "pages", "sign_ups"]

blueprints = (
    hearings,
    counter,
    opinions.opinions,
    opinion_desk.opinion_desk,
    opinion_document.opinion_document,
)
