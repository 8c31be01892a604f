"""Texts of ordinances that an operator imports: read, linked, compared, found."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from portal.config import ROOT
from portal.extensions import db
from portal.legislation.models import Ordinance, OrdinanceVersion
from portal.moderation.rules import PublicationState
from portal.search.choice import search_engine
from portal.search.indexing import drain
from tests.support.prepared import copy_app
from tests.support.reading import read_words

FOLDERS = sorted((ROOT / "tests" / "importers" / "ordinances").iterdir())
PAGE = "/legislation/ordinances/hall-opening"


def bring(runner: FlaskCliRunner, folder: Path) -> tuple[int, str]:
    result = runner.invoke(args=["data", "ordinances", str(folder)])
    return result.exit_code, result.output


@pytest.fixture
def with_texts(filled_dirs: dict[str, Path], tmp_path: Path) -> Flask:
    """Give the fictional council's portal with two versions of an ordinance."""
    app = copy_app(filled_dirs["hanbit"], tmp_path / "instance", council="hanbit")
    for folder in FOLDERS:
        code, output = bring(app.test_cli_runner(), folder)
        assert (code, output) == (0, "1 of 1 texts were read wholly.\nnew: 1\n")
    return app


def test_the_newest_text_is_on_the_page_with_its_articles(with_texts: Flask):
    page = with_texts.test_client().get(PAGE).text
    assert 'id="article-1"' in page
    assert 'href="#article-1"' in page
    assert "법적 효력은 공식 본문에만 있습니다" in page


def test_an_earlier_version_has_a_page_of_its_own(with_texts: Flask):
    client = with_texts.test_client()
    assert "1999" in read_words(client, f"{PAGE}/texts/645")
    assert client.get(f"{PAGE}/texts/1").status_code == 404


def test_two_versions_are_compared_article_by_article(with_texts: Flask):
    words = read_words(with_texts.test_client(), f"/en{PAGE}/changes")
    assert "From no. 645 of" in words
    assert "to no. 7519 of" in words
    assert "Changed" in words


def test_one_version_alone_can_not_be_compared(hanbit: Flask):
    assert hanbit.test_client().get(f"{PAGE}/changes").status_code == 404


def test_the_same_folder_again_changes_nothing(with_texts: Flask):
    runner = with_texts.test_cli_runner()
    assert bring(runner, FOLDERS[0]) == (0, "1 of 1 texts were read wholly.\nunchanged: 1\n")
    with with_texts.app_context():
        assert db.session.scalar(select(func.count()).select_from(OrdinanceVersion)) == 2


def test_an_ordinance_that_is_not_here_becomes_a_draft(fresh_app: Flask):
    code, output = bring(fresh_app.test_cli_runner(), FOLDERS[0])
    assert code == 0
    assert "New here, as a draft: 한빛시의회 회의실ㆍ강당 개방 조례" in output
    with fresh_app.app_context():
        row = db.session.scalars(select(Ordinance).order_by(Ordinance.id.desc())).first()
        assert row is not None
        assert row.state is PublicationState.DRAFT
        slug = row.slug
    assert fresh_app.test_client().get(f"/legislation/ordinances/{slug}").status_code == 404


def test_what_can_not_be_read_is_named_and_the_rest_is_kept(fresh_app: Flask, tmp_path: Path):
    good = next(FOLDERS[0].rglob("*.md")).read_text(encoding="utf-8")
    for name, text in (("좋은", good), ("깨진", good.replace("##### 제2조", "##### 제9조", 1))):
        folder = tmp_path / "texts" / name
        folder.mkdir(parents=True)
        text = text if name == "좋은" else text.replace("자치법규ID: '", "자치법규ID: '9", 1)
        (folder / "본문.md").write_text(text, encoding="utf-8")
    code, output = bring(fresh_app.test_cli_runner(), tmp_path / "texts")
    assert code == 1
    assert "1 of 2 texts were read wholly." in output
    assert "깨진/본문.md:" in output
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(OrdinanceVersion)) == 1


def test_a_folder_that_is_missing_is_told(fresh_app: Flask, tmp_path: Path):
    code, output = bring(fresh_app.test_cli_runner(), tmp_path / "none")
    assert code != 0
    assert "none" in output


def test_an_article_is_found_by_the_search(with_texts: Flask):
    with with_texts.app_context():
        drain(search_engine())
        words = db.session.scalars(select(OrdinanceVersion.content)).all()[-1]
    article = next(part for part in words["parts"] if part.get("title"))
    found = with_texts.test_client().get("/search", query_string={"q": article["title"] + " 조례"})
    assert PAGE in found.text
