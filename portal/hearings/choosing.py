"""How a reader narrows the list of hearings, and what the list offers for it with counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from portal.core.filters import in_language, person_name
from portal.core.i18n import page_language, write_month
from portal.hearings import words
from portal.hearings.pages import HearingRow
from portal.hearings.rules.kinds import HearingKind

#: A value by which one can choose, what it is called, and how many hearings have it.
Offer = tuple[str, str, int]


@dataclass(frozen=True)
class Wish:
    """How a reader narrows the list; what is empty narrows nothing.

    :ivar month: such as ``2020-11``
    :ivar topic: ``budget``, or a part of life
    :ivar host: as ``HearingRow.host_key``
    """

    kind: str = ""
    month: str = ""
    topic: str = ""
    host: str = ""

    def fits(self, row: HearingRow) -> bool:
        """Say whether a hearing is wanted."""
        return (
            self.kind in ("", row.kind.value)
            and self.month in ("", month_of(row))
            and self.topic in ("", row.topic_key)
            and self.host in ("", row.host_key)
        )


@dataclass(frozen=True)
class Offers:
    """By what the list can be narrowed."""

    kinds: tuple[Offer, ...]
    months: tuple[Offer, ...]
    topics: tuple[Offer, ...]
    hosts: tuple[Offer, ...]


def month_of(row: HearingRow) -> str:
    """Return the month of a hearing: ``2020-11``."""
    return f"{row.starts_on:%Y-%m}"


def offers_of(rows: tuple[HearingRow, ...]) -> Offers:
    """Return what hearings can be narrowed by; what none has is not offered."""
    kinds = Counter(row.kind for row in rows)
    topics = Counter(row.topic_key for row in rows if row.topic_key)
    months = Counter(month_of(row) for row in rows)
    hosts = Counter(row.host_key for row in rows)
    names = {row.host_key: _host_name(row) for row in rows}
    return Offers(
        tuple((k.value, words.kind_label(k), kinds[k]) for k in HearingKind if k in kinds),
        tuple((month, _month_name(month), months[month]) for month in sorted(months, reverse=True)),
        tuple((key, words.topic_label(key), topics[key]) for key in sorted(topics)),
        tuple((key, names[key], hosts[key]) for key in sorted(hosts, key=lambda key: names[key])),
    )


def by_month(rows: Iterable[HearingRow]) -> tuple[tuple[str, tuple[HearingRow, ...]], ...]:
    """Return hearings in the order of their days by the name of their month."""
    return tuple(
        (_month_name(month), tuple(of_month)) for month, of_month in groupby(rows, key=month_of)
    )


def _month_name(month: str) -> str:
    year, number = month.split("-")
    return write_month(int(year), int(number), page_language())


def _host_name(row: HearingRow) -> str:
    """Return who holds a hearing; a Korean name on an English page says that it is one."""
    if not row.is_own:
        return str(_("Held by others"))
    if row.committee and row.host_key != "council":
        return in_language(row.committee.name, row.committee.name_en)
    if row.member and row.host_key != "council":
        return person_name(row.member.name, row.member.name_en)
    return str(_("The council"))
