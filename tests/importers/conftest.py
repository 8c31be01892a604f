"""Who works at the desk of figures, and a data folder that a test may change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts.rules import Role
from portal.config import ROOT
from tests.accounts.staff import make_account, sign_in
from tests.support.client import PageClient


@pytest.fixture
def people(fresh_app: Flask) -> Iterator[tuple[PageClient, PageClient]]:
    """Give a budget officer and a second reader, both signed in."""
    officer = sign_in(fresh_app, make_account(fresh_app, Role.BUDGET_OFFICER))
    reader = sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR))
    yield officer, reader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of Seoul's data that a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
