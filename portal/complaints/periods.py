"""The periods that hold in this council: those of the law, and what its data states instead."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy.orm import Session

from portal.complaints.rules.periods import LAW, Basis, ComplaintKind, Period, Unit
from portal.core.state import change_state, find_state

_KEY = "complaint_periods"


def find_periods(session: Session) -> Mapping[ComplaintKind, Period]:
    """Return the period of each kind of complaint."""
    stated = json.loads(find_state(session, _KEY) or "{}")
    own = {ComplaintKind(kind): _period(values) for kind, values in stated.items()}
    return {**LAW, **own}


def save_periods(session: Session, own: Mapping[ComplaintKind, Period]) -> None:
    """Remember what a council states instead of the law's, in the caller's transaction."""
    stated = {kind.value: asdict(period) for kind, period in own.items()}
    change_state(session, _KEY, json.dumps(stated, ensure_ascii=False, sort_keys=True))


def _period(values: Mapping[str, str]) -> Period:
    return Period(
        amount=int(values["amount"]),
        unit=Unit(values["unit"]),
        basis=Basis(values["basis"]),
        rule=values["rule"],
        rule_en=values["rule_en"],
    )
