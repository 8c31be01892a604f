"""The sign-ups of a hearing as a file for the staff, column by column."""

from collections.abc import Iterable

from flask import Response

from portal.core.clock import council_zone
from portal.core.spreadsheets import csv_response
from portal.hearings.staff_pages import PartyRow

COLUMNS = (
    "number",
    "way",
    "state",
    "people",
    "name",
    "email",
    "phone",
    "needs",
    "question",
    "passed_over",
    "signed_up_at",
)


def sign_ups_csv(slug: str, parties: Iterable[PartyRow]) -> Response:
    """Return the parties of a hearing as CSV; no cell runs as a formula."""
    return csv_response(f"sign-ups-{slug}.csv", COLUMNS, [_cells(party) for party in parties])


def _cells(party: PartyRow) -> tuple[object, ...]:
    signed_up = party.created_at.astimezone(council_zone()).strftime("%Y-%m-%d %H:%M")
    return (
        party.number,
        party.way.value,
        party.state.value,
        party.size,
        party.name,
        party.email,
        party.phone,
        party.needs,
        party.question,
        party.passes,
        signed_up,
    )
