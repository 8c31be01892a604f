"""What the forms of several desks ask in the same way: validators, and choices of words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, IntegerField
from wtforms.validators import (
    URL,
    DataRequired,
    InputRequired,
    Length,
    Optional,
    ValidationError,
)

from portal.core.addresses import LARGEST_ID
from portal.core.params import FIRST_YEAR, LAST_YEAR
from portal.core.partial_dates import parse_partial_date

Word = TypeVar("Word", bound=StrEnum)

NEEDED = _l("Please fill this in.")
REQUIRED = InputRequired(NEEDED)
#: The same of a text: spaces are none.
REQUIRED_TEXT = DataRequired(NEEDED)


class NeededSometimes:
    """Marks a field that is needed in some cases only; its description says in which."""

    field_flags: Mapping[str, bool] = {"sometimes": True}

    def __call__(self, _form: Form, _field: Field) -> None:
        """Refuse nothing: the form knows the case."""


NEEDED_SOMETIMES = NeededSometimes()
#: How a date is written of which only month or year may be known.
PARTIAL_DATE = _l("A day, month or year: 2020-11-09, 2020-11 or 2020.")


#: The largest number of a column for amounts.
LARGEST_AMOUNT = 2**63 - 1
#: Validators of an address in the web.
WEB_ADDRESS = (
    Optional(),
    URL(message=_l("Write the whole address. Example: https://www.example.kr/minutes")),
    Length(max=500),
)


class NumberField(IntegerField):
    """A whole number that any database takes; what no database takes is never read.

    :cvar largest: the largest that its column takes
    """

    largest: ClassVar[int] = LARGEST_ID
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was written.

        :raise ValueError: it is no number, or one too large
        """
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) > self.largest:
            self.data = None
            raise ValueError(_l("Write a smaller number."))


class WonField(NumberField):
    """An amount in won; it may be written with commas, as people do."""

    largest = LARGEST_AMOUNT

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was written, without its commas.

        :raise ValueError: it is no number, or one too large
        """
        super().process_formdata([value.replace(",", "") for value in valuelist])


def check_years(_form: Form, field: Field) -> None:
    """Refuse a day or an hour that the calendar has no page for.

    :raise ValidationError: it lies outside the calendar's years
    """
    if field.data and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(
            _("Choose a day from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
        )


def is_partial_date(_form: Form, field: Field) -> None:
    """Refuse what is neither a day nor a month or year.

    :raise ValidationError: with what would fit
    """
    if not (field.data or "").strip():
        return
    try:
        parse_partial_date(field.data.strip())
    except ValueError:
        raise ValidationError(_l("Write a day, month or year such as 2020-11-09.")) from None


def number_or_none(value: object) -> int | None:
    """Return the id that was chosen; None: no row was."""
    return None if value in (None, "") else int(str(value))


def choices(words: Mapping[Word, LazyString]) -> list[tuple[str, LazyString]]:
    """Return words with what they are called, for a field in which one is chosen."""
    return [(word.value, label) for word, label in words.items()]


def choices_or_none(words: Mapping[Word, LazyString]) -> list[tuple[str, LazyString | str]]:
    """Return words with what they are called; the first one says that none is meant."""
    return [("", ""), *choices(words)]
