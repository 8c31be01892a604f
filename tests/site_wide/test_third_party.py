"""What others made is named, with its licence."""

import re

from portal.config import ROOT


def test_every_package_the_portal_needs_is_named_with_its_licence() -> None:
    wanted = re.findall(r"^([a-z][a-z0-9-]+)", (ROOT / "requirements.in").read_text(), re.MULTILINE)
    named = re.findall(r"^\| ([a-z0-9-]+) \|", (ROOT / "THIRD_PARTY.md").read_text(), re.MULTILINE)
    assert sorted(wanted) == sorted(set(named) - {"package", "what"})


def test_every_vendored_package_has_its_licence_beside_it() -> None:
    folders = [path for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert any("LICENSE" in path.name.upper() for path in folder.rglob("*")), folder
        assert folder.name.rpartition("-")[0].split("-")[0] in (
            (ROOT / "THIRD_PARTY.md").read_text().lower()
        )
