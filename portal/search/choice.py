"""The engine that the settings choose: one object in each process."""

from flask import Flask, current_app

from portal.extensions import db
from portal.search.engines import SearchEngine
from portal.search.engines.with_postgresql import PostgresqlEngine
from portal.search.engines.with_tantivy import TantivyEngine
from portal.search.engines.with_whoosh import WhooshEngine

_ENGINE = "portal_search_engine"


def search_engine() -> SearchEngine:
    """Return the engine of the application."""
    engine: SearchEngine = current_app.extensions[_ENGINE]
    return engine


def init_app(app: Flask) -> None:
    """Choose the engine; nothing is opened before it is asked."""
    name = app.config["SEARCH_ENGINE"]
    if name == "postgresql":
        with app.app_context():
            app.extensions[_ENGINE] = PostgresqlEngine(db.engine)
        return
    folder = app.config["INSTANCE_DIR"] / "search" / name
    app.extensions[_ENGINE] = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}[name](folder)
