"""Hints for writers of plain summaries, and the desk of hard words that the hints know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import Length, ValidationError

from portal.legislation.models import HardWord
from portal.legislation.queries.choices import find_hard_word, hard_words
from portal.legislation.rules.plain_words import (
    MOST_SIGNS,
    MOST_WORDS,
    hard_words_in,
    long_sentences,
)
from portal.moderation.desks import Desk
from portal.moderation.fields import REQUIRED_TEXT
from portal.moderation.forms import DeskForm, LongTextField, written
from portal.moderation.models import Publishable


@dataclass(frozen=True)
class Hint:
    """Something to look at once more before a text is saved; it refuses nothing.

    :ivar words: a sentence
    :ivar found: what of the text it is about, in the text's language
    """

    words: str
    found: tuple[str, ...] = ()


class SummaryField(LongTextField):
    """A text for citizens, with hints for who writes it.

    :ivar known: plainer words by hard ones; the form fills it in
    """

    known: Mapping[str, str] = {}

    @property
    def language(self) -> str:
        """Return the language in which it is written."""
        return "en" if self.short_name.endswith("_en") else "ko"

    @property
    def hints(self) -> tuple[Hint, ...]:
        """Return what a writer looks at: sentences, words, and whom it concerns since when."""
        text = self.data or ""
        return (
            _about_sentences(text, self.language),
            _about_words(text, self.known),
            Hint(_("Say who is affected, and since when.")),
        )


def give_words(session: Session, *fields: SummaryField) -> None:
    """Let fields know the hard words."""
    known = hard_words(session)
    for field in fields:
        field.known = known


def _about_sentences(text: str, language: str) -> Hint:
    found = long_sentences(text, language)
    if found:
        return Hint(_("Long sentences. Split each of them in two:"), found)
    if language == "en":
        return Hint(_("Short sentences: %(most)s words at most.", most=MOST_WORDS))
    return Hint(_("Short sentences: %(most)s signs at most.", most=MOST_SIGNS))


def _about_words(text: str, known: Mapping[str, str]) -> Hint:
    found = hard_words_in(text, known)
    if not found:
        return Hint(_("No legal word without an explanation."))
    shown = tuple(f"{word} → {plainer}" for word, plainer in found)
    return Hint(_("Hard words. Use plainer ones, or explain them:"), shown)


class HardWordForm(DeskForm):
    """What staff write of a hard word.

    :ivar database: where other words are read
    :ivar row_id: of the one that is written; None: a new one
    """

    database: Session
    row_id: int | None = None

    word = StringField(
        _l("Hard word"),
        description=_l("As it stands in texts, without a particle behind it."),
        validators=[REQUIRED_TEXT, Length(max=60)],
    )
    plainer = StringField(_l("Plainer word"), validators=[REQUIRED_TEXT, Length(max=120)])

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Know what is written, and where to read the others."""
        self.database, self.row_id = session, row.id if row else None

    def validate_word(self, field: StringField) -> None:
        """Refuse a word that is in the list.

        :raise ValidationError: another row has it
        """
        other = find_hard_word(self.database, written(field) or "")
        if other is not None and other.id != self.row_id:
            raise ValidationError(_("This word is in the list already. Change that entry."))


def create_hard_word(session: Session, values: Mapping[str, Any]) -> HardWord:
    """Make a draft of a hard word."""
    row = HardWord(word=values["word"], plainer=values["plainer"])
    session.add(row)
    session.flush()
    return row


DESK = Desk(
    model=HardWord,
    label=_l("Hard words"),
    form=HardWordForm,
    order=("word",),
    create=create_hard_word,
    add_label=_l("Add a hard word"),
)
