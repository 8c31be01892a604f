"""PDFs of print pages, on a machine that can make them and on one that can't."""

import importlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import structlog
from flask import Flask
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, DictLoader
from PIL import ImageFile

from portal.accounts.rules import Role
from portal.config import ROOT
from portal.core import pdf
from portal.core.pages import public_page
from portal.core.templates import render
from scripts.launch.needs import PDF_PACKAGES
from tests.accounts.staff import make_account, sign_in
from tests.support.pdfs import needs_pdf, read_pdf, text_of
from tests.support.prepared import copy_app

PAGE = """{% extends "layouts/print.html" %}
{% block title %}참가자 명단{% endblock %}
{% block content %}<p>서울초등학교 · {{ _("Language") }}</p><p><a href="/council">의회</a></p>
<table><caption>오전</caption><thead><tr><th scope="col">이름</th></tr></thead>
<tbody><tr><td>김하늘</td></tr></tbody></table>{% endblock %}"""
HOME = "/staff/"


@pytest.fixture(scope="module")
def printing(filled_dirs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Give a portal with a print page and its PDF."""
    app = copy_app(filled_dirs["seoul"], tmp_path_factory.mktemp("print") / "instance")
    assert app.jinja_loader
    app.jinja_loader = ChoiceLoader([DictLoader({"list.html": PAGE}), app.jinja_loader])

    def made() -> str:
        return render("list.html", pdf_url="/list.pdf", back_url="/")

    @public_page()
    def show_print() -> ResponseReturnValue:
        return made()

    @public_page()
    def show_pdf() -> ResponseReturnValue:
        return pdf.pdf_or_print(made(), "/list/print", "참가자 명단 (안).pdf")

    app.add_url_rule("/list/print", "test.print", show_print)
    app.add_url_rule("/list.pdf", "test.pdf", show_pdf)
    return app


@needs_pdf
def test_a_pdf_says_what_its_page_says(printing: Flask):
    answer = printing.test_client().get("/list.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = text_of(answer.data)
    assert "참가자 명단" in text and "서울초등학교" in text and "김하늘" in text
    assert "Save as PDF" not in text and "PDF로 저장" not in text


@needs_pdf
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_pdf_is_tagged_and_has_language_and_title(printing: Flask, caplog, language: str):
    with caplog.at_level(logging.ERROR, "weasyprint"):
        prefix = "/en" if language == "en" else ""
        made = read_pdf(printing.test_client().get(f"{prefix}/list.pdf").data)
    catalogue = made.root_object
    assert str(catalogue["/Lang"]) == language
    assert "/Marked" in str(catalogue["/MarkInfo"])
    assert "/StructTreeRoot" in catalogue
    assert made.metadata and str(made.metadata.title).startswith("참가자 명단 · ")
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    assert [line for line in caplog.messages if "static" not in line] == []


@needs_pdf
def test_a_pdfs_file_has_its_korean_name(printing: Flask):
    sent = printing.test_client().get("/list.pdf").headers["Content-Disposition"]
    assert sent == (
        'attachment; filename="document.pdf"; '
        "filename*=UTF-8''%EC%B0%B8%EA%B0%80%EC%9E%90%20%EB%AA%85%EB%8B%A8%20%28%EC%95%88%29.pdf"
    )


@needs_pdf
def test_links_of_a_pdf_lead_to_the_site(printing: Flask):
    page = read_pdf(printing.test_client().get("/list.pdf").data).pages[0]
    links = [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]
    assert "http://localhost/council" in links


@needs_pdf
def test_a_pdf_wears_the_style_of_the_sheet(printing: Flask):
    page = read_pdf(printing.test_client().get("/list.pdf").data).pages[0]
    millimetres = [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]]
    assert millimetres == [210, 297]
    # The number at the foot stands in the style sheet alone.
    assert "1 / 1" in page.extract_text()


@needs_pdf
def test_the_print_page_leads_to_its_pdf(printing: Flask):
    page = printing.test_client().get("/list/print").get_data(as_text=True)
    assert '<a href="/list.pdf" download>PDF로 저장</a>' in page


class _Asked(BaseHTTPRequestHandler):
    """Remembers that somebody came."""

    paths: list[str] = []

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        self.paths.append(self.path)
        self.send_error(404)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def neighbour() -> Iterator[str]:
    """Give the address of another server on this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Asked.paths.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@needs_pdf
def test_a_pdf_fetches_no_address_and_no_file_of_the_machine(
    printing: Flask, neighbour: str, tmp_path: Path, caplog
):
    secret = tmp_path / "secret.css"
    secret.write_text('p::before { content: "비밀" }')
    html = (
        f'<!doctype html><html lang="ko"><title>.</title><base href="{neighbour}/">'
        f'<link rel="stylesheet" href="{neighbour}/a.css"><link rel="stylesheet" href="b.css">'
        f'<link rel="stylesheet" href="{secret.as_uri()}">'
        '<link rel="attachment" href="/etc/passwd">'
        '<link rel="stylesheet" href="http://localhost/static/../secret.key">'
        f"<style>@import url({neighbour}/c.css); @font-face {{ font-family: x; "
        f"src: url({neighbour}/d.woff2) }}</style>"
        f'<p style="background: url({neighbour}/e.png)">글<img src="{neighbour}/f.png" alt="그림">'
    )
    with printing.test_request_context("/"), caplog.at_level(logging.ERROR, "weasyprint"):
        made = pdf.make_pdf(html)
    assert _Asked.paths == []
    assert "비밀" not in text_of(made)
    assert not read_pdf(made).attachments
    assert sum("not a static file of the site" in line for line in caplog.messages) >= 5


def test_without_the_library_the_pdf_leads_to_the_print_page(printing: Flask, without_pdfs: None):
    client = printing.test_client()
    answer = client.get("/list.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/list/print")
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "김하늘" in page and "/list.pdf" not in page
    with printing.test_request_context("/"), pytest.raises(pdf.NoPdf, match="인쇄"):
        pdf.make_pdf("<p>글")


def test_what_is_missing_is_tried_and_logged_once(without_pdfs: None):
    with structlog.testing.capture_logs() as lines:
        assert [pdf.is_pdf_possible() for _time in range(3)] == [False] * 3
    assert [line["event"] for line in lines] == ["not possible"]
    assert "libpango-1.0-0" in lines[0]["install"]


def test_a_missing_system_library_is_no_failure(monkeypatch, without_pdfs: None, capsys):
    def fail(_name: str) -> None:
        print("WeasyPrint could not import some external libraries.")
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(importlib, "import_module", fail)
    assert not pdf.is_pdf_possible()
    assert "WeasyPrint" not in capsys.readouterr().out.partition("{")[0]


@needs_pdf
def test_a_machine_without_a_korean_font_makes_no_pdf(monkeypatch):
    engine = importlib.import_module("portal.core.pdf_engine")
    assert engine.can_write_korean()
    # No font has letters of the private area: what Korean is to a machine without its fonts.
    monkeypatch.setattr(engine, "_SAMPLE", "<!doctype html><html lang=ko><title>.</title><p>\ue0ff")
    assert not engine.can_write_korean()
    pdf._engine.cache_clear()
    with structlog.testing.capture_logs() as lines:
        possible = pdf.is_pdf_possible()
    pdf._engine.cache_clear()
    assert (possible, lines[0]["reason"]) == (False, "no Korean font")


def test_administrators_read_at_home_what_pdfs_need(fresh_app: Flask, without_pdfs: None):
    client = sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))
    page = client.get(HOME).get_data(as_text=True)
    assert page.count(pdf.PACKAGES) == 1
    assert "notice-error" not in page
    editor = sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))
    assert pdf.PACKAGES not in editor.get(HOME).get_data(as_text=True)


@needs_pdf
def test_home_says_nothing_of_pdfs_where_they_are_made(fresh_app: Flask):
    client = sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))
    assert pdf.PACKAGES not in client.get(HOME).get_data(as_text=True)


def test_a_machine_without_any_font_is_not_taken_down(tmp_path: Path):
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    code = "from portal.core.pdf import is_pdf_possible; print('possible:', is_pdf_possible())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["possible: False"])


def test_the_suite_installs_what_the_portal_names():
    assert " ".join(PDF_PACKAGES) == pdf.PACKAGES


@needs_pdf
def test_making_pdfs_lets_no_cut_picture_in_elsewhere() -> None:
    importlib.import_module("portal.core.pdf_engine")
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
