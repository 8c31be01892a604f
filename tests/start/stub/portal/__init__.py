"""A stand-in for the portal with the same commands, so that start.py can be tested quickly."""

import os
import signal
import sqlite3
import time
from pathlib import Path

import click
from flask import Flask

INSTANCE = Path(os.environ["PORTAL_INSTANCE_DIR"])
LONGEST_WAIT_SECONDS = 60


def wait_for(name):
    """Wait until a test lays a file into the instance folder."""
    give_up_at = time.monotonic() + LONGEST_WAIT_SECONDS
    while not (INSTANCE / name).exists() and time.monotonic() < give_up_at:
        time.sleep(0.01)


def create_app():
    """Return an application that tells who serves it."""
    if os.environ.get("STUB_FAILURE") == "wrong setting":
        raise ValueError("PORTAL_CLOCK must be dataset or real, not 'banana'")
    app = Flask(__name__)
    app.add_url_rule("/healthz", view_func=lambda: "up", endpoint="healthz")
    app.add_url_rule("/pids", view_func=lambda: f"{os.getppid()} {os.getpid()}", endpoint="pids")
    app.add_url_rule("/slow", view_func=slow)
    app.cli.command("prepare")(prepare)
    app.cli.command("worker")(worker)
    return app


def slow():
    """Answer when the test says so."""
    (INSTANCE / "slow-began").touch()
    wait_for("slow-may-end")
    return "finished"


def prepare():
    """Make a database, or fail as the test wishes."""
    path = os.environ.get("PORTAL_DATABASE_URL") or f"sqlite:///{INSTANCE}/portal.db"
    database = sqlite3.connect(path.removeprefix("sqlite:///"))
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE IF NOT EXISTS starts (number INTEGER)")
    database.execute("INSERT INTO starts VALUES (1)")
    database.commit()
    fail(os.environ.get("STUB_FAILURE"))
    click.echo("imported 84 members")
    click.echo("day 2020-11-09")


def fail(how):
    """End the preparation in one of the ways a real one may end."""
    if how == "broken data":
        raise click.ClickException("data/council/members.csv:3:2: there is no party 'x'")
    if how == "crash":
        raise RuntimeError("unheard of")
    if how == "full disk":
        raise OSError(28, "No space left on device")
    if how == "waits":
        (INSTANCE / "preparing").write_text(str(os.getpid()))
        wait_for("never")


def worker():
    """Live until a signal comes, or die as soon as the test wishes."""
    ends = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ends.append(True))
    (INSTANCE / "worker-pid").write_text(str(os.getpid()))
    while not ends:
        if (INSTANCE / "worker-must-die").exists():
            raise SystemExit(7)
        time.sleep(0.01)
