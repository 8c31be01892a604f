"""Static files: fingerprinted, compressed once, kept by browsers for a year.

``build_static`` copies our own files into the build folder under names that hold a digest of
their content. Files of others lie in ``vendor/<name>-<version>/``; their path changes with their
content already, so they keep their names and are served from where they are.
"""

import gzip
import os
import posixpath
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
from whitenoise import WhiteNoise

from portal.core.front.plain_pages import refuse

#: Where an application keeps the addresses, for ``static_url`` in templates.
STATIC_ADDRESSES = "portal_static"
YEAR_SECONDS = 365 * 24 * 60 * 60
DAY_SECONDS = 24 * 60 * 60

_ADDRESS = "/static/"
_VENDOR = "vendor/"
_COMPRESSED = (".css", ".js", ".svg", ".json", ".webmanifest", ".txt", ".xml", ".ico")
_BROTLI_QUALITY = 11
_GZIP_LEVEL = 9
_DIGEST_BYTES = 4
_UNFINISHED = ".building-"

# How a file names another one: what stands before the name, the name, what stands behind it.
_REFERENCES = {
    ".css": re.compile(r"""(url\(\s*["']?|@import\s+["'])([^"')\s]+)(["']?)"""),
    ".js": re.compile(r"""((?:\bfrom|\bimport)\s*\(?\s*["'])(\.{1,2}/[^"']+)(["'])"""),
    ".webmanifest": re.compile(r"""("src"\s*:\s*")([^"]+)(")"""),
}

# Browsers ask for these at the top of the site by themselves.
_ICONS = {
    "/favicon.ico": ("favicon.ico", "icons/favicon.ico"),
    "/apple-touch-icon.png": ("apple-touch-icon.png", "icons/apple-touch-icon.png"),
}


def build_static(static_dir: Path, build_dir: Path) -> dict[str, str]:
    """Bring the build folder up to date and return the address of each file.

    Only what is missing is written, each file at once; what no file needs any more is removed.

    :return: address by name: ``css/site.css`` to ``/static/css/site.3fa9c1d2.css``; the same in all
        languages
    :raise ValueError: a file names another one of ours that is not there, or itself in a circle
    """
    names = _Names(static_dir)
    needed: set[Path] = set()
    for name in names.all_files():
        built = names.built_name(name)
        is_vendor = name.startswith(_VENDOR)
        if is_vendor and not name.endswith(_COMPRESSED):
            continue
        needed |= _write_with_copies(build_dir / built, names.content(name))
    _remove_others(build_dir, needed)
    return {name: f"{_ADDRESS}{names.built_name(name)}" for name in names.all_files()}


class _Names:
    """The files of the static folder with their built names and contents, each made once."""

    def __init__(self, static_dir: Path) -> None:
        """List the files."""
        self._static_dir = static_dir
        paths = (path for path in static_dir.rglob("*") if path.is_file())
        every = (path.relative_to(static_dir).as_posix() for path in paths)
        # Hidden files are an editor's or a system's, not the site's.
        self._files = sorted(name for name in every if not _is_hidden(name))
        self._contents: dict[str, bytes] = {}
        self._under_way: list[str] = []

    def all_files(self) -> list[str]:
        """Return the names of all files, in order."""
        return self._files

    def content(self, name: str) -> bytes:
        """Return a file's content with the names it holds rewritten."""
        if name not in self._contents:
            if name in self._under_way:
                circle = " -> ".join([*self._under_way, name])
                raise ValueError(f"static files name each other in a circle: {circle}")
            self._under_way.append(name)
            self._contents[name] = self._rewritten(name)
            self._under_way.pop()
        return self._contents[name]

    def built_name(self, name: str) -> str:
        """Return the name under which a file is served."""
        if name.startswith(_VENDOR):
            return name
        digest = blake2b(self.content(name), digest_size=_DIGEST_BYTES).hexdigest()
        stem, suffix = posixpath.splitext(name)
        return f"{stem}.{digest}{suffix}"

    def _rewritten(self, name: str) -> bytes:
        """Return a file's content; in our own css, js and manifests references are rewritten."""
        content = (self._static_dir / name).read_bytes()
        pattern = _REFERENCES.get(posixpath.splitext(name)[1])
        if pattern is None or name.startswith(_VENDOR):
            return content

        def rewrite(match: re.Match[str]) -> str:
            before, reference, behind = match.groups()
            return before + self._rewritten_reference(name, reference) + behind

        return pattern.sub(rewrite, content.decode()).encode()

    def _rewritten_reference(self, name: str, reference: str) -> str:
        """Return a reference with the built name of the file it means."""
        parts = urlsplit(reference)
        if parts.scheme or parts.netloc or not parts.path:
            return reference
        # A relative name starts from the file's own folder, an absolute one from the site's top.
        start = posixpath.join("/static", posixpath.dirname(name))
        full = posixpath.normpath(posixpath.join(start, parts.path))
        if not full.startswith(_ADDRESS):
            return reference
        target = full.removeprefix(_ADDRESS)
        if target not in self._files:
            raise ValueError(f"static/{name} names {reference}, which is not there")
        built = posixpath.basename(self.built_name(target))
        folder = posixpath.dirname(parts.path)
        path = posixpath.join(folder, built) if folder else built
        return parts._replace(path=path).geturl()


