"""Taking in the file that comes with a desk's form."""

from flask_babel import gettext as _

from portal.core.clock import real_now
from portal.core.errors import Invalid
from portal.core.files.services import keep_file
from portal.extensions import db
from portal.moderation.checking import PURPOSE
from portal.moderation.forms import CHOOSE_AGAIN, DeskForm, FilesForm, written


def attach_new_file(form: DeskForm, actor: str) -> None:
    """Keep the file that came with a form and name it among the form's files.

    It is kept in a transaction of its own before any row is locked: checking takes seconds. If the
    row can't be saved then, the form that comes back still names the file.

    :raise Invalid: the file is not taken; the sentence says what to do
    """
    if not isinstance(form, FilesForm) or not form.new_file.data:
        return
    db.session.commit()
    try:
        file_id = _keep(form, actor)
    except Invalid as error:
        db.session.rollback()
        form.new_file.errors = [error.sentence]
        raise Invalid(_("The file was not taken; all else you wrote is still here.")) from error
    title, title_en = written(form.new_title), written(form.new_title_en)
    form.files.append_entry({"file_id": file_id, "title": title, "title_en": title_en})
    for field in (form.new_title, form.new_title_en, form.new_alt, form.new_alt_en):
        field.data = ""


def tell_lost_file(form: DeskForm) -> None:
    """Say at the file's field that a file which came with the form was not kept."""
    if isinstance(form, FilesForm) and form.new_file.data:
        form.new_file.description = CHOOSE_AGAIN


def _keep(form: FilesForm, actor: str) -> int:
    """Keep the file and return its id."""
    stored = keep_file(
        db.session(),
        stream=form.new_file.data.stream,
        purpose=PURPOSE,
        display_name=form.new_file.data.filename or "",
        actor=actor,
        at=real_now(),
        alt=written(form.new_alt),
        alt_en=written(form.new_alt_en),
    )
    db.session.commit()
    return stored.id
