"""The engines, each with an index of its own, and a filled portal whose documents are indexed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine

from portal.search.engines import SearchEngine
from portal.search.engines.with_postgresql import PostgresqlEngine
from portal.search.engines.with_tantivy import TantivyEngine
from portal.search.engines.with_whoosh import WhooshEngine
from portal.search.indexing import rebuild
from tests.support.prepared import new_postgresql, postgresql_answers


@pytest.fixture(params=["whoosh", "tantivy", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """Give each engine without an index."""
    if request.param != "postgresql":
        yield {"whoosh": WhooshEngine, "tantivy": TantivyEngine}[request.param](tmp_path / "index")
        return
    if not postgresql_answers():
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")
    with new_postgresql("search") as address:
        database = create_engine(address)
        yield PostgresqlEngine(database)
        database.dispose()


@pytest.fixture
def indexed(app: Flask, engine: SearchEngine) -> SearchEngine:
    """Give each engine with the documents of Seoul's portal."""
    with app.app_context():
        rebuild(engine)
    return engine
