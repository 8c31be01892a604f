"""Addresses of the desks of bills and ordinances, and what is written there first."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.council.models import Committee
from portal.extensions import db
from portal.legislation.models import Collection, Ordinance

ORDINANCES = "/staff/content/ordinances"
ENACTMENTS = "/staff/content/enactments"
BILLS = "/staff/content/bills"
HIGHLIGHTS = "/staff/content/highlights"
COLLECTIONS = "/staff/content/highlight_collections"
HARD_WORDS = "/staff/content/hard_words"
DESKS = (ORDINANCES, ENACTMENTS, BILLS, HIGHLIGHTS, COLLECTIONS, HARD_WORDS)

ORDINANCE = {"title": "서울특별시 감나무 보호 조례", "field": "environment"}
ENACTMENT = {
    "kind": "amended",
    "summary": "감나무를 벤 사람은 두 그루를 심어야 합니다.",
    "passed_on": "2020-11-02",
    "transmitted_on": "2020-11-04",
}
BILL = {"number": "1999", "title": "감나무 보호 조례안", "kind": "ordinance"}
COLLECTION = {"position": "9", "title": "감나무 열 그루"}
HIGHLIGHT = {"position": "90", "effect": "감을 따도 됩니다."}
HARD_WORD = {"word": "소훼", "plainer": "태움"}


def row_at(desk: str, row: object) -> str:
    """Return the address of a row at a desk."""
    return f"{desk}/{row}"


def id_of(app: Flask, model: type[Any], slug: str) -> int:
    """Return the id of a row by its slug."""
    with app.app_context():
        return int(db.session.scalars(select(model.id).where(model.slug == slug)).one())


def made_of(app: Flask, model: type[Any], row: str) -> Any:
    """Return the row at an address, with its columns read."""
    with app.app_context():
        return db.session.get_one(model, int(row.rpartition("/")[2]))


def of_ordinance(app: Flask, slug: str = "shop-tenants") -> dict[str, str]:
    """Return what names an ordinance in a form."""
    return {"ordinance_id": str(id_of(app, Ordinance, slug))}


def of_highlight(app: Flask) -> dict[str, str]:
    """Return what a new highlight says: of an ordinance, in a collection."""
    collection = {"collection_id": str(id_of(app, Collection, "changes"))}
    return HIGHLIGHT | of_ordinance(app) | collection


def in_committee(app: Flask, number: int, slug: str, **more: str) -> dict[str, str]:
    """Return an entry for a step before a committee."""
    step = {"committee_id": str(id_of(app, Committee, slug)), "nature": "stated"} | more
    return {f"steps-{number}-{name}": value for name, value in step.items()}