def _is_hidden(name: str) -> bool:
    """Say whether a file or a folder above it begins with a dot."""
    return any(part.startswith(".") for part in name.split("/"))


def _write_with_copies(path: Path, content: bytes) -> set[Path]:
    """Write a built file and its compressed copies where they are missing; return all paths."""
    makers: dict[Path, Callable[[], bytes]] = {path: lambda: content}
    if path.suffix in _COMPRESSED:
        makers[Path(f"{path}.br")] = lambda: brotli.compress(content, quality=_BROTLI_QUALITY)
        makers[Path(f"{path}.gz")] = lambda: gzip.compress(content, _GZIP_LEVEL, mtime=0)
    for target, make in makers.items():
        # The name of our own files holds the digest, so a file that is there is right; a vendor
        # file may have been replaced under its name by hand, so the plain copy is compared.
        if not target.exists() or (target == path and path.read_bytes() != content):
            if target == path:
                _forget_copies(path)
            _write_at_once(target, make())
    return set(makers)


def _forget_copies(path: Path) -> None:
    """Remove the compressed copies of a file whose content is about to change."""
    for suffix in (".br", ".gz"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _write_at_once(path: Path, content: bytes) -> None:
    """Write a file so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _remove_others(build_dir: Path, needed: Iterable[Path]) -> None:
    """Remove what no file needs any more, and folders left empty."""
    kept = set(needed)
    hour_ago = time.time() - 60 * 60
    for path in sorted(build_dir.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept and not _is_being_written(path, since=hour_ago):
            path.unlink(missing_ok=True)


def _is_being_written(path: Path, *, since: float) -> bool:
    """Say whether another process may be writing a file just now."""
    return path.name.startswith(_UNFINISHED) and path.stat().st_mtime > since


class StaticFiles:
    """Answers everything below ``/static/``, and the icons browsers ask for at the top."""

    def __init__(
        self,
        app: WSGIApplication,
        static_dir: Path,
        build_dir: Path,
        addresses: Mapping[str, str],
    ) -> None:
        """Stand before ``app``; list all files once.

        :param addresses: what ``build_static`` returned
        """
        self._app = app
        site = _LongLived(app)
        if (static_dir / _VENDOR).is_dir():
            site.add_files(str(static_dir / _VENDOR), prefix=f"static/{_VENDOR}")
        # Later files replace earlier ones: vendor files with compressed copies come from here.
        if build_dir.is_dir():
            site.add_files(str(build_dir), prefix="static/")
        for address, candidates in _ICONS.items():
            known = next((addresses[name] for name in candidates if name in addresses), None)
            if known is not None:
                site.add_file_to_dictionary(address, str(build_dir / known[len(_ADDRESS) :]))
        self._files = site.files

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on every address that is no file's."""
        path = environ["PATH_INFO"]
        if not path.startswith(_ADDRESS) and path not in _ICONS:
            return self._app(environ, start_response)
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return refuse(start_response, 405, path, headers=(("Allow", "GET, HEAD"),))
        file = self._files.get(path.encode("latin-1").decode("utf-8", "replace"))
        if file is None:
            return refuse(start_response, 404, path, omit_body=method == "HEAD")
        answer: Iterable[bytes] = WhiteNoise.serve(file, environ, start_response)
        return answer


class _LongLived(WhiteNoise):
    """WhiteNoise with our lifetimes: a year below ``/static/``, a day for the icons at the top."""

    FOREVER = YEAR_SECONDS

    def __init__(self, app: WSGIApplication) -> None:
        """Serve no file yet; security headers are added by the journal to every answer."""
        super().__init__(app, max_age=DAY_SECONDS, allow_all_origins=False)

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Say whether a file can never change under its address."""
        return url.startswith(_ADDRESS)
