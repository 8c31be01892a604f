"""A folder of ordinances: each has a folder of its own, named after it, with its file inside."""

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _

from portal.importers.ordinance_texts.files import (
    MOST_SIGNS,
    OrdinanceFile,
    read_ordinance_text,
)
from portal.importers.tables import DataError, DataErrors, decode

#: What an ordinance's file is called. A Mac may take the name's syllables apart.
FILE_NAME = "본문.md"
#: A sign takes up to four bytes.
MOST_BYTES = 4 * MOST_SIGNS
#: The copies of all councils have about 150,000; a council has a thousand.
MOST_FILES = 20_000


@dataclass(frozen=True)
class FolderReading:
    """What was read of a folder.

    :ivar files: by their paths in the folder
    :ivar errors: of the files that were not read, by their paths
    """

    files: Mapping[str, OrdinanceFile]
    errors: Mapping[str, DataErrors]


class _RefusedError(Exception):
    """Why a file is not even opened."""


def read_folder(folder: Path) -> FolderReading:
    """Return all ordinances of a folder, and what is wrong with those that can't be read.

    What a link that leads out of the folder names is not read.

    :raise DataErrors: the folder is missing, or has too many files
    """
    files: dict[str, OrdinanceFile] = {}
    errors: dict[str, DataErrors] = {}
    path_of: dict[str, str] = {}
    for path in _paths(folder):
        label = path.relative_to(folder).as_posix()
        try:
            file = read_ordinance_text(label, decode(_content(folder, path), label))
            _check_identifier(file, label, path_of)
        except DataErrors as error:
            errors[label] = error
        except (OSError, _RefusedError) as error:
            errors[label] = _one_error(label, _reason(error))
        else:
            files[label] = file
    return FolderReading(files, errors)


def _paths(folder: Path) -> list[Path]:
    """Return the files and the links to folders, in the order of their paths."""
    if not folder.is_dir():
        raise _one_error(str(folder), _("the folder is missing"))
    paths = sorted(_found(folder))
    if len(paths) > MOST_FILES:
        reason = _("the folder has too many files; at most %(most)s are read", most=MOST_FILES)
        raise _one_error(str(folder), reason)
    return paths


def _found(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        yield from (Path(place, name) for name in names if _is_text(name))
        # Links to folders are not entered; one that leads out of the folder is told.
        links = (Path(place, name) for name in folders if os.path.islink(Path(place, name)))
        yield from (link for link in links if not _is_inside(folder, link))


def _is_text(name: str) -> bool:
    return unicodedata.normalize("NFC", name) == FILE_NAME


def _is_inside(folder: Path, path: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _content(folder: Path, path: Path) -> bytes:
    """Return a file's bytes.

    :raise _RefusedError: it lies outside, is no plain file, or is too long
    :raise OSError: it can't be opened
    """
    if not _is_inside(folder, path):
        raise _RefusedError(_("the link leads out of the folder"))
    if not path.is_file():
        raise _RefusedError(_("this is not a plain file"))
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _RefusedError(
            _("the file is too long; at most %(most)s signs are read", most=MOST_SIGNS)
        )
    return content


def _check_identifier(file: OrdinanceFile, label: str, path_of: dict[str, str]) -> None:
    """Refuse a second file of the same ordinance.

    :raise DataErrors: there is one
    """
    first = path_of.setdefault(file.identifier, label)
    if first != label:
        raise _one_error(
            label,
            _(
                "the same ordinance (자치법규ID %(identifier)s) is in %(path)s; keep one of them",
                identifier=file.identifier,
                path=first,
            ),
        )


def _reason(error: Exception) -> str:
    if not isinstance(error, OSError):
        return str(error)
    reason: str = _("the file can't be opened: %(reason)s", reason=error.strerror)
    return reason


def _one_error(label: str, reason: str) -> DataErrors:
    return DataErrors([DataError(label, 0, 0, reason)])
