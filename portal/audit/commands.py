"""Commands of the audit trail: verify its chain, print its head, export lines."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click
from flask.cli import AppGroup

from portal.audit import queries
from portal.audit.pages import LineRow, Wanted
from portal.audit.rules import Fault, FaultKind, Head, Link, find_faults
from portal.audit.services import note_export
from portal.core.spreadsheets import safe_cell
from portal.core.transactions import begin_read, begin_write
from portal.extensions import db

_NAMES = tuple(field.name for field in fields(LineRow))

audit_group = AppGroup("audit", help="The audit trail: who did what.")

_SENTENCES = {
    FaultKind.CHANGED: "was changed",
    FaultKind.MISSING: "is missing",
    FaultKind.INSERTED: "was inserted",
    FaultKind.UNLINKED: "does not follow the line before it: one of the two was changed or moved",
    FaultKind.HEAD: "is not the line that the head of the chain names",
}


@audit_group.command("verify")
@click.option("--known", nargs=2, type=(int, str), help="A number and hash kept elsewhere.")
def verify(known: tuple[int, str] | None) -> None:
    """Walk the whole chain and say where it is broken; exit code 1 then."""
    begin_read()
    head = queries.find_head(db.session())
    faults = [f"trigger {name} is missing" for name in queries.missing_triggers(db.session())]
    if head is None:
        faults.append("the head of the chain is missing")
    count, found = _walk(head or Head(0, ""), known)
    db.session.rollback()
    faults += found
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.ClickException(f"{count} lines read, the trail is not whole")
    click.echo(f"{count} lines, whole")


@audit_group.command("head")
def print_head() -> None:
    """Print number and hash of the newest line, to be kept elsewhere."""
    head = queries.find_head(db.session())
    if head is None:
        raise click.ClickException("the head of the chain is missing")
    click.echo(f"{head.number} {head.hash}")


@audit_group.command("export")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day, included.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(first: datetime | None, last: datetime | None, file: Path) -> None:
    """Write lines to a file, the oldest first: CSV, or JSON lines when it ends in .jsonl."""
    wanted = Wanted(first.date() if first else None, last.date() if last else None)
    begin_write()
    note_export(db.session(), actor="command", wanted=wanted)
    db.session.commit()
    begin_read()
    write = _write_json if file.suffix == ".jsonl" else _write_csv
    with file.open("w", encoding="utf-8", newline="") as stream:
        count = write(stream, queries.lines_for_export(db.session(), wanted))
    db.session.rollback()
    click.echo(f"{count} lines")


def _walk(head: Head, known: tuple[int, str] | None) -> tuple[int, list[str]]:
    """Return how many lines there are, and what is wrong with them."""
    count, known_hash = 0, None

    def counted(links: Iterable[Link]) -> Iterable[Link]:
        nonlocal count, known_hash
        for link in links:
            count += 1
            if known and link.content.number == known[0]:
                known_hash = link.hash
            yield link

    faults = [_sentence(f) for f in find_faults(counted(queries.every_link(db.session())), head)]
    if known and known_hash != known[1] and known[0]:
        faults.append(f"line {known[0]} is not the one whose hash was kept elsewhere")
    return count, faults


def _sentence(fault: Fault) -> str:
    """Return a fault in words: ``line 7 was changed``."""
    if fault.first == fault.last:
        return f"line {fault.first} {_SENTENCES[fault.kind]}"
    return f"each of the lines {fault.first} to {fault.last} {_SENTENCES[fault.kind]}"


def _write_csv(stream: TextIO, rows: Iterable[LineRow]) -> int:
    """Write lines for a spreadsheet and return how many; no cell runs as a formula."""
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(_NAMES)
    return _write_each(rows, lambda cells: writer.writerow([safe_cell(cell) for cell in cells]))


def _write_json(stream: TextIO, rows: Iterable[LineRow]) -> int:
    """Write one JSON object a line and return how many."""

    def write(cells: Sequence[object]) -> None:
        line = dict(zip(_NAMES, cells, strict=True))
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")

    return _write_each(rows, write)


def _write_each(rows: Iterable[LineRow], write: Callable[[Sequence[object]], object]) -> int:
    count = 0
    for row in rows:
        write(row.cells())
        count += 1
    return count


commands = (audit_group,)
