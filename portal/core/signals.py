"""Signals by which lower features tell upper ones without knowing them.

Receivers run in the sender's transaction and must not commit.
"""

from blinker import Namespace

_signals = Namespace()

#: Sent with ``kind`` (table name) and ``ids`` (tuple of ints) when rows became public or changed.
published = _signals.signal("published")
#: Sent with ``kind`` and ``ids`` when rows are public no longer.
withdrawn = _signals.signal("withdrawn")
#: Sent with ``person_key`` (str) when a person's data must go; each counter erases its own rows.
erased = _signals.signal("erased")
