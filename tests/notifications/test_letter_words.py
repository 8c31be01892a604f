"""What letters say, kept in git for each kind and language, so that a change is seen.

After a change that was meant: ``UPDATE_SNAPSHOTS=1 make test ARGS=tests/notifications``
writes the files anew; read the difference before you commit it.
"""

import html
import os
import re
from pathlib import Path

import pytest
from flask import Flask

from portal import FEATURES, _find_module
from portal.core.i18n import LANGUAGES
from portal.notifications.kinds import kind_of, registered_kinds
from portal.notifications.wording import Wording, word_letter

FOLDER = Path(__file__).parent / "snapshots"
for feature in FEATURES:
    _find_module(feature, "emails")
LETTERS = [(kind.name, language) for kind in registered_kinds() for language in LANGUAGES]


def words_of(app: Flask, kind: str, language: str) -> Wording:
    with app.app_context():
        return word_letter(kind, language, kind_of(kind).sample)


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_the_words_of_a_letter_are_the_ones_we_know(app: Flask, kind: str, language: str):
    wording = words_of(app, kind, language)
    text = f"{wording.subject}\n\n{wording.text}"
    kept = FOLDER / f"{kind}-{language}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.write_text(text, encoding="utf-8")
    assert kept.exists(), "a new letter: write its words with UPDATE_SNAPSHOTS=1"
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_the_html_of_a_letter_says_the_words_of_its_text(app: Flask, kind: str, language: str):
    wording = words_of(app, kind, language)
    assert f'<html lang="{language}">' in wording.html
    body = html.unescape(re.sub(r"<[^>]+>", " ", wording.html.partition("<body>")[2]))
    assert body.split() == wording.text.split()


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_a_letter_is_written_in_its_language(app: Flask, kind: str, language: str):
    wording = words_of(app, kind, language)
    has_hangul = bool(re.search(r"[\uac00-\ud7a3]", wording.subject + wording.text))
    assert has_hangul == (language == "ko")


def test_no_words_are_left_over():
    assert {path.name for path in FOLDER.iterdir()} == {f"{k}-{lang}.txt" for k, lang in LETTERS}
