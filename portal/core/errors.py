"""The errors that services, queries and views raise; one handler turns them into pages."""


class PortalError(Exception):
    """An error with an HTTP status and a sentence for the person who met it.

    :ivar sentence: what happened and what to do next, already translated; empty: the page's own
    """

    status = 500

    def __init__(self, sentence: str = "") -> None:
        """Keep the sentence for the page."""
        super().__init__(sentence)
        self.sentence = sentence


class BadAddress(PortalError):
    """The address or a parameter is nonsense."""

    status = 400


class NotAllowed(PortalError):
    """The person may not do this."""

    status = 403


class NotFound(PortalError):
    """There is no such thing."""

    status = 404


class Conflict(PortalError):
    """Somebody else was first, or the rule of the moment forbids it."""

    status = 409


class Gone(PortalError):
    """It was here once and has been withdrawn."""

    status = 410


class Invalid(PortalError):
    """What was sent does not fit; the sentence says what would."""

    status = 422


class TooMany(PortalError):
    """Too many tries in a short time."""

    status = 429
