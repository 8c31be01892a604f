"""Every setting of the portal: its name, unit, default and meaning.

The environment is read here and nowhere else. The table in README.md is tested against this file.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One setting: what the environment calls it and what the application calls it.

    :ivar key: the key in ``app.config``
    :ivar kind: ``text``, ``number``, ``yes/no`` or ``list`` (separated by commas)
    :ivar unit: unit of a number, empty where there is none
    """

    name: str
    key: str
    kind: str
    default: str
    unit: str
    meaning: str


SETTINGS = (
    Setting("HOST", "HOST", "text", "127.0.0.1", "", "Address the web server listens on"),
    Setting("PORT", "PORT", "number", "8000", "", "Port the web server listens on"),
    Setting(
        "PORTAL_INSTANCE_DIR",
        "INSTANCE_DIR",
        "text",
        "instance",
        "",
        "Folder for the database, keys and everything else the portal writes",
    ),
    Setting(
        "PORTAL_DATABASE_URL",
        "DATABASE_URL",
        "text",
        "",
        "",
        "SQLAlchemy address of the database; empty: SQLite in the instance folder",
    ),
    Setting(
        "PORTAL_QUEUE_URL",
        "QUEUE_URL",
        "text",
        "",
        "",
        "Job queue: redis:// or postgresql://; empty: SQLite in the instance folder",
    ),
    Setting(
        "PORTAL_DATA_DIR",
        "DATA_DIR",
        "text",
        "data",
        "",
        "Folder of the published data that is imported at the start",
    ),
    Setting(
        "PORTAL_CLOCK",
        "CLOCK",
        "text",
        "dataset",
        "",
        "dataset: the site stands on the day of its data; real: on today",
    ),
    Setting("PORTAL_TIME_ZONE", "TIME_ZONE", "text", "Asia/Seoul", "", "Time zone of the council"),
    Setting(
        "PORTAL_SITE_URL",
        "SITE_URL",
        "text",
        "",
        "",
        "Public address of the site; empty: http, HOST and PORT",
    ),
    Setting(
        "PORTAL_TRUSTED_HOSTS",
        "TRUSTED_HOSTS",
        "list",
        "",
        "",
        "Further host names the site answers to, beside those of HOST, PORTAL_SITE_URL "
        "and this machine",
    ),
    Setting(
        "PORTAL_PROXIES",
        "PROXIES",
        "number",
        "0",
        "proxies",
        "Trusted proxies in front; their X-Forwarded headers are believed",
    ),
    Setting(
        "PORTAL_HTTPS",
        "HTTPS",
        "yes/no",
        "no",
        "",
        "The public address is https: HSTS and Secure cookies are sent; always so when "
        "PORTAL_SITE_URL begins with https",
    ),
    Setting("PORTAL_WORKERS", "WORKERS", "number", "2", "processes", "Web server processes"),
    Setting("PORTAL_THREADS", "THREADS", "number", "4", "threads", "Threads of each process"),
    Setting(
        "PORTAL_PAGE_CACHE_BYTES",
        "PAGE_CACHE_BYTES",
        "number",
        "67108864",
        "bytes",
        "Room for whole pages in each process; 0 turns the cache off",
    ),
    Setting(
        "PORTAL_REDIS_URL",
        "REDIS_URL",
        "text",
        "",
        "",
        "Redis shared by several web nodes as second page cache; empty: none",
    ),
    Setting(
        "PORTAL_METRICS_TOKEN",
        "METRICS_TOKEN",
        "text",
        "",
        "",
        "Bearer token for /metrics; empty: only this machine may read it",
    ),
    Setting(
        "PORTAL_MAX_BODY_BYTES",
        "MAX_BODY_BYTES",
        "number",
        "1048576",
        "bytes",
        "Largest request body",
    ),
    Setting(
        "PORTAL_SMTP_HOST",
        "SMTP_HOST",
        "text",
        "",
        "",
        "Mail server; empty: letters become files under instance/mail (not with PORTAL_CLOCK=real)",
    ),
    Setting("PORTAL_SMTP_PORT", "SMTP_PORT", "number", "587", "", "Port of the mail server"),
    Setting("PORTAL_SMTP_USER", "SMTP_USER", "text", "", "", "Account there; empty: none"),
    Setting("PORTAL_SMTP_PASSWORD", "SMTP_PASSWORD", "text", "", "", "Password of that account"),
    Setting(
        "PORTAL_SMTP_TLS",
        "SMTP_TLS",
        "text",
        "starttls",
        "",
        "Encryption to the mail server: none, starttls or tls; its certificate is checked",
    ),
    Setting(
        "PORTAL_SMTP_TIMEOUT",
        "SMTP_TIMEOUT",
        "number",
        "20",
        "seconds",
        "Longest wait for one answer of the mail server; a letter whose worker was killed goes out "
        "again after 30 times as long",
    ),
    Setting(
        "PORTAL_MAIL_SENDER",
        "MAIL_SENDER",
        "text",
        "",
        "",
        "Address letters come from; empty: noreply at the host of PORTAL_SITE_URL",
    ),
    Setting(
        "PORTAL_LETTER_DAYS",
        "LETTER_DAYS",
        "number",
        "30",
        "days",
        "After so long recipient and content of a letter that was sent or failed are erased",
    ),
    Setting(
        "PORTAL_FEEDBACK_DAYS",
        "FEEDBACK_DAYS",
        "number",
        "90",
        "days",
        "So long after it was sent the words of a remark and its reader's address are erased",
    ),
    Setting(
        "PORTAL_MAX_FILE_BYTES",
        "MAX_FILE_BYTES",
        "number",
        "52428800",
        "bytes",
        "Largest file that is taken in",
    ),
    Setting(
        "PORTAL_CLAMAV",
        "CLAMAV",
        "text",
        "",
        "",
        "Virus scanner (clamd): unix:/path or tcp:host:port; empty: files are not scanned",
    ),
    Setting(
        "PORTAL_CLAMAV_SECONDS",
        "CLAMAV_SECONDS",
        "number",
        "30",
        "seconds",
        "Time the virus scanner has for a file; later it is not taken",
    ),
    Setting(
        "PORTAL_STAFF_IDLE_MINUTES",
        "STAFF_IDLE_MINUTES",
        "number",
        "30",
        "minutes",
        "A staff session that is not used for so long ends",
    ),
    Setting(
        "PORTAL_STAFF_SESSION_HOURS",
        "STAFF_SESSION_HOURS",
        "number",
        "12",
        "hours",
        "A staff session ends after so long, however much it is used",
    ),
    Setting(
        "PORTAL_BACKUPS",
        "BACKUPS",
        "number",
        "7",
        "copies",
        "So many nightly copies of an SQLite database stay in instance/backups; 0: none is made",
    ),
    Setting("PORTAL_LOG_LEVEL", "LOG_LEVEL", "text", "INFO", "", "Least level that is logged"),
    Setting(
        "PORTAL_DATA_LICENCE",
        "DATA_LICENCE",
        "text",
        "",
        "",
        "Licence line under downloads, such as KOGL type 1; empty: none is stated",
    ),
    Setting(
        "PORTAL_ONE_PERSON_KINDS",
        "ONE_PERSON_KINDS",
        "list",
        "",
        "",
        "Kinds of content that one person may both write and approve; empty: none",
    ),
    Setting(
        "PORTAL_REVIEW_HOURS",
        "REVIEW_HOURS",
        "number",
        "48",
        "hours",
        "What waits for a review longer climbs to the next person",
    ),
    Setting(
        "PORTAL_DEMO", "DEMO", "yes/no", "no", "", "Show samples and the style guide (make demo)"
    ),
)

