"""Words for letters, in the reader's language."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from portal.notifications.kinds import find_kind
from portal.notifications.rules import LetterState

STATE_WORDS = {
    LetterState.QUEUED: _l("waiting"),
    LetterState.SENDING: _l("under way"),
    LetterState.SENT: _l("sent"),
    LetterState.RETRY: _l("waiting for another try"),
    LetterState.FAILED: _l("failed"),
}


class _Dots(dict[str, str]):
    """Stands for a context that nobody is shown."""

    def __missing__(self, name: str) -> str:
        return "…"


_DOTS: Mapping[str, str] = _Dots()


def kind_words(name: str) -> str:
    """Return what a kind of letter says in its subject, with dots for what differs.

    A kind that no feature knows any more is told by its name.
    """
    kind = find_kind(name)
    return " ".join((str(kind.subject) % _DOTS).split()) if kind else name
