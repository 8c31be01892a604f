"""What was just done, told once on the next page of the staff: after a redirect nobody else would.

The sentence waits with its language in the signed cookie of the session, which staff pages have
anyway. Public pages never ask for it.
"""

from flask import flash
from markupsafe import Markup

from portal.core.i18n import page_language


def tell(sentence: str | Markup) -> None:
    """Tell the person what was done, on the next staff page they see.

    :param sentence: whole, in the language of the page on which they did it
    """
    flash(sentence if isinstance(sentence, Markup) else str(sentence), page_language())
