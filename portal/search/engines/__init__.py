"""The contract of a search engine, and which one the settings choose."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from portal.search.questions import Question
from portal.search.rules import EngineStatus, Entry, Found, Match, Narrowing


class IndexMissing(Exception):
    """There is no index yet, or it can't be read; the worker makes it anew."""


class Unfit(Exception):
    """An engine lacks something that only whoever runs the machine can give."""


class SearchEngine(Protocol):
    """An index that is searched by every process and written by one at a time.

    An entry is written under the id of its document; writing it again changes nothing.
    """

    name: str

    def index(self, entries: Sequence[Entry]) -> None:
        """Write entries; those with the same ids go. When it returns they are on the disk.

        :raise IndexMissing: there is no index to write into
        """

    def delete(self, ids: Sequence[int]) -> None:
        """Take entries out; ids that are not there are passed over.

        :raise IndexMissing: there is no index to write into
        """

    def search(
        self, question: Question, narrowing: Narrowing, match: Match, *, limit: int
    ) -> Found:
        """Return the best documents, the best first.

        :raise IndexMissing: there is no index that can be read
        """

    def suggest(self, start: str, language: str, *, limit: int) -> tuple[int, ...]:
        """Return the ids of documents whose title, or a word of it, begins so.

        :param start: typed so far, without spaces; first consonants count as well
        :raise IndexMissing: there is no index that can be read
        """

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Make the index anew; until it is whole the old one serves."""

    def check(self) -> None:
        """Look whether it can work here at all.

        :raise Unfit: it can't; the message says what to do
        """

    def status(self) -> EngineStatus:
        """Return what is in the index.

        :raise IndexMissing: there is no index that can be read
        """
