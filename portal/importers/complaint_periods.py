"""``data/complaints/periods.yaml``: what a council states instead of the law's periods.

.. code-block:: yaml

    grievance:                   # the kind of complaint
      amount: 5
      unit: days                 # at work; or hours
      basis: practice            # or law: a law, an ordinance or a rule says so
      rule: 의회신문고 운영 안내      # what states it
      rule_en: Guide of the Council Sinmungo

A kind that is not named, and a council without the file, has the law's period.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

import yaml
from flask_babel import gettext as _

from portal.complaints.rules.periods import (
    LAW,
    Basis,
    ComplaintKind,
    Period,
    Unit,
    is_too_long,
)
from portal.importers.tables import DataError, DataErrors, decode, parse_value
from portal.importers.texts import error_at, read_tree

PATH = "complaints/periods.yaml"


@dataclass(frozen=True)
class PeriodRow:
    """What the file says of one kind."""

    kind: ComplaintKind
    amount: int
    unit: Unit
    basis: Basis
    rule: str
    rule_en: str | None


def read_periods(folder: Path) -> Mapping[ComplaintKind, Period]:
    """Return the periods that a council states itself; none when the file is not there.

    :raise DataErrors: as in ``parse_periods``, or it is not in UTF-8
    """
    file = folder / PATH
    return parse_periods(decode(file.read_bytes(), PATH), PATH) if file.exists() else {}


def parse_periods(text: str, path: str) -> Mapping[ComplaintKind, Period]:
    """Return the periods of a text of this form.

    :param path: what errors call the file
    :raise DataErrors: it is no YAML of this form, names a kind that is not known or twice, or has
        a period of nothing or longer than the law's
    """
    periods: dict[ComplaintKind, Period] = {}
    errors: list[DataError] = []
    for name, node in read_tree(text, path).value:
        try:
            places = _places(name, node, path)
            row = _row(places, path)
            if row.kind in periods:
                raise error_at(path, name, _("%(key)s stands in the file twice", key=name.value))
            periods[row.kind] = _period(row, places["amount"], path)
        except DataError as error:
            errors.append(error)
    if errors:
        raise DataErrors(errors)
    return periods


def _places(name: yaml.Node, node: yaml.Node, path: str) -> dict[str, yaml.Node]:
    """Return where each value of one kind stands; one that is left out stands at the kind, empty.

    :raise DataError: there is anything but one text for each, or a name is not known
    """
    if not isinstance(node, yaml.MappingNode):
        raise error_at(path, node, _("write amount, unit, basis and rule below the kind"))
    known = [field.name for field in fields(PeriodRow)]
    empty = yaml.ScalarNode("tag:yaml.org,2002:str", "", name.start_mark, name.end_mark)
    places: dict[str, yaml.Node] = dict.fromkeys(known, empty)
    for key, value in node.value:
        if key.value not in known[1:]:
            raise error_at(path, key, _("%(name)s is not known", name=repr(key.value)))
        if not isinstance(value, yaml.ScalarNode):
            raise error_at(path, value, _("%(name)s: write one value", name=key.value))
        places[key.value] = value
    return places | {known[0]: name}


def _row(places: Mapping[str, yaml.Node], path: str) -> PeriodRow:
    """Return the values in their kinds.

    :raise DataError: one does not fit
    """
    values: dict[str, Any] = {}
    for name, kind in get_type_hints(PeriodRow).items():
        try:
            values[name] = parse_value(str(places[name].value).strip(), kind)
        except ValueError as error:
            raise error_at(path, places[name], f"{name}: {error}") from None
    return PeriodRow(**values)


def _period(row: PeriodRow, amount: yaml.Node, path: str) -> Period:
    """Return what a row says, if it may.

    :param amount: where its amount stands
    :raise DataError: it is nothing, or longer than the law's
    """
    if row.amount < 1:
        raise error_at(path, amount, _("amount: write 1 or more"))
    period = Period(row.amount, row.unit, row.basis, row.rule, row.rule_en)
    if is_too_long(row.kind, period):
        most, unit = LAW[row.kind].amount, LAW[row.kind].unit
        reason = _("amount: the law allows at most %(most)s %(unit)s", most=most, unit=unit)
        raise error_at(path, amount, reason)
    return period
