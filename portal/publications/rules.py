"""The kinds of publications and of their editions."""

from enum import StrEnum


class PublicationKind(StrEnum):
    """What a publication is, in the order in which lists name them."""

    NEWS = "news"
    NOTICE = "notice"
    PRESS_RELEASE = "press_release"
    NEWSLETTER = "newsletter"
    REPORT = "report"
    BROADCAST = "broadcast"


#: What comes out on this site, on the day it is published.
BORN_HERE = frozenset((PublicationKind.NEWS, PublicationKind.NOTICE, PublicationKind.PRESS_RELEASE))


class EditionFormat(StrEnum):
    """How a publication can be read, heard or watched."""

    PRINT = "print"
    BRAILLE = "braille"
    AUDIO = "audio"
    VIDEO = "video"
    PDF = "pdf"
    HTML = "html"
    MAIL = "mail"