_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


def load_config(environ: Mapping[str, str] = os.environ) -> dict[str, object]:
    """Return the application's configuration from the environment.

    :raise ValueError: a setting has a value it can't have; the message names it and says what fits
    """
    config = {s.key: _read(s, environ.get(s.name) or s.default) for s in SETTINGS}
    if config["CLOCK"] not in ("dataset", "real"):
        raise ValueError(f"PORTAL_CLOCK must be dataset or real, not {config['CLOCK']!r}")
    _check_mail(config)
    if not re.fullmatch(r"(unix:/.+|tcp:.+:\d+)?", str(config["CLAMAV"])):
        raise ValueError("PORTAL_CLAMAV must be unix:/path or tcp:host:port")
    instance = _folder(str(config["INSTANCE_DIR"]))
    config["INSTANCE_DIR"] = instance
    config["DATA_DIR"] = _folder(str(config["DATA_DIR"]))
    config["SITE_URL"] = str(config["SITE_URL"] or _own_address(config)).rstrip("/")
    # Who names an https address would else get cookies that any http page could set.
    config["HTTPS"] = config["HTTPS"] or str(config["SITE_URL"]).startswith("https:")
    config["MAIL_SENDER"] = config["MAIL_SENDER"] or f"noreply@{_host(config['SITE_URL'])}"
    config["TRUSTED_HOSTS"] = _trusted_hosts(config)
    return config | _library_config(config, instance)


