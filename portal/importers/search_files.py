"""The file under ``data/search/``: words that mean the same."""

from dataclasses import dataclass

from flask_babel import gettext as _

from portal.importers.files import DataFile
from portal.search.models import SynonymGroup
from portal.search.questions import words_of_group


@dataclass(frozen=True)
class SynonymRow:
    """A group of words, separated by commas."""

    key: str
    words: str


def _check_group(row: SynonymRow) -> tuple[str, str] | None:
    if len(words_of_group(row.words)) > 1:
        return None
    return "words", _("write two words or more, with commas between")


FILES = (
    DataFile(
        "search/synonyms.csv",
        SynonymRow,
        SynonymGroup,
        ("key",),
        left_out=frozenset(("key",)),
        check=_check_group,
    ),
)
