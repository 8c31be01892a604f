"""The privacy policy: every form of readers and every column about people stands in it."""

import re

import pytest
from flask import Flask

from portal.core.collected import Collected, everything_collected
from portal.core.crypto import EncryptedText
from portal.core.i18n import in_language
from portal.extensions import Base
from tests.support.client import PageClient
from tests.support.reading import read_words

#: Columns that tell of a person though they are not encrypted: whom a row is about or came from.
TELLING = re.compile(
    r"^(email|address_hash|account_hash|key_hash|recipient_index|origin|token_hash)$"
)


@pytest.fixture
def entries(app: Flask) -> tuple[Collected, ...]:
    with app.app_context():
        return everything_collected()


def is_about_people(column) -> bool:
    """Say whether a column holds something about a person."""
    # A type made of another one holds an instance of it.
    kinds = (column.type, getattr(column.type, "impl", None))
    is_sealed = any(isinstance(kind, EncryptedText) for kind in kinds)
    return is_sealed or TELLING.match(column.name) is not None


def test_every_form_of_readers_says_what_it_keeps(
    app: Flask, entries: tuple[Collected, ...]
) -> None:
    told = {endpoint for entry in entries for endpoint in entry.endpoints}
    taking = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.rule.startswith("/staff")
    }
    assert taking and taking <= told


def test_every_table_about_people_stands_in_the_policy(entries: tuple[Collected, ...]) -> None:
    told = {table for entry in entries for table in entry.tables}
    holding = {
        table.name
        for table in Base.metadata.tables.values()
        if any(is_about_people(column) for column in table.columns)
    }
    assert {"remarks", "public_tries", "letters", "staff_accounts", "audit_lines"} <= holding
    assert holding <= told


def test_entries_name_only_what_is_there(app: Flask, entries: tuple[Collected, ...]) -> None:
    for entry in entries:
        assert entry.endpoints <= set(app.view_functions), entry.key
        assert entry.tables <= set(Base.metadata.tables), entry.key


def test_what_readers_fill_in_comes_before_what_concerns_the_staff(
    entries: tuple[Collected, ...],
) -> None:
    keys = [entry.key for entry in entries]
    assert keys.index("remarks") < keys.index("accounts")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_policy_says_all_of_every_entry(
    app: Flask, client: PageClient, entries: tuple[Collected, ...], language: str
) -> None:
    words = read_words(client, "/en/privacy" if language == "en" else "/privacy")
    with app.test_request_context(), in_language(language):
        for entry in entries:
            parts = (entry.name, entry.purpose, *entry.items, entry.basis, entry.retention)
            for part in (*parts, entry.seen_by, entry.refusal):
                assert str(part) in words, entry.key


def test_the_policy_names_the_days_of_the_settings(app: Flask, client: PageClient) -> None:
    words = read_words(client, "/privacy")
    for setting in ("FEEDBACK_DAYS", "HEARING_OPINION_DAYS", "LETTER_DAYS"):
        assert f"{app.config[setting]}일" in words
