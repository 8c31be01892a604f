"""Addresses (slugs) of rows that staff make: a name in Latin letters, numbered where taken."""

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.hangul import romanise, romanise_name

#: Leaves room for a number in the column.
_MOST_LETTERS = 70


def slug_of_person(name: str) -> str:
    """Return the address of a person, surname first: 김정태 gives ``gim-jeongtae``."""
    return slug_of_name(romanise_name(name).replace("-", ""))


def slug_of_name(name: str) -> str:
    """Return a name as an address, empty where nothing of it can be written in Latin letters."""
    plain = re.sub(r"[^a-z0-9]+", "-", romanise(name).lower())
    return plain[:_MOST_LETTERS].strip("-")


def free_slug(session: Session, model: type[Any], stem: str) -> str:
    """Return an address that no row of a table has: the stem, or the stem and a number."""
    stem = stem or str(model.__tablename__)
    taken = set(session.scalars(select(model.slug).where(model.slug.startswith(stem))))
    number = 1
    while (slug := f"{stem}-{number}" if number > 1 else stem) in taken:
        number += 1
    return slug
