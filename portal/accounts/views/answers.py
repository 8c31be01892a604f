"""What the staff's own pages answer alike."""

from flask import request
from flask.typing import ResponseReturnValue

from portal.core.templates import render


def form_page(name: str, form: object, **context: object) -> ResponseReturnValue:
    """Return the page of a form; one that came back has status 422."""
    return render(name, form=form, **context), 422 if request.method == "POST" else 200
