"""Facts by their names, each in its type."""

import re
from datetime import date

from flask_babel import gettext as _

from portal.importers.ordinance_texts.front_matter import Group, Row, Value, Word
from portal.importers.ordinance_texts.places import Complaints

#: The number of a promulgation; some copies write zeros before it.
_NUMBER = re.compile(r"0{0,6}([1-9][0-9]{0,5})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
#: A day as the source gave it: 20201109 or 2020.11.09.
_BARE_DAY = re.compile(r"([0-9]{4})[.-]?([0-9]{2})[.-]?([0-9]{2})\.?")


class ValueReader:
    """Reads one group of facts; what does not fit is noted, and something harmless returned."""

    def __init__(self, group: Group, complaints: Complaints) -> None:
        """Read from a group."""
        self._group, self._complaints = group, complaints

    def text(self, name: str) -> str:
        """Return a text; it must be there."""
        text = self.find_text(name)
        if text is None and not isinstance(self._group.values.get(name), Group | Row):
            self._complain(name, _("%(name)s is missing; write it after a colon", name=name))
        return text or ""

    def find_text(self, name: str) -> str | None:
        """Return a text; None where it is missing or empty."""
        value = self._group.values.get(name)
        if isinstance(value, Group | Row) or (value and "\n" in value.text):
            self._complain(name, _("%(name)s must be a text on one line", name=name))
            return None
        return value.text or None if value else None

    def day(self, name: str) -> date:
        """Return a day such as 2020-11-09; it must be there."""
        text = self.text(name)
        day = _day(_DAY.fullmatch(text))
        if text and day is None:
            reason = _("%(value)s is not a day such as 2020-11-09", value=repr(text))
            self._complain(name, reason)
        return day or date.min

    def bare_day(self, name: str) -> date:
        """Return a day such as 20201109; it must be there."""
        text = self.text(name)
        day = _day(_BARE_DAY.fullmatch(text))
        if text and day is None:
            self._complain(name, _("%(value)s is not a day such as 20201109", value=repr(text)))
        return day or date.min

    def find_number(self, name: str) -> int | None:
        """Return the number of a promulgation; None where it is missing or empty."""
        text = self.find_text(name)
        found = _NUMBER.fullmatch(text or "")
        if text and not found:
            reason = _("%(value)s is not a number of promulgation such as 7519", value=repr(text))
            self._complain(name, reason)
        return int(found[1]) if found else None

    def is_true(self, name: str) -> bool:
        """Return whether a value is true; it is not where it is missing."""
        text = self.find_text(name)
        if text not in (None, "true", "false"):
            self._complain(name, _("%(name)s must be true or false", name=name))
        return text == "true"

    def find_address(self, name: str) -> str | None:
        """Return an address on the web; None where it is missing or empty."""
        text = self.find_text(name)
        if text and not text.startswith(("https://", "http://")):
            reason = _("%(name)s must be an address that begins with https://", name=name)
            self._complain(name, reason)
        return text

    def group(self, name: str) -> "ValueReader":
        """Return what reads the values below a name; there are none where it is missing."""
        value = self._group.values.get(name) or Word("", self._group.line, self._group.column)
        if isinstance(value, Group):
            return ValueReader(value, self._complaints)
        if not isinstance(value, Word) or value.text:
            self._complain(name, _("write names with values below %(name)s", name=name))
        return ValueReader(Group({}, value.line, value.column), self._complaints)

    def groups(self, name: str) -> list["ValueReader"]:
        """Return what reads each group of a list; there are none where it is missing."""
        value = self._group.values.get(name)
        rows = value.values if isinstance(value, Row) else ()
        groups = [row for row in rows if isinstance(row, Group)]
        is_word = isinstance(value, Word) and bool(value.text)
        if is_word or isinstance(value, Group) or len(groups) < len(rows):
            reason = _("write a list of names with values below %(name)s", name=name)
            self._complain(name, reason)
        return [ValueReader(group, self._complaints) for group in groups]

    def _complain(self, name: str, reason: str) -> None:
        place: Value = self._group.values.get(name, self._group)
        self._complaints.add(place.line, place.column, reason)


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
