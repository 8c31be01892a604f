"""What two people do at a desk in a browser: write, hand in, decide."""

import re
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

from tests.accounts.staff import post
from tests.support.client import PageClient


def text_of(answer: TestResponse) -> str:
    """Return the page of an answer."""
    return answer.get_data(as_text=True)


def written_fields(page: str) -> dict[str, str]:
    """Return what the desk's form on a page holds, as a browser would send it."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(f for f in root.iter("form") if f.get("enctype"))
    found = ((field.get("name"), _value(field)) for field in form.iter())
    return {name: value for name, value in found if name and value is not None}


def save(client: PageClient, row: str, **changes: str | None) -> TestResponse:
    """Save a row with some fields changed; None leaves one out, as an empty box does."""
    fields = written_fields(text_of(client.get(f"{row}/edit"))) | changes
    sent = {name: value for name, value in fields.items() if value is not None}
    return client.post(f"{row}/edit", data=sent)


def hand_in(client: PageClient, row: str, move: str = "submit") -> None:
    """Hand a draft in, or propose a change of what is public."""
    answer = post(client, f"{row}/move", move=move)
    assert answer.status_code == 303, text_of(answer)


def review_address(row: str) -> str:
    """Return where a row is read by the second person."""
    return row.replace("/staff/content/", "/staff/review/")


def decide(client: PageClient, row: str, move: str, **more: str) -> TestResponse:
    """Decide about what waits, having read its newest version."""
    address = review_address(row)
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', text_of(client.get(address)))
    assert seen
    return post(client, address, move=move, seen=seen[1], **more)


def _value(field: Element) -> str | None:
    """Return what a control sends; None: nothing."""
    if field.tag == "textarea":
        return (field.text or "").removeprefix("\n").replace("\r", "")
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = next((o for o in options if o.get("selected") is not None), options[0])
        return chosen.get("value")
    if field.tag != "input" or field.get("type") in ("submit", "file"):
        return None
    if field.get("type") == "checkbox":
        return field.get("value", "y") if field.get("checked") is not None else None
    return field.get("value", "")
