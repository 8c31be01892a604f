"""What start.py cannot do it says in one line, and leaves nothing half-made."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.launch.instance import Instance
from scripts.launch.settings import Settings
from scripts.launch.words import Refusal
from tests.start.conftest import ROOT, Project, Site, eventually, is_alive


def refusal(result: "subprocess.CompletedProcess[str]") -> str:
    """Return the one line that says why, having checked that it is one and no crash."""
    assert result.returncode == 1, result
    assert len(result.stderr.splitlines()) == 1, result.stderr
    return result.stderr


def test_taken_port_is_named_before_anything_is_made(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = refusal(project.finish("run", PORT=str(port)))

    assert f"port {port} on 127.0.0.1 is taken" in line
    assert "make run" in line
    assert not project.instance.exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "banana", "PORT must be a whole number"),
        ("PORT", "70000", "PORT must be a whole number"),
        ("HOST", "203.0.113.9", "is not an address of this machine"),
        ("PORTAL_INSTANCE_DIR", "start.py/instance", "cannot be written"),
    ],
)
def test_wrong_setting_is_named(project: Project, name: str, value: str, words: str) -> None:
    assert words in refusal(project.finish("run", **{name: value}))


def test_unknown_command_points_to_the_help(project: Project) -> None:
    assert "start.py help" in refusal(project.finish("dance"))


def test_old_python_gets_a_clear_line() -> None:
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 0); sys.argv = ['start.py', 'run']; "
        "runpy.run_path('start.py', run_name='__main__')"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert "this is Python 3.9, the portal needs 3.11" in refusal(result)


def test_start_file_can_be_read_by_the_oldest_python_3() -> None:
    source = (ROOT / "start.py").read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 4))

    assert "f'" not in source
    assert 'f"' not in source


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("broken data", "data/council/members.csv:3:2: there is no party 'x'"),
        ("crash", "the site cannot be prepared: RuntimeError: unheard of"),
        ("full disk", "is full. Make room"),
    ],
)
def test_failed_first_start_leaves_nothing(project: Project, failure: str, words: str) -> None:
    assert words in refusal(project.finish("run", STUB_FAILURE=failure))
    assert not project.instance.exists()


def test_wrong_setting_of_a_later_start_gets_one_line_too(project: Project) -> None:
    # The web server then loads beside the preparation and meets the same error.
    project.finish("prepare")

    line = refusal(project.finish("run", STUB_FAILURE="wrong setting"))

    assert "PORTAL_CLOCK must be dataset or real" in line


def test_failed_first_start_spares_a_folder_that_was_there(project: Project) -> None:
    project.instance.mkdir()
    (project.instance / "letter").write_text("keep me")

    project.finish("run", STUB_FAILURE="crash")

    left = {path.name for path in project.instance.iterdir()}
    assert left == {"letter", "start.lock"}


def test_stopped_first_start_leaves_nothing(project: Project, start: Callable[..., Site]) -> None:
    site = start(STUB_FAILURE="waits")
    note = project.instance / "preparing"
    eventually(lambda: note.exists() and bool(note.read_text()), "preparing")
    preparing = int(note.read_text())

    site.process.send_signal(signal.SIGTERM)

    assert site.exit_code() == 130
    assert not is_alive(preparing)
    assert not project.instance.exists()


def test_second_start_of_one_instance_is_refused(site: Site, project: Project) -> None:
    line = refusal(project.finish("run"))

    assert "already runs from" in line
    assert site.get("/healthz") == "up"


def test_web_server_that_cannot_start_ends_the_start(project: Project) -> None:
    (project.folder / "deploy" / "gunicorn.conf.py").write_text("raise SystemExit(5)\n")

    result = project.finish("run")

    assert result.returncode == 1
    assert "the web server ended (exit code 5) before the site was ready" in result.stderr


def test_little_room_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "instance"
    settings = Settings("127.0.0.1", 0, folder, is_demo=False, environ=dict(os.environ))
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    with pytest.raises(Refusal, match="is full"):
        Instance(settings).open()
    assert not folder.exists()
