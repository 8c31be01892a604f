"""``data/council.yaml``: whose portal this is, and the day its data stand on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.state import (
    BUSINESS_DAY,
    DATA_ENDS_ON,
    DATA_IS_OFFICIAL,
    change_state,
    find_state,
)
from portal.council.models import Council
from portal.importers.tables import DataError, DataErrors

PATH = "council.yaml"
DATASET_DAY = "dataset_day"


@dataclass(frozen=True)
class CouncilFile:
    """What the file says.

    :ivar site_day: the day on which the site stands under the data set's clock
    :ivar data_ends_on: after this day the data know nothing
    :ivar holidays: country whose public holidays count, such as ``KR``; empty for none
    """

    name: str
    name_en: str
    secretariat: str
    secretariat_en: str
    is_official: bool
    site_day: date
    data_ends_on: date
    holidays: str
    address: str | None
    address_en: str | None
    postal_code: str | None
    phone: str | None
    opening_hours: str | None
    website: str | None


def read_council(folder: Path) -> CouncilFile:
    """Return what ``council.yaml`` says.

    :raise DataErrors: it is missing, is no YAML, or a value is missing or of the wrong kind
    """
    try:
        text = (folder / PATH).read_text(encoding="utf-8")
        content = yaml.safe_load(text)
    except FileNotFoundError:
        raise DataErrors([DataError(PATH, 0, 0, _("the file is missing"))]) from None
    except (yaml.MarkedYAMLError, UnicodeDecodeError) as error:
        raise DataErrors([_yaml_error(error)]) from None
    if not isinstance(content, dict):
        reason = _("write one value a line, such as name: ...")
        raise DataErrors([DataError(PATH, 1, 1, reason)])
    return CouncilFile(
        **{f.name: _value(content, f.name, f.type, text) for f in fields(CouncilFile)}
    )


def save_council(session: Session, file: CouncilFile) -> None:
    """Write the council's name and the days of the data in the caller's transaction.

    The site's day is set when the data bring a new one, so a day that somebody moved stays moved.
    """
    council = session.scalar(select(Council)) or Council()
    council.country = file.holidays
    for name in (
        "name",
        "name_en",
        "secretariat",
        "secretariat_en",
        "address",
        "address_en",
        "postal_code",
        "phone",
        "opening_hours",
        "website",
    ):
        setattr(council, name, getattr(file, name))
    session.add(council)
    if find_state(session, DATASET_DAY) != file.site_day.isoformat():
        change_state(session, DATASET_DAY, file.site_day.isoformat())
        change_state(session, BUSINESS_DAY, file.site_day.isoformat())
    change_state(session, DATA_ENDS_ON, file.data_ends_on.isoformat())
    change_state(session, DATA_IS_OFFICIAL, "yes" if file.is_official else "no")


def _value(content: Mapping[str, Any], name: str, kind: Any, text: str) -> Any:
    """Return one value of the file in its kind."""
    value = content.get(name)
    line = next((n for n, row in enumerate(text.splitlines(), 1) if row.startswith(f"{name}:")), 0)
    if value is None and "None" in str(kind):
        return None
    if value is None and name == "holidays":
        return ""
    wanted = {"str": str, "date": date, "bool": bool}[
        str(getattr(kind, "__name__", kind)).split(" ")[0]
    ]
    if wanted is str and isinstance(value, int | float):
        value = str(value)
    if not isinstance(value, wanted):
        words = {
            str: _("write a text"),
            date: _("write a day such as 2020-11-09"),
            bool: _("write yes or no"),
        }[wanted]
        raise DataErrors([DataError(PATH, line, 1, f"{name}: {words}")])
    return value


def _yaml_error(error: Exception) -> DataError:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    reason = getattr(error, "problem", None) or _("use UTF-8")
    return DataError(PATH, line, column, _("not readable: %(reason)s", reason=reason))
