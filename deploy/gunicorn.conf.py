"""Settings of the web server: `gunicorn --config deploy/gunicorn.conf.py wsgi:app`.

start.py, the systemd unit and the bench all use this file. The meaning of the environment's
names stands in portal/config.py; they are read here again because the web server needs them
before it loads the portal.
"""

import ctypes
import json
import logging
import os
import re
import select
import shutil
import signal
import sys
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.workers.base import Worker

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / Path(os.environ.get("PORTAL_INSTANCE_DIR") or "instance").expanduser()

# gunicorn looks for the worker class before it looks at chdir.
sys.path.insert(0, str(ROOT))

# --- Where and how it serves ---------------------------------------------------------------

_host = os.environ.get("HOST") or "127.0.0.1"
bind = f"[{_host}]" if ":" in _host else _host
bind += ":" + (os.environ.get("PORT") or "8000")
chdir = str(ROOT)
# Its own pages and log lines for what the server itself refuses.
worker_class = "portal.core.front.server.PortalWorker"
workers = int(os.environ.get("PORTAL_WORKERS") or "2")
threads = int(os.environ.get("PORTAL_THREADS") or "4")
# The application is loaded once and shared by all processes; a broken one ends the start.
preload_app = True
# Connections that keep alive hold no thread.
worker_connections = 1000
keepalive = 5

# --- How it ends ---------------------------------------------------------------------------

timeout = 30
graceful_timeout = 30
# A process is replaced now and then, in case some library loses memory. A cached page costs
# a tenth of a millisecond, so a low number would replace processes every few seconds.
max_requests = 100_000
max_requests_jitter = 10_000
# Workers touch a file every second; on a slow disk that would block them.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# It would open a socket in the home folder that nothing here uses.
control_socket_disable = True

# --- What it refuses -----------------------------------------------------------------------

# The most that gunicorn allows short of "unlimited".
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
# ProxyFix in the portal alone decides which proxy is believed.
forwarded_allow_ips = ""

# --- What it tells -------------------------------------------------------------------------

# The portal logs each request itself, with an id and without an address.
accesslog = None
errorlog = "-"
loglevel = "warning"

# One folder for the numbers of all processes; prometheus_client needs to know it before it
# is imported. At a reload of this file the folder is in use and stays.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    _metrics = INSTANCE / "metrics"
    shutil.rmtree(_metrics, ignore_errors=True)
    _metrics.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_metrics)


# start.py lets this process load while `flask prepare` still runs. An application that cannot
# be loaded fails there too, and start.py tells it in one line; a traceback beside it would hide it.
_wait_end = os.environ.pop("PORTAL_WAIT_FD", "")
if _wait_end and not select.select([int(_wait_end)], [], [], 0)[0]:
    sys.excepthook = lambda *_: None


class _OneObjectPerLine(logging.Formatter):
    """Write the server's own messages as JSON, without the addresses of citizens."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        event = re.sub(r"\bip=\S+", "ip=-", record.getMessage())
        line = {"event": event, "level": record.levelname.lower(), "logger": "gunicorn"}
        line["timestamp"] = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def on_starting(server: Arbiter) -> None:
    """Set up the log, make new processes hear a SIGTERM at once, and wait for the database."""
    for handler in logging.getLogger("gunicorn.error").handlers:
        handler.setFormatter(_OneObjectPerLine())
    os.register_at_fork(
        before=_hold_sigterm, after_in_parent=_release_sigterm, after_in_child=_obey_sigterm
    )
    _wait_for_database()


def _wait_for_database() -> None:
    """Wait until start.py has prepared the database: then it closes its end of the pipe."""
    if _wait_end:
        with open(int(_wait_end), "rb") as pipe:
            pipe.read()
    sys.excepthook = sys.__excepthook__


def _hold_sigterm() -> None:
    """Keep SIGTERM waiting while a process is made."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _release_sigterm() -> None:
    """Let SIGTERM through again."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _obey_sigterm() -> None:
    """End at SIGTERM until the worker sets its own handler.

    A new process begins with the handler of the master, which only notes the signal for a loop
    that the process does not have: a stop during a start took the whole graceful_timeout.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _release_sigterm()


def when_ready(server: Arbiter) -> None:
    """Leave Ctrl-C to start.py, which passes it on as the gentle signal."""
    if _is_kept_by_start(server.cfg):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def post_fork(server: Arbiter, worker: Worker) -> None:
    """End a process at once when its master was killed, so that no orphan holds the address."""
    if sys.platform.startswith("linux"):
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def post_worker_init(worker: Worker) -> None:
    """Leave Ctrl-C to start.py: gunicorn would drop the requests in flight."""
    if _is_kept_by_start(worker.cfg):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Take the gauges of a process that ended out of /metrics."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _is_kept_by_start(settings: Config) -> bool:
    """Tell whether start.py runs this server: it opens the address and passes its number."""
    return any(address.startswith("fd://") for address in settings.bind)
