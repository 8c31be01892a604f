"""README.md names every setting and command, and none that is not there."""

import re
from collections.abc import Iterator

import click
import pytest
from flask import Flask

from portal.config import ROOT
from portal.settings import SETTINGS, Setting
from scripts.launch.commands import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8") if (ROOT / "README.md").exists() else ""


def expected_row(setting: Setting) -> str:
    """Return a setting's row in the table."""
    default = f"`{setting.default}`" if setting.default else "empty"
    return f"| `{setting.name}` | {default} | {setting.unit or '–'} | {setting.meaning} |"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_stands_in_the_table(setting: Setting) -> None:
    row = expected_row(setting)
    assert row in README.splitlines(), f"README.md lacks this line, or has another one: {row}"


def test_the_readme_names_no_setting_that_is_not_there() -> None:
    named = set(re.findall(r"\bPORTAL_[A-Z_]+\b", README))
    assert named <= {setting.name for setting in SETTINGS}


def test_no_code_reads_the_environment_but_the_configuration() -> None:
    reading = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "portal").rglob("*.py")
        if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
    ]
    assert reading == ["portal/config.py"]


def own_commands(app: Flask) -> Iterator[str]:
    """Give each command of the portal's own, such as ``flask clock set``."""
    for name, command in app.cli.commands.items():
        if isinstance(command, click.Group):
            if _is_own(next(iter(command.commands.values()))):
                yield from (f"flask {name} {part}" for part in command.commands)
        elif _is_own(command):
            yield f"flask {name}"


def _is_own(command: click.Command) -> bool:
    function = getattr(command.callback, "__wrapped__", command.callback)
    return str(getattr(function, "__module__", "")).startswith("portal.")


def test_every_command_stands_in_the_readme(app: Flask) -> None:
    missing = [name for name in own_commands(app) if name not in README]
    assert missing == []
    assert len(list(own_commands(app))) >= 6


def test_the_readme_names_no_command_that_is_not_there(app: Flask) -> None:
    known = {name.removeprefix("flask ").split()[0] for name in own_commands(app)}
    known |= set(app.cli.commands)
    named = set(re.findall(r"(?<![-\w/])flask ([a-z][a-z-]+)", README))
    assert named <= known


def test_every_command_of_start_stands_in_the_readme() -> None:
    missing = [c.name for c in COMMANDS if f"make {c.name}" not in README]
    # `make prepare` is for systemd units, which name it themselves.
    assert set(missing) <= {"prepare"}


def test_every_picture_and_file_the_readme_links_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert linked, "the README has a picture"
    assert [name for name in linked if not (ROOT / name).exists()] == []
