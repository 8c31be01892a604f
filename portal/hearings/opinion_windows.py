"""Until when a page about opinions is right, and where the hearing's own page is."""

from flask import current_app

from portal.core.addresses import url_for
from portal.core.clock import business_now, to_real
from portal.core.pages import page_expires_at
from portal.hearings.models import Hearing


def end_page_with_window(hearing: Hearing) -> None:
    """Let a public page be made anew when the window opens or closes."""
    now = business_now()
    for instant in (hearing.opinions_open_at, hearing.opinions_close_at):
        if instant is not None and instant > now:
            page_expires_at(to_real(instant))


def hearing_address(slug: str) -> str:
    """Return the address of a hearing's page; of its opinions where it has none."""
    endpoint = "hearings.show_hearing"
    if endpoint not in current_app.view_functions:
        endpoint = "opinions.show_opinions"
    return url_for(endpoint, slug=slug)
