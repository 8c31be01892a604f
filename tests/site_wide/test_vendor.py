"""Vendored front-end files are those that were checked when they came in."""

from scripts.vendor import PACKAGES, differences


def test_vendored_files_have_their_listed_checksums() -> None:
    """No file is missing, changed or unlisted."""
    assert differences() == []


def test_every_package_ships_its_licence() -> None:
    """The licence text lies beside the files."""
    for package in PACKAGES:
        assert list(package.target.glob("LICENSE*")), package.name
