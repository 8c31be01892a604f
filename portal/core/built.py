"""What the instance keeps ready-made: fingerprinted static files and compiled translations.

Both are made from the sources when those changed, at the start of the application.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from portal.config import ROOT
from portal.core.front.static import build_static


def init_app(app: Flask) -> None:
    """Make what is missing, and let templates find static files."""
    app.extensions["portal_static"] = build_static(
        app.config["STATIC_DIR"], app.config["STATIC_BUILD_DIR"]
    )
    compile_translations(ROOT / "translations", app.config["BUILT_DIR"] / "translations")


def compile_translations(source_dir: Path, target_dir: Path) -> None:
    """Compile each language's catalogue when its text changed since the last time."""
    for source in sorted(source_dir.glob("*/LC_MESSAGES/messages.po")):
        text = source.read_bytes()
        target = target_dir / source.relative_to(source_dir).with_suffix(".mo")
        stamp = target.with_suffix(".sha256")
        checksum = hashlib.sha256(text).hexdigest()
        if target.exists() and stamp.exists() and stamp.read_text() == checksum:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        _compile(source, target)
        _write(stamp, checksum.encode())


def _compile(source: Path, target: Path) -> None:
    """Compile one catalogue."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half_made:
        write_mo(half_made, catalogue)
    os.replace(half_made.name, target)


def _write(path: Path, content: bytes) -> None:
    """Write a file so that no reader ever sees half of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as half_made:
        half_made.write(content)
    os.replace(half_made.name, path)
