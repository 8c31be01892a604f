"""What an import did, row by row."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from blinker import NamedSignal

from portal.core.imports import Outcome

#: Fields of a record by their names.
Values = Mapping[str, object]


@dataclass(frozen=True)
class RowChange:
    """What became of one row that is not as it was.

    :ivar key: the row's key in its file
    :ivar line: where it stands in the file; 0: it left the file
    :ivar before: what the record said; empty for a new one
    :ivar after: what the file says; empty for a row that left it
    """

    path: str
    key: str
    line: int
    outcome: Outcome
    before: Values
    after: Values

    def __str__(self) -> str:
        """Return where the row stands and which one it is: ``file:line: key``."""
        return f"{self.path}:{self.line}: {self.key}"


@dataclass
class Report:
    """What an import did.

    :ivar counts: rows by file and outcome
    :ivar changes: the rows that are not as they were, or that a person changed
    :ivar differences: sentences about what needs a person: rows changed by hand, sums that differ
    :ivar news: what upper features are told in the end: signal, kind and ids
    """

    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    changes: list[RowChange] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    news: list[tuple[NamedSignal, str, tuple[int, ...]]] = field(default_factory=list)

    @property
    def totals(self) -> Counter[Outcome]:
        """Return how many rows of all files had each outcome."""
        return sum(self.counts.values(), Counter())

    @property
    def has_changes(self) -> bool:
        """Say whether anything was written."""
        return any(
            count[outcome]
            for count in self.counts.values()
            for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.GONE)
        )

    def note(self, change: RowChange) -> None:
        """Count a row, and keep what became of it where it is not as it was."""
        self.counts.setdefault(change.path, Counter())[change.outcome] += 1
        if change.outcome is not Outcome.SAME:
            self.changes.append(change)
        if change.outcome is Outcome.KEPT:
            self.differences.append(f"{change} was changed by hand")

    def tell_features(self) -> None:
        """Tell upper features what is public now and what is not any more."""
        for signal, kind, ids in self.news:
            signal.send(kind, kind=kind, ids=ids)


def values_of_record(record: Any, names: Iterable[str]) -> dict[str, object]:
    """Return the fields of a record that an import writes; none where there is no record."""
    return {} if record is None else {name: getattr(record, name) for name in names}
