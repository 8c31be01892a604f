"""The commands of start.py."""

import dataclasses
import os
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

from scripts.launch.checks import check, collect_words, lock, run_bench, run_drills, run_tests
from scripts.launch.installation import PYTHON, RUN_LOCK, install
from scripts.launch.instance import Instance
from scripts.launch.listener import HealthQuestion, local_address, open_listener
from scripts.launch.settings import ROOT, Settings, read_settings
from scripts.launch.supervisor import Child, Supervisor
from scripts.launch.words import Refusal, prepare_output, refuse, say

_INTERRUPTED = 130


@dataclass(frozen=True)
class Command:
    """One command of start.py and what it does, in both languages."""

    name: str
    english: str
    korean: str
    run: Callable[[Sequence[str]], int]


def main(arguments: Sequence[str]) -> int:
    """Run the named command and return the exit code; without a name show the help."""
    prepare_output()
    name, *rest = arguments or ("help",)
    command = next((c for c in COMMANDS if c.name == name), None)
    if command is None:
        return refuse(Refusal(f"there is no command {name!r}. See: python3 start.py help"))
    # SIGTERM during a preparation must unwind like Ctrl-C, so that nothing half-made stays.
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    try:
        return command.run(rest)
    except Refusal as refusal:
        return refuse(refusal)
    except KeyboardInterrupt:
        say("portal: stopped")
        return _INTERRUPTED


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Leave whatever is going on."""
    raise KeyboardInterrupt


def _run(arguments: Sequence[str]) -> int:
    """Run the site."""
    return _serve(read_settings(os.environ, is_demo=False))


def _demo(arguments: Sequence[str]) -> int:
    """Run the site with samples, in an instance of its own."""
    return _serve(read_settings(os.environ, is_demo=True))


def _prepare(arguments: Sequence[str]) -> int:
    """Install and prepare everything, start nothing: for servers that systemd runs."""
    install(RUN_LOCK)
    instance = Instance(read_settings(os.environ, is_demo=False))
    instance.open()
    say(f"portal: prepared. The site's day: {instance.prepare() or 'today'}")
    return 0


def _serve(settings: Settings) -> int:
    """Take the address, install, prepare, and keep web server and worker alive."""
    with open_listener(settings.host, settings.port) as listener:
        settings = _with_port(settings, listener.getsockname()[1])
        install(RUN_LOCK)
        instance = Instance(settings)
        instance.open()
        code = _prepare_and_supervise(settings, listener, instance)
    say("portal: stopped / 끝났습니다")
    return code


def _prepare_and_supervise(settings: Settings, listener: socket.socket, instance: Instance) -> int:
    """Prepare the instance and run the site until it is told to stop.

    Where a database is there already, the web server loads while that is brought up to date and
    waits, before it serves anything, until the pipe is closed: it halves the time of a start.
    """
    day = ""
    wait_end, go_end = os.pipe()
    web, worker = _web_server(settings, listener, wait_end), _worker(settings)
    with Supervisor(
        (web, worker),
        is_ready=HealthQuestion(settings.host, settings.port).is_answered,
        announce=lambda: _announce(settings, day),
        close_entrance=listener.close,
    ) as supervisor:
        if instance.has_database():
            web.start()
        day = instance.prepare()
        os.close(go_end)
        if web.exit_code() is not None:
            # It could not load and kept silent about it; the next try tells why.
            web.process = None
        return supervisor.run()


def _with_port(settings: Settings, port: int) -> Settings:
    """Return the settings with the port that was really taken (PORT=0 takes any)."""
    environ = {**settings.environ, "PORT": str(port)}
    return dataclasses.replace(settings, port=port, environ=environ)


def _web_server(settings: Settings, listener: socket.socket, wait_end: int) -> Child:
    """Return the web server, which serves the address that start.py opened.

    :param wait_end: open file at whose end it may begin (deploy/gunicorn.conf.py)
    """
    gunicorn = ["gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py")]
    command = (PYTHON, "-m", *gunicorn, "--bind", f"fd://{listener.fileno()}", "wsgi:app")
    environ = {**settings.environ, "PORTAL_WAIT_FD": str(wait_end)}
    return Child("web server", command, environ, (listener.fileno(), wait_end))


def _worker(settings: Settings) -> Child:
    """Return the worker."""
    return Child("worker", (PYTHON, "-m", "flask", "--app", "wsgi", "worker"), settings.environ)


def _announce(settings: Settings, day: str) -> None:
    """Say that the site runs: its day, what else there is, and last its address."""
    local = local_address(settings.host, settings.port)
    address = settings.environ.get("PORTAL_SITE_URL") or local
    if day:
        say(f"  The site's day / 사이트의 기준일: {day}")
    if not settings.is_demo:
        say("  With samples to try everything / 체험판: make demo")
    say("  Stop / 끝내기: Ctrl-C")
    say(f"  The portal is open / 포털이 열렸습니다: {address}")


def _help(arguments: Sequence[str]) -> int:
    """List the commands."""
    say("python3 start.py COMMAND   (or: make COMMAND)")
    for command in COMMANDS:
        say(f"  {command.name:<8} {command.english}")
        say(f"  {'':<8} {command.korean}")
    say("Settings (PORT, HOST, PORTAL_INSTANCE_DIR ...) are explained in README.md.")
    return 0


COMMANDS = (
    Command("run", "install, prepare and run the site", "설치, 준비, 실행까지 합니다.", _run),
    Command("demo", "the same with samples, beside the site", "체험판을 실행합니다.", _demo),
    Command("prepare", "install and prepare, start nothing", "준비만 합니다.", _prepare),
    Command("test", "run the tests; more words go to pytest", "시험을 실행합니다.", run_tests),
    Command("check", "format, lint, types, imports, tests ...", "모든 검사를 합니다.", check),
    Command("bench", "measure the speed of the main pages", "속도를 잽니다.", run_bench),
    Command("drills", "kill parts of a running site and see", "장애 훈련을 합니다.", run_drills),
    Command(
        "words", "collect new sentences to translate", "번역할 문장을 모읍니다.", collect_words
    ),
    Command("lock", "write the lock files anew", "잠금 파일을 다시 만듭니다.", lock),
    Command("help", "this list", "이 목록을 보여 줍니다.", _help),
)