def _check_mail(config: dict[str, object]) -> None:
    """Refuse settings with which letters would not leave or would lead to nowhere.

    :raise ValueError: the message names the settings
    """
    if config["SMTP_TLS"] not in ("none", "starttls", "tls"):
        raise ValueError(
            f"PORTAL_SMTP_TLS must be none, starttls or tls, not {config['SMTP_TLS']!r}"
        )
    if not config["SMTP_TIMEOUT"]:
        raise ValueError("PORTAL_SMTP_TIMEOUT must be 1 second or more")
    if config["CLOCK"] == "real" and not (config["SMTP_HOST"] and config["SITE_URL"]):
        raise ValueError(
            "PORTAL_CLOCK=real needs PORTAL_SMTP_HOST, by which letters leave, and "
            "PORTAL_SITE_URL, to which they link"
        )
    if config["CLOCK"] == "real" and _is_loopback(_host(config["SITE_URL"])):
        raise ValueError(
            "PORTAL_CLOCK=real needs a PORTAL_SITE_URL that others can reach, such as "
            f"https://council.example, not {config['SITE_URL']!r}"
        )


def _own_address(config: dict[str, object]) -> str:
    """Return the address under which this machine reaches the web server."""
    host = str(config["HOST"])
    if host in ("0.0.0.0", "::"):  # noqa: S104 - not bound here: a name for every address
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{config['PORT']}"


def _host(address: object) -> str:
    """Return the host of an address, empty when it names none."""
    return urlsplit(str(address)).hostname or ""


def _is_loopback(host: str) -> bool:
    """Say whether a host is this machine alone, or no host at all."""
    try:
        number = ip_address(host)
    except ValueError:
        return host in ("", "localhost") or host.endswith(".localhost")
    return number.is_loopback or number.is_unspecified


def _library_config(config: dict[str, object], instance: Path) -> dict[str, object]:
    """Return what Flask and its extensions expect under their own names."""
    return {
        "SQLALCHEMY_DATABASE_URI": config["DATABASE_URL"] or f"sqlite:///{instance}/portal.db",
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(str(config["DATABASE_URL"])),
        "BABEL_DEFAULT_LOCALE": "ko",
        "BABEL_DEFAULT_TIMEZONE": config["TIME_ZONE"],
        "BABEL_TRANSLATION_DIRECTORIES": str(instance / "built" / "translations"),
        "BUILT_DIR": instance / "built",
        "TEMPLATE_DIR": instance / "built" / "templates",
        "STATIC_DIR": ROOT / "static",
        "STATIC_BUILD_DIR": instance / "built" / "static",
        "MAX_CONTENT_LENGTH": config["MAX_BODY_BYTES"],
        "MAX_FORM_MEMORY_SIZE": config["MAX_BODY_BYTES"],
        "MAX_FORM_PARTS": 200,
        # __Host- ties the cookie to this host and to https; over http browsers refuse it.
        "SESSION_COOKIE_NAME": "__Host-portal" if config["HTTPS"] else "portal",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_SECURE": config["HTTPS"],
        "SESSION_COOKIE_HTTPONLY": True,
        # Lax: a link in a letter opens the page signed in, while a form elsewhere brings no cookie.
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "MAIL_DEFAULT_SENDER": config["MAIL_SENDER"],
    }


def _engine_options(address: str) -> dict[str, object]:
    """Return how the database is spoken to.

    Errors hide the values of a statement, so that nothing personal gets into the log. A server
    that hangs must not hold a thread for long.
    """
    if not address.startswith("postgresql"):
        return {"hide_parameters": True}
    limits = {"connect_timeout": 3, "options": "-c statement_timeout=10000"}
    return {"hide_parameters": True, "connect_args": limits, "pool_pre_ping": True}


def _folder(value: str) -> Path:
    """Return a folder's path; a relative one is meant from the project's top."""
    return ROOT / Path(value).expanduser()


def _trusted_hosts(config: dict[str, object]) -> tuple[str, ...]:
    """Return the host names, without ports, to which the site answers."""
    public = _host(config["SITE_URL"])
    named = config["TRUSTED_HOSTS"]
    assert isinstance(named, tuple)
    every = (*_THIS_MACHINE, str(config["HOST"]), public, *named)
    return tuple(dict.fromkeys(host for host in every if host and host != "0.0.0.0"))  # noqa: S104


def _read(setting: Setting, value: str) -> object:
    """Return a setting's value in its kind."""
    if setting.kind == "number":
        if not value.isascii() or not value.isdigit():
            raise ValueError(f"{setting.name} must be a whole number, not {value!r}")
        return int(value)
    if setting.kind == "yes/no":
        if value.lower() not in ("yes", "no", "1", "0", "true", "false"):
            raise ValueError(f"{setting.name} must be yes or no, not {value!r}")
        return value.lower() in ("yes", "1", "true")
    if setting.kind == "list":
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value
