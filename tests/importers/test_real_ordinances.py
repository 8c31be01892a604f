"""Texts of real ordinances, where a folder of them is at hand: each is read whole."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.importers.ordinance_texts import FolderReading, read_folder
from portal.legislation.rules.comparison import State, compare_texts
from portal.legislation.rules.references import ReferenceKind, find_references
from portal.legislation.rules.storage import as_plain, from_plain
from portal.legislation.rules.text import OrdinanceText, plain_text
from tests.importers.ordinance_sources import body_of, squeezed

VARIABLE = "PORTAL_ORDINANCE_TEXTS"


@pytest.fixture(scope="module")
def folder() -> Path:
    """Give the folder of texts."""
    if VARIABLE not in os.environ:
        pytest.skip(f"{VARIABLE} names no folder of ordinance texts")
    return Path(os.environ[VARIABLE])


@pytest.fixture(scope="module")
def reading(folder: Path) -> FolderReading:
    """Give what was read of it."""
    return read_folder(folder)


def test_each_text_is_read_whole(folder: Path, reading: FolderReading):
    assert reading.files
    assert [str(errors) for errors in reading.errors.values()] == []
    for path, file in reading.files.items():
        source = (folder / path).read_text(encoding="utf-8")
        assert squeezed(plain_text(file.text)) == body_of(source), path


def test_the_facts_agree_with_the_text(reading: FolderReading):
    for path, file in reading.files.items():
        newest = file.text.addenda[-1]
        assert (file.number, file.promulgated_on) == (newest.number, newest.day), path


def test_paragraphs_items_and_subitems_are_counted_without_a_gap(reading: FolderReading):
    for path, file in reading.files.items():
        for article in file.text.articles:
            numbers = [paragraph.number for paragraph in article.paragraphs]
            assert numbers in ([0], list(range(1, len(numbers) + 1))), (path, article.name)
            for paragraph in article.paragraphs:
                items = [item.number for item in paragraph.items]
                assert sorted(set(items)) == list(range(1, max(items, default=0) + 1)), path


def test_no_mark_is_left_in_the_words(reading: FolderReading):
    for file in reading.files.values():
        for words in _words(file.text):
            assert not set("<>[]") & set(words)


def test_storage_gives_each_text_back(reading: FolderReading):
    for file in reading.files.values():
        assert from_plain(json.loads(json.dumps(as_plain(file.text)))) == file.text


def test_each_text_is_unchanged_against_itself(reading: FolderReading):
    for file in reading.files.values():
        found = compare_texts(file.text, file.text)
        assert found.counts[State.UNCHANGED] == len(file.text.articles)


def test_own_references_lead_to_an_article(reading: FolderReading):
    for path, file in reading.files.items():
        for words in _words(file.text):
            for reference in find_references(words, file.title):
                if reference.kind is ReferenceKind.OWN and reference.anchor:
                    assert reference.anchor in file.text.anchors, (path, words)


def _words(text: OrdinanceText) -> Iterator[str]:
    for article in text.articles:
        for paragraph in article.paragraphs:
            yield paragraph.words
            for item in paragraph.items:
                yield item.words
                yield from (subitem.words for subitem in item.subitems)
