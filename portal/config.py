"""The configuration: every setting of ``settings`` as the environment gives it, checked.

The environment is read here and nowhere else.
"""

import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from portal.settings import SETTINGS, Setting

ROOT = Path(__file__).resolve().parent.parent

#: The engines of the full-text search.
SEARCH_ENGINES = ("whoosh", "tantivy", "postgresql")
_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


def load_config(environ: Mapping[str, str] = os.environ) -> dict[str, object]:
    """Return the application's configuration from the environment.

    :raise ValueError: a setting has a value it can't have; the message names it and says what fits
    """
    config = {s.key: _read(s, environ.get(s.name) or s.default) for s in SETTINGS}
    if config["CLOCK"] not in ("dataset", "real"):
        raise ValueError(f"PORTAL_CLOCK must be dataset or real, not {config['CLOCK']!r}")
    _check_search(config)
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


def _check_search(config: dict[str, object]) -> None:
    """Refuse a search engine that there is none of, or that has no database to live in.

    :raise ValueError: the message names the settings
    """
    engine, database = config["SEARCH_ENGINE"], str(config["DATABASE_URL"])
    if engine not in SEARCH_ENGINES:
        names = ", ".join(SEARCH_ENGINES)
        raise ValueError(f"PORTAL_SEARCH_ENGINE must be one of {names}, not {engine!r}")
    if engine == "postgresql" and not database.startswith("postgresql"):
        raise ValueError(
            "PORTAL_SEARCH_ENGINE=postgresql needs a PORTAL_DATABASE_URL of PostgreSQL; without "
            "one choose whoosh or tantivy"
        )


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
