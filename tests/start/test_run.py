"""`start.py run` keeps the web server and the worker, and ends both."""

import contextlib
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable

from tests.start.conftest import DEADLINE_SECONDS, Project, Site, eventually, is_alive


def all_gone(site: Site) -> bool:
    return not any(is_alive(pid) for pid in site.pids)


def ask_in_vain(site: Site) -> None:
    with contextlib.suppress(OSError):
        site.get("/slow")


def test_last_lines_name_the_day_the_demo_and_the_address(site: Site) -> None:
    day, demo, _stop, address = site.lines()[-4:]

    assert day.endswith("2020-11-09")
    assert demo.endswith("make demo")
    assert "http://127.0.0.1:" in address
    assert site.get("/healthz") == "up"


def test_sigterm_ends_everything_with_exit_code_0(site: Site) -> None:
    site.web_pids(), site.worker_pid()

    site.process.send_signal(signal.SIGTERM)

    assert site.exit_code() == 0
    assert all_gone(site)


def test_ctrl_c_finishes_the_request_in_flight(site: Site) -> None:
    worker, instance = site.worker_pid(), site.project.instance
    answers: list[str] = []
    reader = threading.Thread(target=lambda: answers.append(site.get("/slow")))
    reader.start()
    eventually((instance / "slow-began").exists, "the slow request began")

    # The terminal sends Ctrl-C to the whole group.
    os.killpg(site.process.pid, signal.SIGINT)
    eventually(lambda: not is_alive(worker), "the worker ended")
    (instance / "slow-may-end").touch()

    reader.join(DEADLINE_SECONDS)
    assert answers == ["finished"]
    assert site.exit_code() == 0


def test_second_signal_does_not_wait_for_requests(site: Site) -> None:
    site.web_pids(), site.worker_pid()
    threading.Thread(target=ask_in_vain, args=(site,), daemon=True).start()
    eventually((site.project.instance / "slow-began").exists, "the slow request began")

    # Well below the 30 seconds that the web server gives to requests.
    give_up_at = time.monotonic() + 20
    while not site.has_ended() and time.monotonic() < give_up_at:
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.1)

    assert site.has_ended()
    eventually(lambda: all_gone(site), "all processes ended")


def test_nothing_outlives_a_killed_start(site: Site) -> None:
    site.web_pids(), site.worker_pid()

    site.process.kill()

    eventually(lambda: all_gone(site), "web server and worker ended")


def test_killed_worker_is_started_again(site: Site) -> None:
    first = site.worker_pid()

    os.kill(first, signal.SIGKILL)

    eventually(lambda: site.worker_pid() != first, "a new worker")
    assert not site.has_ended()


def test_killed_web_server_answers_the_next_request(site: Site) -> None:
    master, answering = site.web_pids()

    os.kill(master, signal.SIGKILL)
    eventually(lambda: not is_alive(master), "the web server ended")

    # The address stays open: the request waits for the new server instead of failing.
    assert site.web_pids()[0] != master
    eventually(lambda: not is_alive(answering), "the old process ended")


def test_child_that_dies_again_and_again_is_given_up(site: Site) -> None:
    site.web_pids(), site.worker_pid()

    (site.project.instance / "worker-must-die").touch()

    assert site.exit_code() == 1
    assert "the worker ended (exit code 7), 3 times in 60 seconds. Given up" in site.lines()[-1]
    assert all_gone(site)


def test_nobody_else_can_read_what_the_portal_writes(site: Site) -> None:
    modes = {path.name: path.stat().st_mode & 0o077 for path in site.project.instance.iterdir()}

    assert set(modes.values()) == {0}, modes
    assert site.project.instance.stat().st_mode & 0o077 == 0


def test_second_start_keeps_the_database(project: Project, start: Callable[..., Site]) -> None:
    for _ in range(2):
        site = start().wait_until_open()
        site.process.send_signal(signal.SIGTERM)
        assert site.exit_code() == 0

    rows = sqlite3.connect(project.instance / "portal.db").execute("SELECT count(*) FROM starts")
    assert rows.fetchone() == (2,)


def test_demo_runs_in_an_instance_of_its_own(project: Project, start: Callable[..., Site]) -> None:
    # The samples of the demo must never reach a database that the environment names.
    real = project.folder / "real.db"

    start("demo", PORTAL_DATABASE_URL=f"sqlite:///{real}").wait_until_open()

    assert (project.folder / "instance-demo" / "portal.db").exists()
    assert not project.instance.exists()
    assert not real.exists()
