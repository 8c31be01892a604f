"""The council portal. ``create_app`` is its table of contents."""

import functools
import importlib
import importlib.util
import secrets
from collections.abc import Mapping
from types import ModuleType

from flask import Flask

from portal import extensions
from portal.config import ROOT, load_config
from portal.core import (
    addresses,
    built,
    crypto,
    database,
    error_pages,
    filters,
    front_door,
    health,
    i18n,
    jobs,
    kept,
    keys,
    logs,
    templates,
)

#: Features with pages, commands or tasks, lowest first.
FEATURES = (
    "core",
    "core.files",
    "core.files.sealed",
    "notifications",
    "audit",
    "accounts",
    "moderation",
    "feedback",
    "council",
    "calendar",
    "budget",
    "programmes",
    "publications",
    "legislation",
    "places",
    "hearings",
    "search",
    "site",
    "importers",
)


def create_app(settings: Mapping[str, object] | None = None) -> Flask:
    """Return the portal, ready to serve.

    :param settings: replaces values of the configuration, as tests do
    :raise ValueError: a setting has a value it can't have
    """
    app = Flask(__name__, root_path=str(ROOT), static_folder=None, template_folder="templates")
    app.jinja_environment = templates.LanguageEnvironment
    app.config.update(load_config())
    app.config.update(settings or {})
    app.config.setdefault("SECRET_KEY", None)
    known = keys.read_keys(app.config["INSTANCE_DIR"]) or (secrets.token_urlsafe(48),)
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or known[0]
    app.config.setdefault("SECRET_KEY_FALLBACKS", list(known[1:]))
    app.config["INSTANCE_DIR"].mkdir(parents=True, exist_ok=True)
    logs.init_app(app)
    built.init_app(app)
    crypto.init_app(app)
    addresses.init_app(app)
    _bind_extensions(app)
    filters.init_app(app)
    kept.init_app(app)
    error_pages.init_app(app)
    health.init_app(app)
    for feature in FEATURES:
        _add_feature(app, feature)
    templates.init_app(app)
    jobs.init_app(app)
    front_door.init_app(app)
    return app


def _bind_extensions(app: Flask) -> None:
    """Bind the extensions; the database speaks SQLite or PostgreSQL."""
    extensions.db.init_app(app)
    extensions.migrate.init_app(
        app, extensions.db, directory=str(ROOT / "portal" / "migrations"), render_as_batch=True
    )
    extensions.csrf.init_app(app)
    extensions.babel.init_app(app, locale_selector=i18n.page_language)
    extensions.mail.init_app(app)
    extensions.babel.domain_instance = i18n.PageDomain()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    with app.app_context():
        database.set_up_engine(extensions.db.engine)


def _add_feature(app: Flask, feature: str) -> None:
    """Add what a feature has: tables, letters, words for deeds, tasks, pages, commands."""
    for name in ("models", "emails", "deeds", "tasks"):
        _find_module(feature, name)
    views = _find_module(feature, "views")
    for blueprint in getattr(views, "blueprints", ()):
        app.register_blueprint(blueprint)
    for command in getattr(_find_module(feature, "commands"), "commands", ()):
        app.cli.add_command(command)
    start = getattr(_find_module(feature, "start"), "init_app", None)
    if start:
        start(app)


@functools.cache
def _find_module(feature: str, name: str) -> ModuleType | None:
    """Return a feature's module, or None when the feature has no such file."""
    full_name = f"portal.{feature}.{name}"
    if importlib.util.find_spec(full_name) is None:
        return None
    return importlib.import_module(full_name)
