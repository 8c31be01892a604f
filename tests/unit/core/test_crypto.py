"""What is stored about people can't be read without the key."""

from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.core import crypto


def app_with(*secrets: str) -> Flask:
    app = Flask("keys")
    app.config.update(SECRET_KEY=secrets[0], SECRET_KEY_FALLBACKS=list(secrets[1:]))
    # A folder without a key file: nothing is learned from it.
    app.config["INSTANCE_DIR"] = Path("/nowhere")
    crypto.init_app(app)
    return app


@given(st.text())
def test_a_text_comes_back_as_it_was(text: str) -> None:
    with app_with("first").app_context():
        assert crypto.decrypt(crypto.encrypt(text)) == text


def test_the_same_text_is_never_encrypted_alike() -> None:
    with app_with("first").app_context():
        assert crypto.encrypt("김의원") != crypto.encrypt("김의원")


def test_an_older_key_still_opens_what_it_closed_and_another_does_not() -> None:
    with app_with("old").app_context():
        token, index = crypto.encrypt("김의원"), crypto.blind_index("letter", "a@example.org")
    with app_with("new", "old").app_context():
        assert crypto.decrypt(token) == "김의원"
        assert crypto.blind_index("letter", "a@example.org") == index
    with app_with("new").app_context(), pytest.raises(InvalidToken):
        crypto.decrypt(token)


def test_a_hash_serves_one_purpose_only() -> None:
    with app_with("first").app_context():
        assert crypto.blind_index("letter", "a") != crypto.blind_index("staff", "a")
