"""One crawl of each council in each language, shared by all tests and worker processes."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from tests.site_wide.crawl import Crawl, crawl_site

CRAWLS = [("seoul", "ko"), ("seoul", "en"), ("hanbit", "ko"), ("hanbit", "en")]


#: Takes a council and a language.
GetCrawl = Callable[[str, str], Crawl]


@pytest.fixture(scope="session")
def get_crawl(crawls_dir: Path, app: Flask, hanbit: Flask) -> GetCrawl:
    """Give what returns a crawl; worker processes share the work."""
    apps = {"seoul": app, "hanbit": hanbit}

    def get(council: str, language: str) -> Crawl:
        found = _crawl_once(crawls_dir, apps[council], council, language, wait=False)
        if found is None:
            # Another process is at it; meanwhile this one makes those that are still missing.
            for other in CRAWLS:
                _crawl_once(crawls_dir, apps[other[0]], *other, wait=False)
            found = _crawl_once(crawls_dir, apps[council], council, language, wait=True)
        assert found is not None
        return found

    return get


@pytest.fixture(scope="session", params=CRAWLS, ids="-".join)
def crawl(request: pytest.FixtureRequest, get_crawl: GetCrawl) -> Crawl:
    """Give what following every link of a council's portal in one language found."""
    return get_crawl(*request.param)


@pytest.fixture(scope="session")
def crawls_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that all worker processes of this run see."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent / "crawls" if "PYTEST_XDIST_WORKER" in os.environ else base / "crawls"
    folder.mkdir(exist_ok=True)
    return folder


def _crawl_once(
    folder: Path, app: Flask, council: str, language: str, *, wait: bool
) -> Crawl | None:
    """Return a crawl that some process made; make it when none has.

    :param wait: wait for a process that is making it; otherwise return None then
    """
    kept = folder / f"{council}-{language}.json"
    with _alone(folder / f"{kept.name}.lock", wait=wait) as is_alone:
        if not is_alone:
            return None
        if not kept.exists():
            crawl_site(app, language).save(kept)
        return Crawl.load(kept)


@contextmanager
def _alone(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold a lock among processes; give False when another one holds it."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
