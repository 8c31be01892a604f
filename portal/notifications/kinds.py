"""The kinds of letters. A feature registers its own, in its ``emails.py``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter.

    :ivar filename: with its ending, in any language
    :ivar media_type: with its parameters, such as ``text/calendar; method=REQUEST; charset=utf-8``
    """

    filename: str
    media_type: str
    content: bytes


#: Makes what goes with a letter, of the letter's context and language.
Attach = Callable[[Mapping[str, str], str], tuple[Attachment, ...]]


@dataclass(frozen=True)
class Kind:
    """One kind of letter; its text is ``templates/notifications/email/<name>.txt``.

    :ivar subject: a whole sentence, with places of the context such as ``%(number)s``; it is all
        that a text message says, so no text of a case belongs in it
    :ivar sample: a context for the style guide and the tests
    :ivar attach: makes what goes with the letter each time it is sent; nothing of it is kept. It
        may read rows and write none; None: the letter is words alone
    """

    name: str
    subject: LazyString
    sample: Mapping[str, str]
    attach: Attach | None = None


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    """Make a kind known and return it."""
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """Return a kind by its name.

    :raise KeyError: no feature registered it
    """
    return _kinds[name]


def find_kind(name: str) -> Kind | None:
    """Return a kind by its name, or None when no feature knows it any more."""
    return _kinds.get(name)


def registered_kinds() -> tuple[Kind, ...]:
    """Return every kind, by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))


#: The letter of ``flask mail test``.
TEST = register_kind(Kind("test", _l("A test of the council portal's mail"), {}))
