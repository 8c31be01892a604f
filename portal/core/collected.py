"""What the site keeps about people, said once: each feature says what its forms and tables hold.

The privacy page is made of these entries, and so is what stands beside a form: purpose, items,
how long, and whether one may refuse (개인정보 보호법, articles 15(2), 22(3) and 30(1)). A test asks
that every public form and every column about people belongs to an entry.
"""

from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import LazyString


@dataclass(frozen=True)
class Collected:
    """What one form or one part of the site keeps about people.

    :ivar key: a word for links within the privacy page
    :ivar name: of the form or part, for a heading
    :ivar items: what is kept
    :ivar basis: what allows it: consent, or a duty by law, with the article
    :ivar kept_for: how long; a whole sentence, ``%(number)s`` is the value of the setting
    :ivar setting: key of the setting that says how long; empty where there is none
    :ivar seen_by: who can read it
    :ivar refusal: whether one may refuse, and what happens then
    :ivar is_about_staff: it concerns the staff alone; readers come first in the policy
    :ivar endpoints: views whose POST takes it in
    :ivar tables: tables that hold it
    """

    key: str
    name: LazyString
    purpose: LazyString
    items: tuple[LazyString, ...]
    basis: LazyString
    kept_for: LazyString
    seen_by: LazyString
    refusal: LazyString
    setting: str = ""
    is_about_staff: bool = False
    endpoints: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()

    @property
    def retention(self) -> str:
        """Return how long it is kept, by the settings."""
        number = current_app.config[self.setting] if self.setting else ""
        return str(self.kept_for) % {"number": number}


def register_collected(app: Flask, entry: Collected) -> None:
    """Say what a feature keeps about people."""
    app.extensions.setdefault("portal_collected", {})[entry.key] = entry


def everything_collected() -> tuple[Collected, ...]:
    """Return every entry, what concerns readers before what concerns the staff alone."""
    entries = current_app.extensions.get("portal_collected", {}).values()
    return tuple(sorted(entries, key=lambda entry: entry.is_about_staff))


def find_collected(endpoint: str) -> Collected | None:
    """Return what the form of a view keeps, None when it keeps nothing."""
    entries = everything_collected()
    return next((entry for entry in entries if endpoint in entry.endpoints), None)
