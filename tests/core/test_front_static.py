"""Static files: fingerprints, compressed copies, what is served and what is not."""

import gzip
import os
import re
from pathlib import Path

import brotli
import pytest
from werkzeug.test import Client

from portal.core.front.static import build_static
from tests.support.front import HOST, client_of, front_app

YEAR = "max-age=31536000, public, immutable"
STYLE = "a { color: red }\n" * 50


@pytest.fixture
def static_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    for name, content in {
        "css/site.css": STYLE + "@font-face { src: url('../icons/dot.svg#x') }",
        "js/menu.js": "import { open } from './open.js';\nopen();\n",
        "js/open.js": "export const open = () => 1;\n",
        "icons/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "icons/favicon.ico": "icon",
        "vendor/font-1.0/font.css": "@font-face { src: url(font.woff2) }",
        "vendor/font-1.0/font.woff2": "woff",
        "site.webmanifest": '{"icons": [{"src": "icons/dot.svg"}]}',
        "css/.site.css.swp": "an editor's",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


@pytest.fixture
def build_dir(tmp_path: Path) -> Path:
    return tmp_path / "built"


@pytest.fixture
def client(tmp_path: Path, static_dir: Path) -> Client:
    return client_of(front_app(tmp_path))


def names_in(folder: Path) -> set[str]:
    """Return the names of all files below a folder."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_our_files_get_the_digest_of_their_content(static_dir: Path, build_dir: Path) -> None:
    before = build_static(static_dir, build_dir)["css/site.css"]
    assert re.fullmatch(r"/static/css/site\.[0-9a-f]{8}\.css", before)
    assert build_static(static_dir, build_dir)["css/site.css"] == before
    (static_dir / "css/site.css").write_text("b {}")
    assert build_static(static_dir, build_dir)["css/site.css"] != before


def test_a_change_of_a_named_file_changes_those_that_name_it(
    static_dir: Path, build_dir: Path
) -> None:
    before = build_static(static_dir, build_dir)
    (static_dir / "js/open.js").write_text("export const open = () => 2;\n")
    (static_dir / "icons/dot.svg").write_text("<svg/>")
    after = build_static(static_dir, build_dir)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "js/open.js",
        "js/menu.js",
        "icons/dot.svg",
        "css/site.css",
        "site.webmanifest",
    }


def test_names_in_our_files_are_the_built_ones(static_dir: Path, build_dir: Path) -> None:
    built = build_static(static_dir, build_dir)

    def text(name: str) -> str:
        return (build_dir / built[name].removeprefix("/static/")).read_text()

    dot = built["icons/dot.svg"].rsplit("/", 1)[1]
    assert f"url('../icons/{dot}#x')" in text("css/site.css")
    assert f'"src": "icons/{dot}"' in text("site.webmanifest")
    assert f"from './{built['js/open.js'].rsplit('/', 1)[1]}'" in text("js/menu.js")


def test_files_of_others_keep_their_names_and_content(static_dir: Path, build_dir: Path) -> None:
    built = build_static(static_dir, build_dir)
    assert built["vendor/font-1.0/font.css"] == "/static/vendor/font-1.0/font.css"
    assert (build_dir / "vendor/font-1.0/font.css").read_text() == (
        static_dir / "vendor/font-1.0/font.css"
    ).read_text()
    assert not (build_dir / "vendor/font-1.0/font.woff2").exists()


def test_text_has_compressed_copies(static_dir: Path, build_dir: Path) -> None:
    address = build_static(static_dir, build_dir)["css/site.css"]
    path = build_dir / address.removeprefix("/static/")
    assert brotli.decompress(Path(f"{path}.br").read_bytes()) == path.read_bytes()
    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == path.read_bytes()


def test_what_is_there_is_not_written_again(static_dir: Path, build_dir: Path) -> None:
    build_static(static_dir, build_dir)
    before = {name: os.stat(build_dir / name).st_mtime_ns for name in names_in(build_dir)}
    build_static(static_dir, build_dir)
    assert {name: os.stat(build_dir / name).st_mtime_ns for name in before} == before


def test_a_missing_copy_is_made_again(static_dir: Path, build_dir: Path) -> None:
    build_static(static_dir, build_dir)
    whole = names_in(build_dir)
    for name in whole:
        if name.endswith((".br", ".css")):
            (build_dir / name).unlink()
    build_static(static_dir, build_dir)
    assert names_in(build_dir) == whole


def test_what_no_file_needs_is_removed(static_dir: Path, build_dir: Path) -> None:
    build_static(static_dir, build_dir)
    (static_dir / "js/menu.js").unlink()
    (static_dir / "js/open.js").unlink()
    (build_dir / "left").mkdir()
    (build_dir / "left" / "over.css").write_text("x")
    build_static(static_dir, build_dir)
    assert not (build_dir / "js").exists() and not (build_dir / "left").exists()


def test_the_half_written_file_of_another_process_stays(static_dir: Path, build_dir: Path) -> None:
    build_dir.mkdir()
    young, old = build_dir / ".building-1", build_dir / ".building-2"
    for path in (young, old):
        path.write_text("half")
    os.utime(old, (0, 0))
    build_static(static_dir, build_dir)
    assert young.exists() and not old.exists()


def test_a_replaced_vendor_file_gets_new_copies(static_dir: Path, build_dir: Path) -> None:
    build_static(static_dir, build_dir)
    (static_dir / "vendor/font-1.0/font.css").write_text("b {}")
    build_static(static_dir, build_dir)
    copy = (build_dir / "vendor/font-1.0/font.css.br").read_bytes()
    assert brotli.decompress(copy) == b"b {}"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("css/a.css", "a { background: url(gone.svg) }", "css/a.css names gone.svg"),
        ("js/a.js", "import './gone.js';", "js/a.js names ./gone.js"),
        ("css/a.css", "@import 'a.css';", "circle: css/a.css -> css/a.css"),
    ],
)
def test_a_name_that_leads_nowhere_is_an_error(
    static_dir: Path, build_dir: Path, name: str, content: str, message: str
) -> None:
    (static_dir / name).write_text(content)
    with pytest.raises(ValueError, match=re.escape(message)):
        build_static(static_dir, build_dir)


@pytest.mark.parametrize(
    "reference", ["data:image/png;base64,AA==", "#gradient", "https://x.example/a.svg", "/data/a"]
)
def test_names_of_no_file_of_ours_stay(static_dir: Path, build_dir: Path, reference: str) -> None:
    (static_dir / "css/a.css").write_text(f"a {{ background: url({reference}) }}")
    address = build_static(static_dir, build_dir)["css/a.css"]
    assert reference in (build_dir / address.removeprefix("/static/")).read_text()


def address_in(tmp_path: Path, name: str) -> str:
    """Return the address of a built file."""
    return build_static(tmp_path / "static", tmp_path / "built")[name]


def test_a_file_is_kept_for_a_year(client: Client, tmp_path: Path) -> None:
    answer = client.get(address_in(tmp_path, "css/site.css"), base_url=HOST)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == YEAR
    assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("name", ["css/site.css", "vendor/font-1.0/font.css"])
def test_a_file_is_sent_compressed(
    client: Client, tmp_path: Path, encoding: str, name: str
) -> None:
    (tmp_path / "static/vendor/font-1.0/font.css").write_text(STYLE)
    client = client_of(front_app(tmp_path))
    asked = {"Accept-Encoding": encoding}
    answer = client.get(address_in(tmp_path, name), base_url=HOST, headers=asked)
    assert answer.headers["Content-Encoding"] == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_fonts_come_from_the_vendor_folder(client: Client) -> None:
    answer = client.get("/static/vendor/font-1.0/font.woff2", base_url=HOST)
    assert (answer.data, answer.headers["Cache-Control"]) == (b"woff", YEAR)


def test_a_known_file_is_not_sent_again(client: Client, tmp_path: Path) -> None:
    address = address_in(tmp_path, "css/site.css")
    tag = client.get(address, base_url=HOST).headers["ETag"]
    again = client.get(address, base_url=HOST, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_icon_is_at_the_top_for_a_day(client: Client) -> None:
    answer = client.get("/favicon.ico", base_url=HOST)
    assert (answer.data, answer.headers["Cache-Control"]) == (b"icon", "max-age=86400, public")


@pytest.mark.parametrize(
    "path",
    [
        "/static/css/site.css",
        "/static/css/.site.css.swp",
        "/static/css/",
        "/static/",
        "/static/css/../../built",
        "/static/%2e%2e/x",
        "/css/site.css",
        "/apple-touch-icon.png",
    ],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(path, base_url=HOST).status_code == 404
