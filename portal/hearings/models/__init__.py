"""Tables of hearings, a file for each thing: hearings, sign-ups, opinions, applications."""

from portal.hearings.models.applications import Application
from portal.hearings.models.figures import HearingFigure
from portal.hearings.models.hearings import Hearing, OrderItem, Speaker
from portal.hearings.models.opinions import Opinion
from portal.hearings.models.sign_ups import Message, OpeningNotice, Review, SignUp, SignUpRequest

__all__ = [
    "Application",
    "Hearing",
    "HearingFigure",
    "Message",
    "OpeningNotice",
    "Opinion",
    "OrderItem",
    "Review",
    "SignUp",
    "SignUpRequest",
    "Speaker",
]
