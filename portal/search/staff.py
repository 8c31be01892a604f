"""The staff's side of the search: words that mean the same, how it does, what is searched for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import Length, ValidationError

from portal.accounts.rules import Permission
from portal.core.clock import council_zone, real_now
from portal.core.permissions import needs
from portal.core.state import find_state
from portal.core.templates import render
from portal.extensions import db
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import REQUIRED_TEXT
from portal.moderation.forms import DeskForm
from portal.search.indexing import INDEXED_AT
from portal.search.models import SynonymGroup
from portal.search.queries import count_documents, count_tasks
from portal.search.questions import words_of_group
from portal.search.rules import FEW_DOCUMENTS, SLOW_MILLISECONDS
from portal.search.terms import TIMES, searched_terms


class SynonymForm(DeskForm):
    """What staff write of words that mean the same."""

    words = StringField(
        _l("Words that mean the same"),
        description=_l("With commas between, the usual one first: 방청, 참관, gallery visit"),
        validators=[REQUIRED_TEXT, Length(max=400)],
    )

    def validate_words(self, field: StringField) -> None:
        """Refuse a single word.

        :raise ValidationError: it is no group
        """
        if len(words_of_group(field.data or "")) < 2:
            raise ValidationError(_("Write two words or more, with commas between."))


def create_synonyms(session: Session, values: Mapping[str, Any]) -> SynonymGroup:
    """Make a draft of a group."""
    row = SynonymGroup(words=values["words"])
    session.add(row)
    session.flush()
    return row


def page_of_synonyms(row: SynonymGroup) -> PageAddress:
    """Return the search for its first word."""
    words = words_of_group(row.words)
    return "search.show_results", {"q": words[0] if words else ""}


DESK = Desk(
    model=SynonymGroup,
    label=_l("Synonyms of the search"),
    form=SynonymForm,
    order=("words",),
    page=page_of_synonyms,
    create=create_synonyms,
    add_label=_l("Add words that mean the same"),
)

search_staff = Blueprint("search_staff", __name__, url_prefix="/staff")


@search_staff.get("/search")
@needs(Permission.CONTENT_READ)
def show_search() -> ResponseReturnValue:
    """Show how the search does, and what people look for."""
    session = db.session()
    documents, times = count_documents(session), find_state(session, TIMES)
    written = find_state(session, INDEXED_AT)
    middle, slowest = (int(word) for word in times.split()) if times else (None, None)
    day = real_now().astimezone(council_zone()).date()
    engine = current_app.config["SEARCH_ENGINE"]
    is_slow = slowest is not None and slowest > SLOW_MILLISECONDS
    return render(
        "search/show_search.html",
        engine=engine,
        documents=documents,
        waiting=count_tasks(session),
        indexed_at=datetime.fromisoformat(written) if written else None,
        middle=middle,
        slowest=slowest,
        is_small=engine == "whoosh" and (documents > FEW_DOCUMENTS or is_slow),
        popular=searched_terms(session, day, in_vain=False),
        in_vain=searched_terms(session, day, in_vain=True),
    )
