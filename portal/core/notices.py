"""What was just done, told once on the next page: after a redirect nobody else would.

The sentence waits with its language in the signed cookie of the session, which pages with a form
have anyway. Every staff page shows it, and of the public ones those to which a form leads back;
pages that are kept for everybody never ask for it.
"""

from flask import flash
from markupsafe import Markup

from portal.core.i18n import page_language


def tell(sentence: str | Markup) -> None:
    """Tell the person what was done, on the next page they see that shows it.

    :param sentence: whole, in the language of the page on which they did it
    """
    flash(sentence if isinstance(sentence, Markup) else str(sentence), page_language())
