"""start.py installs what the lock file names, checked by hash, and mends a broken .venv."""

import hashlib
import importlib.util
import io
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from scripts.launch import installation, listener, settings
from scripts.launch.installation import explain_pip
from scripts.launch.words import Refusal
from tests.start.conftest import Project


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """Give a package that pip can install without any index."""
    path = tmp_path / "wheels" / "pebble-1.0-py3-none-any.whl"
    path.parent.mkdir()
    info = "pebble-1.0.dist-info/"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pebble.py", "")
        archive.writestr(info + "METADATA", "Metadata-Version: 2.1\nName: pebble\nVersion: 1.0\n")
        archive.writestr(info + "WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(info + "RECORD", "")
    return path


def ask_for(project: Project, digest: str) -> None:
    """Write a lock file that names the package by a hash."""
    text = f"pebble==1.0 \\\n    --hash=sha256:{digest}\n"
    (project.folder / "requirements.txt").write_text(text)


def prepare(project: Project, wheel: Path, **environ: str) -> "tuple[int, str]":
    """Run `start.py prepare` with no index but the folder of the wheel."""
    pip = {"PIP_CONFIG_FILE": "/dev/null", "PIP_NO_INDEX": "1"}
    result = project.finish("prepare", **{**pip, "PIP_FIND_LINKS": str(wheel.parent), **environ})
    return result.returncode, result.stderr


def digest(wheel: Path) -> str:
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_changed_lock_is_installed_and_stamped(project: Project, wheel: Path) -> None:
    ask_for(project, digest(wheel))

    assert prepare(project, wheel) == (0, "")
    assert list((project.folder / ".venv").rglob("pebble.py"))
    # Nothing is left to install: without the wheel the next start succeeds too.
    wheel.unlink()
    assert prepare(project, wheel) == (0, "")


def test_the_package_without_a_wheel_is_built_by_what_is_installed(
    project: Project, tmp_path: Path
) -> None:
    source = tmp_path / "sources" / "flask_principal-9.0.tar.gz"
    source.parent.mkdir()
    setup = b"from setuptools import setup\nsetup(name='flask-principal', version='9.0')\n"
    with tarfile.open(source, "w:gz") as archive:
        for name, content in (("setup.py", setup), ("PKG-INFO", b"")):
            entry = tarfile.TarInfo(f"flask_principal-9.0/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    text = f"flask-principal==9.0 --hash=sha256:{digest(source)}\n"
    (project.folder / "requirements.txt").write_text(text)

    assert prepare(project, source) == (0, "")
    assert list((project.folder / ".venv").rglob("flask_principal-9.0.dist-info"))


def test_package_with_another_hash_is_refused(project: Project, wheel: Path) -> None:
    ask_for(project, "0" * 64)

    code, line = prepare(project, wheel)

    assert code == 1
    assert "not the one that the lock names" in line
    assert not list((project.folder / ".venv").rglob("pebble.py"))


def test_unreachable_index_gets_one_line_with_the_remedy(project: Project, wheel: Path) -> None:
    ask_for(project, digest(wheel))
    # Nothing listens on the discard port.
    nowhere = "http://127.0.0.1:9/simple"

    code, line = prepare(project, wheel, PIP_NO_INDEX="", PIP_FIND_LINKS="", PIP_INDEX_URL=nowhere)

    assert code == 1
    assert "the package index cannot be reached" in line
    assert "PIP_PROXY" in line
    assert len(line.splitlines()) == 1


def test_environment_whose_python_is_gone_is_made_anew(project: Project, wheel: Path) -> None:
    ask_for(project, digest(wheel))
    python = project.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")

    # The new one holds pebble and pip alone, so that the stand-in's own start then fails.
    code, line = prepare(project, wheel)

    assert list((project.folder / ".venv").rglob("pebble.py"))
    assert code == 1
    assert "No module named flask" in line


def test_installation_that_was_killed_begins_anew(project: Project) -> None:
    (project.folder / ".venv" / "unfinished").touch()

    project.finish("prepare")

    assert not list((project.folder / ".venv").rglob("borrowed.pth"))


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_python_without_venv_gets_the_remedy(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> object:
        return None if name == module else object()

    monkeypatch.setattr(importlib.util, "find_spec", find)

    with pytest.raises(Refusal, match="apt install python3-venv"):
        installation._refuse_missing_modules()


def test_little_room_is_refused_before_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(Refusal, match="Make room"):
        installation._refuse_little_room(installation.DEV_LOCK)


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("Retrying after connection broken by 'NewConnectionError(", "cannot be reached"),
        ("Temporary failure in name resolution", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "not the one"),
        ("ERROR: No matching distribution found for flask==9.", "found for flask==9 (all of"),
        ("", "no reason given"),
    ],
)
def test_words_of_pip_become_a_line_for_people(log: str, words: str) -> None:
    assert words in str(explain_pip(log))


def test_defaults_are_those_of_the_configuration() -> None:
    from portal.settings import SETTINGS

    defaults = {setting.name: setting.default for setting in SETTINGS}
    assert settings.HOST == defaults["HOST"]
    assert settings.PORT == defaults["PORT"]
    assert settings.INSTANCE == defaults["PORTAL_INSTANCE_DIR"]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("council.example", "http://council.example:8000/"),
    ],
)
def test_address_can_be_opened_on_this_machine(host: str, address: str) -> None:
    assert listener.local_address(host, 8000) == address
