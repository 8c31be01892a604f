"""Sections of a page that a feature above it fills.

A lower page names a place, such as ``council.member``; an upper feature registers a provider for
it at start. The page shows what the providers give, in the order of registration.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True)
class Section:
    """One filled section: a heading, the template that shows it, and what the template needs."""

    title: str
    template: str
    content: object


#: Gives, for a row's id, where lines of its page lead: addresses by the line's text.
LinkProvider = Callable[[int], Mapping[str, str]]
#: Gives a section for a row's id, or None when there is nothing to show.
Provider = Callable[[int], Section | None]


def register_section(app: Flask, place: str, provider: Provider) -> None:
    """Let a feature fill a place of a lower page."""
    app.extensions.setdefault("portal_sections", {}).setdefault(place, []).append(provider)


def sections_of(place: str, row_id: int) -> tuple[Section, ...]:
    """Return the filled sections of a place for one row, in the order of registration."""
    providers = current_app.extensions.get("portal_sections", {}).get(place, ())
    filled = (provider(row_id) for provider in providers)
    return tuple(section for section in filled if section is not None)


def register_links(app: Flask, place: str, provider: LinkProvider) -> None:
    """Let a feature say where lines of a lower page lead, such as the items of an agenda."""
    app.extensions.setdefault("portal_links", {}).setdefault(place, []).append(provider)


def links_of(place: str, row_id: int) -> dict[str, str]:
    """Return where the lines of a page lead, by their text without spaces."""
    providers = current_app.extensions.get("portal_links", {}).get(place, ())
    found = (pair for provider in providers for pair in provider(row_id).items())
    return {squeezed(text): address for text, address in found}


def squeezed(text: str) -> str:
    """Return a text without spaces, which sources set in different ways."""
    return "".join(text.split())
