"""Templates: each compiles, names only templates and macros that are there, and is used."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes
from jinja2.environment import Template

from portal.config import ROOT

FOLDER = ROOT / "templates"
NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
_ENDPOINT = re.compile(r"""url_for\(\s*["']([\w.]+)["']""")
_ICON = re.compile(r"""\bicon\(\s*["']([\w-]+)["']|\bicon_(?:name|after)=["']([\w-]+)["']""")


def tree_of(app: Flask, name: str) -> nodes.Template:
    return app.jinja_env.parse((FOLDER / name).read_text(encoding="utf-8"), name)


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(app: Flask, name: str) -> None:
    assert isinstance(app.jinja_env.get_template(name), Template)


@pytest.mark.parametrize("name", NAMES)
def test_templates_and_macros_that_it_names_are_there(app: Flask, name: str) -> None:
    tree = tree_of(app, name)
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)):
        # What a section includes is named by the feature that fills it.
        if isinstance(node.template, nodes.Const):
            assert node.template.value in NAMES
    for node in tree.find_all(nodes.FromImport):
        assert isinstance(node.template, nodes.Const)
        macros = {macro.name for macro in tree_of(app, node.template.value).find_all(nodes.Macro)}
        wanted = {n if isinstance(n, str) else n[0] for n in node.names}
        given = {n.name for n in tree_of(app, node.template.value).find_all(nodes.Name)}
        assert wanted <= macros | given, node.template.value


@pytest.mark.parametrize("name", NAMES)
def test_pages_and_icons_that_it_names_are_there(app: Flask, name: str) -> None:
    source = (FOLDER / name).read_text(encoding="utf-8")
    assert {e for e in _ENDPOINT.findall(source) if e not in app.view_functions} == set()
    icons = {first or second for first, second in _ICON.findall(source)}
    assert icons <= icon_names(app)


def icon_names(app: Flask) -> set[str]:
    with app.test_request_context():
        module = app.jinja_env.get_template("components/icons.html").module
    return set(vars(module)["paths"])


def test_every_template_is_used() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "portal").rglob("*.py"))
    used = code + "".join((FOLDER / name).read_text(encoding="utf-8") for name in NAMES)
    unused = [n for n in NAMES if f'"{n}"' not in used and not _is_error_page(n)]
    assert unused == []


def _is_error_page(name: str) -> bool:
    """Say whether a template is named by its status."""
    return re.fullmatch(r"errors/\d{3}\.html", name) is not None


def test_no_template_asks_the_database_or_escapes_the_escaping() -> None:
    wrong = re.compile(r"\|\s*safe\b|autoescape|db\.session|\.query\b")
    found = [n for n in NAMES if wrong.search((FOLDER / n).read_text(encoding="utf-8"))]
    assert found == []


def test_every_static_file_is_used() -> None:
    static = ROOT / "static"
    own = [p for p in static.rglob("*") if p.is_file() and "vendor" not in p.parts]
    texts = [*FOLDER.rglob("*.html"), *(p for p in own if p.suffix in (".css", ".js"))]
    named = "".join(path.read_text(encoding="utf-8") for path in texts)
    # The layout builds the names of style sheets from a list of their stems.
    unused = [p for p in own if not _is_named(p, named)]
    assert unused == []


def _is_named(path: Path, texts: str) -> bool:
    stem = f'"{path.stem}"' if path.suffix == ".css" else path.name
    return stem in texts or path.name in texts
